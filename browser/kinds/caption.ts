/**
 * Where a line's label stands: in a gap of the line if enough of that is left, else beside it. The same as app/drawing/caption.py.
 * Only the line itself is left out behind a label: what lies below stays whole.
 */
import { widest } from "../text/layout.ts";
import type { Label } from "../types/kind.ts";
import type { Point } from "../types/point.ts";
import type { Box, Line } from "../types/shape.ts";
import { along, backwards, flattened, lengthOf } from "./course.ts";
import { headLength, SIN } from "./heads.ts";
import { label } from "./label.ts";

/** Letters of a label's line, of its size each. */
const LETTERS = 12;

/** Px: from a label to the line's ends at the gap, and to a line that it stands beside. */
const AROUND = 4;
const BESIDE = 4;

/** Px of the line, besides a head, that a gap leaves on either side. */
const REST = 8;

/** A line that leans less has its label on the right, any other above. */
const UPRIGHT = 0.001;
const NEARLY = 1e-6;

/** The label of a line through these distinct points, and how far along the line the gap begins and ends, in px. */
export function placedLabel(line: Line, points: number[]): { label: Label; gap: [number, number] | null } {
  const flat = flattened(points, line.curved);
  const far = lengthOf(flat);
  const middle = along(flat, far / 2);
  const usual = LETTERS * line.size;
  const whole = Math.min(widest(line.text, line.size), usual);
  const rest = Math.min(usual, Math.max(whole, far - 2 * Math.max(...endsOf(line, far)) - 2 * AROUND));
  const tried = [usual, rest, whole].map((width) => around(line, middle, width));
  if (far === 0 || !tried[0].lines.some(({ text }) => text)) return { label: tried[0], gap: null };
  for (const it of tried) {
    const gap = gapOf(line, flat, far, middle, it.box);
    if (gap) return { label: it, gap };
  }
  const { x: dx, y: dy } = direction(flat, far / 2);
  const side = dx > UPRIGHT || (dx >= -UPRIGHT && dy > 0) ? { x: dy, y: -dx } : { x: -dy, y: dx };
  const lying = Math.abs(dx) > Math.abs(dy);
  const width = lying ? Math.min(usual, Math.max(whole, far)) : usual;
  const { left, top, right, bottom } = around(line, middle, width).box;
  let away = (Math.abs(side.x) * (right - left) + Math.abs(side.y) * (bottom - top)) / 2 + line.width / 2;
  away += Math.max(BESIDE, line.start === "none" && line.end === "none" ? 0 : SIN * headLength(line, far)); // past the wings
  return { label: around(line, { x: middle.x + side.x * away, y: middle.y + side.y * away }, width), gap: null };
}

function around({ text, size }: Line, { x, y }: Point, w: number) {
  return label({ text, size, align: "center" }, { left: x - w / 2, w, middle: y });
}

function gapOf(line: Line, flat: number[], far: number, middle: Point, box: Box): [number, number] | null {
  const wide = { ...box, left: box.left - AROUND, right: box.right + AROUND };
  const before = far / 2 - untilOutside(onward(backwards(flat), far / 2, middle), wide);
  const behind = far / 2 - untilOutside(onward(flat, far / 2, middle), wide);
  const [start, end] = endsOf(line, far);
  return before + NEARLY < start || behind + NEARLY < end ? null : [before, far - behind];
}

/** How much of the line is to be seen before and behind its label, in px. */
function endsOf(line: Line, far: number) {
  const head = headLength(line, far);
  return [line.start, line.end].map((sort) => REST + (sort === "none" ? 0 : head));
}

/** The polyline from a place on it, so far from its beginning. */
function onward(flat: number[], start: number, { x, y }: Point) {
  let passed = 0;
  for (let i = 2; i < flat.length; i += 2) {
    passed += lengthOf(flat.slice(i - 2, i + 2));
    if (passed >= start) return [x, y, ...flat.slice(i)];
  }
  return [x, y];
}

/** How far the polyline, which begins in the box, runs within it. */
function untilOutside(flat: number[], { left, top, right, bottom }: Box) {
  let passed = 0;
  for (let i = 2; i < flat.length; i += 2) {
    const [fromX, fromY, x, y] = flat.slice(i - 2, i + 2);
    const far = lengthOf(flat.slice(i - 2, i + 2));
    if (left <= x && x <= right && top <= y && y <= bottom) {
      passed += far;
      continue;
    }
    const [dx, dy] = [x - fromX, y - fromY];
    const across = dx ? ((dx > 0 ? right : left) - fromX) / dx : Infinity;
    const down = dy ? ((dy > 0 ? bottom : top) - fromY) / dy : Infinity;
    return passed + Math.min(across, down) * far;
  }
  return Infinity;
}

/** Of the line so far from its beginning, 1 px long. */
function direction(flat: number[], start: number): Point {
  let passed = 0;
  for (let i = 2; i < flat.length; i += 2) {
    const far = lengthOf(flat.slice(i - 2, i + 2));
    passed += far;
    if (passed >= start && far > 0) return { x: (flat[i] - flat[i - 2]) / far, y: (flat[i + 1] - flat[i - 1]) / far };
  }
  return { x: 1, y: 0 };
}
