import type { Point } from "../types/point.ts";
import type { Box, Figure, Shape } from "../types/shape.ts";
import { figures } from "./declared.ts";
import { polygon } from "./figures.ts";
import { contains, firstCrossing } from "./polygon.ts";

/** Where a shape begins: what ends of arrows stop at. In local px; the same as app/drawing/outline.py. */

/** Convex, and known without an outline. */
const EXACT = ["rectangle", "ellipse"];

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
  if (!isFigure(shape)) return true;
  if (shape.kind !== "rectangle") return contains(polygonOf(shape, box), x - box.left, y - box.top);
  const radius = Math.min(shape.radius, w, h);
  const cornerX = Math.max(0, dx - (w - radius));
  const cornerY = Math.max(0, dy - (h - radius));
  return cornerX * cornerX + cornerY * cornerY <= radius * radius || cornerX === 0 || cornerY === 0;
}

/** How much of the way from a place outside to one inside is outside: 0..1. To a place outside it is all. */
export function wayOutside(shape: Shape, box: Box, from: Point, to: Point) {
  if (!inside(shape, box, to.x, to.y)) return 1;
  if (isFigure(shape) && !EXACT.includes(shape.kind)) {
    const local = ({ x, y }: Point) => ({ x: x - box.left, y: y - box.top });
    return firstCrossing(polygonOf(shape, box), local(from), local(to));
  }
  let outside = 0;
  let inner = 1;
  for (let n = 0; n < HALVINGS; n++) {
    const middle = (outside + inner) / 2;
    if (inside(shape, box, from.x + (to.x - from.x) * middle, from.y + (to.y - from.y) * middle)) inner = middle;
    else outside = middle;
  }
  return inner;
}

function isFigure(shape: Shape): shape is Figure {
  return shape.kind in figures;
}

function polygonOf(figure: Figure, { left, top, right, bottom }: Box) {
  return polygon({ ...figure, w: right - left, h: bottom - top });
}
