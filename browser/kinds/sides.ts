/** The sides of figures that are convex and have straight ones. The same as app/drawing/sides.py. */

import type { Figure } from "../types/shape.ts";
import { figures } from "./declared.ts";
import { parts } from "./figures.ts";

const NEARLY = 1e-9;

/**
 * A line of the figure reaches from -x to x, at y, if across * x + down * y <= most for every side. 0, 0 is the middle of the
 * label's box, whose corners are 1 away on both axes.
 */
type Side = { across: number; down: number; most: number };

const known: Map<Figure["kind"], Side[]> = new Map();

/** None of a figure with curves or notches, and of one that is all box. */
export function sides(kind: Figure["kind"]): Side[] {
  const found = known.get(kind) ?? sidesOf(kind);
  known.set(kind, found);
  return found;
}

function sidesOf(kind: Figure["kind"]): Side[] {
  const [left, top, right, bottom] = figures[kind].label;
  const outline = parts(figures[kind].outline, "");
  if (outline.some(({ command }) => command === "C") || `${figures[kind].label}` === "0,0,1,1") return [];
  const corners = outline
    .flatMap(({ points }) => points)
    .map(({ x, y }) => ({ x: (2 * x - left - right) / (right - left), y: (2 * y - top - bottom) / (bottom - top) }));
  const found: Side[] = [];
  for (const [n, { x, y }] of corners.entries()) {
    const to = corners[(n + 1) % corners.length];
    const [dx, dy] = [to.x - x, to.y - y];
    if (corners.some((one) => dx * (one.y - y) - dy * (one.x - x) < -NEARLY)) return [];
    found.push({ across: Math.abs(dy), down: -dx, most: dy * x - dx * y });
  }
  return found;
}
