import type { Box } from "../types/shape.ts";

/**
 * The geometry of a stroke. Points are flat, [x0, y0, x1, y1, …], in whole tenths of a board px relative to the
 * stroke's origin. Path data is in twentieths, so that every midpoint is a whole number: `scale(.05)` draws it.
 * The path is a line to the first midpoint, then one quadratic curve per inner point from midpoint to midpoint, then
 * a line to the last point. `tests/fixtures/paths.json` holds it to the server's.
 */

/**
 * The `d` of the whole stroke.
 * @param points at least one
 * @param x where their origin stands, in twentieths
 */
export function pathData(points: number[], x: number = 0, y: number = 0) {
  return partialPathData(points, { x, y });
}

/**
 * The `d` of a part of the stroke: `from` > 0 starts at the midpoint before point `from`, which is where a path that
 * ended before `from` with `open` has stopped.
 */
export function partialPathData(
  points: number[],
  {
    x: originX,
    y: originY,
    from = 0,
    open = false,
  }: {
    x: number;
    y: number;
    /** Index of the first point that is drawn */
    from?: number;
    /** Stop at the last midpoint, without the line to the last point */
    open?: boolean;
  },
) {
  const last = points.length / 2 - 1;
  let d = "";
  // Relative to the origin, but for the first M.
  let x = -originX;
  let y = -originY;
  const number = (value: number) => {
    const digit = d.charCodeAt(d.length - 1) <= 57;
    d += value < 0 || !digit ? value : ` ${value}`;
  };
  const line = (toX: number, toY: number) => {
    number(toX - x);
    number(toY - y);
    x = toX;
    y = toY;
  };
  const middle = (i: number) => line(points[2 * i] + points[2 * i + 2], points[2 * i + 1] + points[2 * i + 3]);

  d = "M";
  if (from > 0) {
    middle(from - 1);
  } else {
    line(2 * points[0], 2 * points[1]);
    if (last === 0) return `${d}h0`;
    d += "l";
    if (last === 1) line(2 * points[2], 2 * points[3]);
    else middle(0);
    from = 1;
  }
  if (from < last) {
    d += "q";
    number(2 * points[2 * from] - x);
    number(2 * points[2 * from + 1] - y);
    middle(from);
  }
  if (from + 1 < last) d += "t";
  for (let i = from + 1; i < last; i++) middle(i);
  if (last > 1 && !open) {
    d += "l";
    line(2 * points[2 * last], 2 * points[2 * last + 1]);
  }
  return d;
}

/** The points that `pathData` was given. */
export function pathPoints(d: string): number[] {
  const numbers = d.match(/-?\d+/g)?.map(Number) ?? [];
  const points = [numbers[0] / 2, numbers[1] / 2];
  if (numbers.length < 4) return points;
  let [x, y] = numbers;
  let at = 2;
  /** The control point reflected about the current midpoint is the next point. */
  let controlX = 0;
  let controlY = 0;
  const move = () => {
    x += numbers[at++];
    y += numbers[at++];
  };
  move();
  if (numbers.length > 4) {
    controlX = x + numbers[at++];
    controlY = y + numbers[at++];
    points.push(controlX / 2, controlY / 2);
    move();
    while (at < numbers.length - 2) {
      controlX = 2 * x - controlX;
      controlY = 2 * y - controlY;
      points.push(controlX / 2, controlY / 2);
      move();
    }
    move();
  }
  points.push(x / 2, y / 2);
  return points;
}

/** The box around the points, in their unit. The curve never leaves it. */
export function bounds(points: number[]): Box {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (let i = 0; i < points.length; i += 2) {
    if (points[i] < box.left) box.left = points[i];
    if (points[i] > box.right) box.right = points[i];
    if (points[i + 1] < box.top) box.top = points[i + 1];
    if (points[i + 1] > box.bottom) box.bottom = points[i + 1];
  }
  return box;
}

export function overlaps(a: Box, b: Box) {
  return a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom;
}

/** The smallest box around both; `null` is no box. */
export function union(a: Box | null, b: Box): Box {
  if (!a) return { ...b };
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
}
