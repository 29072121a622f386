/** From what a hand has drawn to what is stored: as few points as draw the same, in pieces within the server's limits. */
import { simplify } from "../kinds/curve.ts";
import { limits } from "../kinds/declared.ts";

/** The server's limits for one stroke, without pressures and with them. */
export const MOST_POINTS = limits.points;
export const MOST_PRESSURES = limits.pressed;

/** A cut is made where the line is straightest, among this many points before the limit. */
const CHOICE = 100;

/** How much rougher a translucent line is thinned at a time, so that it fits one shape, and how often. */
const ROUGHER = 1.25;
const ROUGHENINGS = 8;

/** Points in tenths as in kinds/geometry.ts; pressures 0 to 1, one a point or none */
export type InkLine = { points: number[]; pressures: number[] };

/**
 * The lines to store for a drawn one. More than one join without a seam: the next begins where the last ends, in its direction.
 * @param tolerance how far the drawn line may move, in tenths
 */
export function store(
  { points, pressures }: InkLine,
  tolerance: number,
  {
    reach,
    opaque,
  }: {
    /** How much wider the line is at full pressure than at none, to one side, in tenths */
    reach: number;
    /** Where two pieces of a translucent line lie on each other it would be darker */
    opaque: boolean;
  },
): InkLine[] {
  if (!pressures.length) return withinLimits({ points: simplify(points, tolerance), pressures });
  let line = thin({ points, pressures }, tolerance, reach);
  for (let i = 0; i < ROUGHENINGS && !opaque && line.pressures.length > MOST_PRESSURES; i++) {
    tolerance *= ROUGHER;
    line = thin({ points, pressures }, tolerance, reach);
  }
  return withinLimits(line);
}

/** The line in pieces within the server's limits. */
export function withinLimits({ points, pressures }: InkLine): InkLine[] {
  if (pressures.length) return cuts({ points, pressures }, MOST_PRESSURES);
  return pieces(points, MOST_POINTS).map((piece) => ({ points: piece, pressures: [] }));
}

/** Ramer, Douglas and Peucker's method for a line with pressures, whose outline is drawn around the points themselves. */
export function thin({ points, pressures }: InkLine, tolerance: number, reach: number): InkLine {
  const last = pressures.length - 1;
  const keep = new Uint8Array(last + 1);
  keep[0] = keep[last] = 1;
  const legs = [[0, last]];
  for (let leg = legs.pop(); leg; leg = legs.pop()) {
    const [from, to] = leg;
    const worst = worstBetween(points, pressures, from, to, tolerance, reach);
    if (worst < 0) continue;
    keep[worst] = 1;
    legs.push([from, worst], [worst, to]);
  }
  return {
    points: points.filter((_, i) => keep[i >> 1]),
    pressures: pressures.filter((_, i) => keep[i]),
  };
}

/** The point between two that is farthest from the straight and even line, or -1 if none is farther than the tolerance. */
function worstBetween(
  points: number[],
  pressures: number[],
  from: number,
  to: number,
  tolerance: number,
  reach: number,
) {
  const dx = points[2 * to] - points[2 * from];
  const dy = points[2 * to + 1] - points[2 * from + 1];
  const length = dx * dx + dy * dy;
  let worst = -1;
  let farthest = tolerance;
  for (let i = from + 1; i < to; i++) {
    const x = points[2 * i] - points[2 * from];
    const y = points[2 * i + 1] - points[2 * from + 1];
    const along = length ? Math.min(1, Math.max(0, (x * dx + y * dy) / length)) : 0;
    const wider = reach * Math.abs(pressures[i] - pressures[from] - along * (pressures[to] - pressures[from]));
    const far = Math.hypot(x - along * dx, y - along * dy, wider);
    if (far > farthest) {
      farthest = far;
      worst = i;
    }
  }
  return worst;
}

/**
 * Cuts a smooth line midway between two points, where its curve runs from the one towards the other: the ends of both pieces,
 * which are drawn straight, run so too.
 */
export function pieces(points: number[], most: number): number[][] {
  const found = [];
  let rest = points;
  while (rest.length > 2 * most) {
    const at = straightest(most - 1 - CHOICE, most - 1, (i) => bendAt(rest, i) + bendAt(rest, i + 1));
    const middle = [0, 1].map((axis) => Math.round((rest[2 * at + axis] + rest[2 * at + 2 + axis]) / 2));
    found.push([...rest.slice(0, 2 * at + 2), ...middle]);
    rest = [...middle, ...rest.slice(2 * at + 2)];
  }
  return [...found, rest];
}

/** Cuts a line with pressures at a point, which both pieces have. */
function cuts({ points, pressures }: InkLine, most: number): InkLine[] {
  if (pressures.length <= most) return [{ points, pressures }];
  const at = straightest(most - CHOICE, most, (i) => bendAt(points, i));
  return [
    { points: points.slice(0, 2 * at + 2), pressures: pressures.slice(0, at + 1) },
    ...cuts({ points: points.slice(2 * at), pressures: pressures.slice(at) }, most),
  ];
}

/** The index from `from` until before `to` with the least bend. */
function straightest(from: number, to: number, bend: (i: number) => number) {
  let best = Math.max(from, 1);
  for (let i = best + 1; i < to; i++) if (bend(i) < bend(best)) best = i;
  return best;
}

/** How sharply the line turns at an inner point, as a length. */
function bendAt(points: number[], i: number) {
  const turn = (at: number) => points[at - 2] - 2 * points[at] + points[at + 2];
  return 2 * i + 3 < points.length ? Math.hypot(turn(2 * i), turn(2 * i + 1)) : 0;
}
