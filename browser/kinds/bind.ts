/** Where the ends of a line are that are bound to shapes. The same as app/drawing/bind.py. */

import type { Binding, Box, Find, Line, Shape } from "../types/shape.ts";
import { sized, toBoard, toLocal } from "./boxes.ts";
import { bounds } from "./geometry.ts";
import { heightOf } from "./note.ts";
import { inside, wayOutside } from "./outline.ts";
import { text } from "./text.ts";

/** Px between an arrow's end and the line of the shape. */
const GAP = 4;

/**
 * A line's points as they are seen, in its own px: a bound end is on the way to its anchor, a little outside the shape. Where
 * that is missing, or binds in a circle, the kept points hold.
 */
export function boundPoints(line: Line, find: Find): number[] {
  if (!line.from && !line.to) return line.points;
  const points = [...line.points];
  const last = points.length - 2;
  const from = target(line, line.from, find);
  const to = target(line, line.to, find);
  if (from) [points[0], points[1]] = [from.anchor.x, from.anchor.y];
  if (to) [points[last], points[last + 1]] = [to.anchor.x, to.anchor.y];
  const first = from && stopped(line, from, { x: points[2], y: points[3] });
  const end = to && stopped(line, to, { x: points[last - 2], y: points[last - 1] });
  if (first) [points[0], points[1]] = [first.x, first.y];
  if (end) [points[last], points[last + 1]] = [end.x, end.y];
  return points;
}

function target(line: Line, binding: Binding | null, find: Find) {
  const shape = binding && find(binding.id);
  if (!shape || shape.id === line.id) return null;
  const box = bodyOf(shape);
  const x = box.left + (box.right - box.left) * binding.at[0];
  const y = box.top + (box.bottom - box.top) * binding.at[1];
  const place = toBoard(shape, x, y);
  return { shape, box, anchor: toLocal(line, place.x, place.y), inner: { x, y } };
}

/** Where the line stops on its way from a place to an anchor. */
function stopped(
  line: Line,
  { shape, box, anchor, inner }: NonNullable<ReturnType<typeof target>>,
  from: { x: number; y: number },
) {
  const onBoard = toBoard(line, from.x, from.y);
  const before = toLocal(shape, onBoard.x, onBoard.y);
  if (inside(shape, box, before.x, before.y)) return anchor;
  const outside = wayOutside(shape, box, before, inner);
  const dx = anchor.x - from.x;
  const dy = anchor.y - from.y;
  const length = Math.sqrt(dx * dx + dy * dy);
  const gap = GAP + line.width / 2 + borderOf(shape) / 2;
  // No room for the gap: up to the outline itself.
  const part = length * outside > gap ? outside - gap / length : outside;
  return { x: from.x + dx * part, y: from.y + dy * part };
}

/** The local box of what an end is bound to. */
function bodyOf(shape: Shape): Box {
  if ("points" in shape) return bounds(shape.points);
  if (shape.kind === "text") return text.box(shape, () => undefined);
  return sized(shape.w, shape.kind === "note" ? heightOf(shape) : shape.h);
}

/** The width of the shape's own line. */
function borderOf(shape: Shape) {
  return "width" in shape ? shape.width : 0;
}
