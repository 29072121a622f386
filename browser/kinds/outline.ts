import type { Box, Shape } from "../types/shape.ts";

/** Where a shape begins: what ends of arrows stop at. Convex, in local px; the same as app/drawing/outline.py. */

/** Halvings of the way to an outline: 1e6 px to less than a millionth. */
const HALVINGS = 40;

/**
 * Whether a local place is inside the shape.
 * @param box its local one
 */
export function inside(shape: Shape, box: Box, x: number, y: number) {
  const w = (box.right - box.left) / 2;
  const h = (box.bottom - box.top) / 2;
  const dx = Math.abs(x - (box.left + w));
  const dy = Math.abs(y - (box.top + h));
  if (dx > w || dy > h) return false;
  if (shape.kind === "ellipse") return w > 0 && h > 0 && (dx / w) * (dx / w) + (dy / h) * (dy / h) <= 1;
  if (shape.kind === "diamond") return w > 0 && h > 0 && dx / w + dy / h <= 1;
  if (shape.kind !== "rectangle") return true;
  const radius = Math.min(shape.radius, w, h);
  const cornerX = Math.max(0, dx - (w - radius));
  const cornerY = Math.max(0, dy - (h - radius));
  return cornerX * cornerX + cornerY * cornerY <= radius * radius || cornerX === 0 || cornerY === 0;
}

/** How much of the way from a place outside to one inside is outside: 0..1. To a place outside it is all. */
export function wayOutside(shape: Shape, box: Box, from: { x: number; y: number }, to: { x: number; y: number }) {
  if (!inside(shape, box, to.x, to.y)) return 1;
  let outside = 0;
  let within = 1;
  for (let n = 0; n < HALVINGS; n++) {
    const middle = (outside + within) / 2;
    if (inside(shape, box, from.x + (to.x - from.x) * middle, from.y + (to.y - from.y) * middle)) within = middle;
    else outside = middle;
  }
  return within;
}
