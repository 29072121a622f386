// Where things go when they are lined up or spread out. Pure: boxes in, how far each one moves out.
import { toHundredths } from "../kinds/rounding.ts";
import type { Box } from "../types/shape.ts";

export type Edge = "left" | "center" | "right" | "top" | "middle" | "bottom";
export type Move = { dx: number; dy: number };

/** The part of the way from its low side (0) to its high side (1) that each edge lies at, and along which axis. */
const EDGES: Record<Edge, ["x" | "y", number]> = {
  left: ["x", 0],
  center: ["x", 0.5],
  right: ["x", 1],
  top: ["y", 0],
  middle: ["y", 0.5],
  bottom: ["y", 1],
};

/** Every box with that edge where the edge of all of them is. */
export function aligned(boxes: Box[], edge: Edge): Move[] {
  const [axis, part] = EDGES[edge];
  const low = Math.min(...boxes.map((box) => span(box, axis)[0]));
  const high = Math.max(...boxes.map((box) => span(box, axis)[1]));
  const place = low + (high - low) * part;
  return boxes.map((box) => {
    const [from, to] = span(box, axis);
    return along(axis, place - (from + (to - from) * part));
  });
}

/** The same gap between each and the next; the outermost stay. */
export function distributed(boxes: Box[], axis: "x" | "y"): Move[] {
  const spans = boxes.map((box, index) => ({ index, from: span(box, axis)[0], to: span(box, axis)[1] }));
  const sorted = spans.toSorted((a, b) => a.from + a.to - (b.from + b.to));
  const first = sorted[0].from;
  const inside = sorted.reduce((sum, { from, to }) => sum + to - from, 0);
  const gap = (sorted[sorted.length - 1].to - first - inside) / Math.max(1, sorted.length - 1);
  const moves: Move[] = [];
  let at = first;
  for (const { index, from, to } of sorted) {
    moves[index] = along(axis, at - from);
    at += to - from + gap;
  }
  return moves;
}

function span(box: Box, axis: "x" | "y") {
  return axis === "x" ? [box.left, box.right] : [box.top, box.bottom];
}

function along(axis: "x" | "y", by: number): Move {
  const way = toHundredths(by);
  return axis === "x" ? { dx: way, dy: 0 } : { dx: 0, dy: way };
}
