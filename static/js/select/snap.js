// @ts-check
/** What is moved or resized snaps to the sides and middles of its neighbours, or to the dots. Pure. */

/** @import { Box } from "../types.js" */

/** @typedef {{ axis: "x" | "y", at: number, from: number, to: number }} Guide a line at x or y = `at`, from … to on the other axis */
/** @typedef {{ by: number, guide: Guide | null }} Snap how far to go to be there */

/** Px of the board from dot to dot; the style sheet says the same. */
const DOTS = 32;

/**
 * How a box is to be moved so that it snaps, on each axis by itself.
 * @param {Box} box where it would be @param {Box[]} neighbours @param {number} reach @param {boolean} dots whether there are any
 * @returns {{ dx: number, dy: number, guides: Guide[] }}
 */
export function snapped(box, neighbours, reach, dots) {
  const x = snap("x", [box.left, (box.left + box.right) / 2, box.right], box, neighbours, reach, dots);
  const y = snap("y", [box.top, (box.top + box.bottom) / 2, box.bottom], box, neighbours, reach, dots);
  return { dx: x.by, dy: y.by, guides: [x.guide, y.guide].filter((guide) => guide !== null) };
}

/**
 * On one axis: to the nearest line of a neighbour, or else to the nearest dots.
 * @param {"x" | "y"} axis @param {number[]} lines of the box that may snap @param {Box} box @param {Box[]} neighbours
 * @param {number} reach @param {boolean} dots
 * @returns {Snap}
 */
export function snap(axis, lines, box, neighbours, reach, dots) {
  /** @type {Snap} */
  let best = { by: 0, guide: null };
  let least = reach;
  for (const other of neighbours) {
    for (const at of axis === "x" ? [other.left, (other.left + other.right) / 2, other.right] : [other.top, (other.top + other.bottom) / 2, other.bottom]) {
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

/** @param {"x" | "y"} axis @param {number} at @param {Box} one @param {Box} other @returns {Guide} */
function span(axis, at, one, other) {
  const [from, to] = axis === "x" ? [Math.min(one.top, other.top), Math.max(one.bottom, other.bottom)] : [Math.min(one.left, other.left), Math.max(one.right, other.right)];
  return { axis, at, from, to };
}
