// @ts-check
// Which shape goes above which. Pure.

/** @typedef {Map<string, { z: { above: string } | { below: string } }>} Places those that ask for the same place are listed bottom first */

/**
 * Each chosen shape to above the next one over it that is not chosen and that the chosen touch; they keep their own order.
 * @param {string[]} ordered from the bottom up @param {ReadonlySet<string>} chosen @param {ReadonlySet<string>} touching
 * @returns {Places}
 */
export function forward(ordered, chosen, touching) {
  const found = steps(ordered.toReversed(), chosen, touching);
  return new Map(found.reverse().map(([id, over]) => [id, { z: { above: over } }]));
}

/** The same, downwards. @param {string[]} ordered @param {ReadonlySet<string>} chosen @param {ReadonlySet<string>} touching @returns {Places} */
export function backward(ordered, chosen, touching) {
  return new Map(steps(ordered, chosen, touching).map(([id, under]) => [id, { z: { below: under } }]));
}

/** Each chosen one and the last one on the way to it that it has to pass. @param {string[]} way @param {ReadonlySet<string>} chosen @param {ReadonlySet<string>} touching */
function steps(way, chosen, touching) {
  /** @type {[string, string][]} */
  const found = [];
  let next = "";
  for (const id of way) {
    if (!chosen.has(id)) next = touching.has(id) ? id : next;
    else if (next) found.push([id, next]);
  }
  return found;
}
