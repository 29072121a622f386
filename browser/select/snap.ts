import type { Box } from "../types/shape.ts";

/** What is moved or resized snaps to the sides and middles of its neighbours, or to the dots. Pure. */

/** A line at x or y = `at`, from … to on the other axis */
export type Guide = { axis: "x" | "y"; at: number; from: number; to: number };
/** How far to go to be there */
type Snap = { by: number; guide: Guide | null };

/** Px of the board from dot to dot; the style sheet says the same. */
const DOTS = 32;

/**
 * How a box is to be moved so that it snaps, on each axis by itself.
 * @param box where it would be
 * @param dots whether there are any
 */
export function snapped(
  box: Box,
  neighbours: Box[],
  reach: number,
  dots: boolean,
): { dx: number; dy: number; guides: Guide[] } {
  const x = snap("x", [box.left, (box.left + box.right) / 2, box.right], box, neighbours, reach, dots);
  const y = snap("y", [box.top, (box.top + box.bottom) / 2, box.bottom], box, neighbours, reach, dots);
  return { dx: x.by, dy: y.by, guides: [x.guide, y.guide].filter((guide) => guide !== null) };
}

/**
 * On one axis: to the nearest line of a neighbour, or else to the nearest dots.
 * @param lines of the box that may snap
 */
export function snap(
  axis: "x" | "y",
  lines: number[],
  box: Box,
  neighbours: Box[],
  reach: number,
  dots: boolean,
): Snap {
  let best: Snap = { by: 0, guide: null };
  let least = reach;
  for (const other of neighbours) {
    for (const at of axis === "x"
      ? [other.left, (other.left + other.right) / 2, other.right]
      : [other.top, (other.top + other.bottom) / 2, other.bottom]) {
      for (const line of lines) {
        const far = Math.abs(at - line);
        if (far > least || (far === least && best.guide)) continue;
        least = far;
        best = { by: at - line, guide: span(axis, at, box, other) };
      }
    }
  }
  if (best.guide || !dots) return best;
  for (const line of lines) {
    const by = Math.round(line / DOTS) * DOTS - line;
    if (Math.abs(by) > least) continue;
    least = Math.abs(by);
    best = { by, guide: null };
  }
  return best;
}

function span(axis: "x" | "y", at: number, one: Box, other: Box): Guide {
  const [from, to] =
    axis === "x"
      ? [Math.min(one.top, other.top), Math.max(one.bottom, other.bottom)]
      : [Math.min(one.left, other.left), Math.max(one.right, other.right)];
  return { axis, at, from, to };
}
