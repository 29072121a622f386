// Which shape goes above which. Pure.

/** Those that ask for the same place are listed bottom first */
type Ranks = Map<string, { z: { above: string } | { below: string } }>;

/**
 * Each chosen shape to above the next one over it that is not chosen and that the chosen touch; they keep their own order.
 * @param ordered from the bottom up
 */
export function forward(ordered: string[], chosen: ReadonlySet<string>, touching: ReadonlySet<string>): Ranks {
  const found = steps(ordered.toReversed(), chosen, touching);
  return new Map(found.reverse().map(([id, over]) => [id, { z: { above: over } }]));
}

/** The same, downwards. */
export function backward(ordered: string[], chosen: ReadonlySet<string>, touching: ReadonlySet<string>): Ranks {
  return new Map(steps(ordered, chosen, touching).map(([id, under]) => [id, { z: { below: under } }]));
}

/** Each chosen one and the last one on the way to it that it has to pass. */
function steps(way: string[], chosen: ReadonlySet<string>, touching: ReadonlySet<string>) {
  const found: [string, string][] = [];
  let next = "";
  for (const id of way) {
    if (!chosen.has(id)) next = touching.has(id) ? id : next;
    else if (next) found.push([id, next]);
  }
  return found;
}
