/** Points and polygons, which end where they begin. The same as app/drawing/polygon.py. */

import type { Point } from "../types/point.ts";

/** Px: so close to an outline is on it. */
const NEAR = 1e-6;

/** Whether a point is in a polygon, or on it. */
export function contains(outline: Point[], x: number, y: number) {
  let odd = false;
  for (let n = 1; n < outline.length; n++) {
    const [a, b] = [outline[n - 1], outline[n]];
    if (away(a, b, x, y) <= NEAR * NEAR) return true;
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) odd = !odd;
  }
  return odd;
}

/** How much of the way from a place outside is before the polygon: 0..1. */
export function firstCrossing(outline: Point[], start: Point, end: Point) {
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  let first = 1;
  for (let n = 1; n < outline.length; n++) {
    const [a, b] = [outline[n - 1], outline[n]];
    const [ex, ey] = [b.x - a.x, b.y - a.y];
    const across = dx * ey - dy * ex;
    if (across === 0) continue;
    const along = ((a.x - start.x) * ey - (a.y - start.y) * ex) / across;
    const part = ((a.x - start.x) * dy - (a.y - start.y) * dx) / across;
    if (along >= 0 && along < first && part >= -NEAR && part <= 1 + NEAR) first = along;
  }
  return first;
}

/** From a place to the nearest of a polygon's sides, in px. */
export function distanceToPolygon(outline: Point[], x: number, y: number) {
  let least = Infinity;
  for (let n = 1; n < outline.length; n++) least = Math.min(least, away(outline[n - 1], outline[n], x, y));
  return Math.sqrt(least);
}

/** The square of the distance from a segment. */
function away(a: Point, b: Point, x: number, y: number) {
  const [ex, ey] = [b.x - a.x, b.y - a.y];
  const length = ex * ex + ey * ey;
  const along = Math.min(1, Math.max(0, length ? ((x - a.x) * ex + (y - a.y) * ey) / length : 0));
  const [dx, dy] = [x - a.x - along * ex, y - a.y - along * ey];
  return dx * dx + dy * dy;
}
