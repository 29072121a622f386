/** A drawn line in pieces that can be cut anywhere. */

/** A quadratic curve; without `control` a straight line */
export type Piece = { start: number[]; control: number[] | null; end: number[] };

/** The pieces of a smooth path: see kinds/geometry.ts. */
export function curves(points: number[]): Piece[] {
  const last = points.length / 2 - 1;
  const at = (i: number) => points.slice(2 * i, 2 * i + 2);
  if (last < 2) return [{ start: at(0), control: null, end: at(last) }];
  return Array.from({ length: last + 1 }, (_, i) => ({
    start: i === 0 ? at(0) : mix(at(i - 1), at(i), 0.5),
    control: i === 0 || i === last ? null : at(i),
    end: i === last ? at(last) : mix(at(i), at(i + 1), 0.5),
  }));
}

/** The pieces of a line with pressures, which is drawn from point to point. */
export function legs(points: number[]): Piece[] {
  const at = (i: number) => points.slice(2 * i, 2 * i + 2);
  return Array.from({ length: Math.max(1, points.length / 2 - 1) }, (_, i) => ({
    start: at(i),
    control: null,
    end: at(Math.min(i + 1, points.length / 2 - 1)),
  }));
}

export function bendOf({ start, control, end }: Piece) {
  return control ? Math.hypot(start[0] - 2 * control[0] + end[0], start[1] - 2 * control[1] + end[1]) : 0;
}

/** De Casteljau's. */
export function split({ start, control, end }: Piece, t: number): [Piece, Piece] {
  const middle = placeOn({ start, control, end }, t);
  return [
    { start, control: control && mix(start, control, t), end: middle },
    { start: middle, control: control && mix(control, end, t), end },
  ];
}

export function placeOn({ start, control, end }: Piece, t: number) {
  return control ? mix(mix(start, control, t), mix(control, end, t), t) : mix(start, end, t);
}

function mix(a: number[], b: number[], t: number) {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
}
