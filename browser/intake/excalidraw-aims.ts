// Where lines of older Excalidraw drawings aim: these say only to which shape an end is bound, and where it was seen. Pure. The same
// as app/exchange/excalidraw/aims.py.
import type { Binding } from "../types/shape.ts";
import type { Element } from "./excalidraw-element.ts";
import { between, number } from "./values.ts";

/** Px, if they do not say it. */
const GAP = 4;

/** So far behind the outline, in px. */
const INSIDE = 1;

/** @param end of the line, and `before` its neighbour, in px from the line's origin */
export function aim(line: Element, bound: Element, holder: Element, end: number[], before: number[]): Binding["at"] {
  const gap = between(0, number(bound.gap, GAP), 100) + INSIDE;
  const [dx, dy] = [end[0] - before[0], end[1] - before[1]];
  const length = Math.sqrt(dx * dx + dy * dy) || 1;
  return fraction(holder, number(line.x) + end[0] + (dx / length) * gap, number(line.y) + end[1] + (dy / length) * gap);
}

/** A place on the board in fractions of a shape's box, which may be turned about its middle. */
function fraction(holder: Element, x: number, y: number): Binding["at"] {
  const [w, h, angle] = [number(holder.width), number(holder.height), number(holder.angle)];
  const [dx, dy] = [x - number(holder.x) - w / 2, y - number(holder.y) - h / 2];
  const [c, s] = [Math.cos(-angle), Math.sin(-angle)];
  const [u, v] = [w ? (dx * c - dy * s) / w : 0, h ? (dx * s + dy * c) / h : 0];
  return [tenThousandths(between(0, u + 0.5, 1)), tenThousandths(between(0, v + 0.5, 1))];
}

function tenThousandths(value: number) {
  return Math.round(10_000 * value) / 10_000;
}
