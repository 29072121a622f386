// @ts-check
// Which shape goes above which. Pure.

/** @typedef {Map<string, { z: { above: string } | { below: string } }>} Places in the order in which they are to be taken */

/**
 * Each chosen shape to above the next one over it that is not chosen and that the chosen touch; they keep their own order.
 * @param {string[]} ordered from the bottom up @param {ReadonlySet<string>} chosen @param {ReadonlySet<string>} touching
 * @returns {Places}
 */
export function forward(ordered, chosen, touching) {
  return new Map(steps(ordered, chosen, touching).map(([id, over]) => [id, { z: { above: over } }]));
}

/** The same, downwards. @param {string[]} ordered @param {ReadonlySet<string>} chosen @param {ReadonlySet<string>} touching @returns {Places} */
export function backward(ordered, chosen, touching) {
  return new Map(steps(ordered.toReversed(), chosen, touching).map(([id, under]) => [id, { z: { below: under } }]));
}

/** From the last on, so that who is placed later lies behind who was placed before. @param {string[]} ordered @param {ReadonlySet<string>} chosen @param {ReadonlySet<string>} touching */
function steps(ordered, chosen, touching) {
  /** @type {[string, string][]} */
  const found = [];
  let next = "";
  for (const id of ordered.toReversed()) {
    if (!chosen.has(id)) next = touching.has(id) ? id : next;
    else if (next) found.push([id, next]);
  }
  return found;
}
