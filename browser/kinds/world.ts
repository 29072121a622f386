import type { Box, Patch, Shape } from "../types/shape.ts";
import { limits } from "./declared.ts";
import { union } from "./geometry.ts";
import { toHundredths } from "./rounding.ts";

/** The board ends where the server takes no shape any more. Pure. */

/** How far from its middle it reaches, in px: one less than the server's limit, for what is rounded. */
export const REACH = limits.coordinate - 1;

export const ENDS_HERE = "The board ends here, 1,000,000 px from its middle.";
export const TOO_LARGE = "That is too large for the board, which ends 1,000,000 px from its middle.";

/** What of a shape says where it is. */
const GEOMETRY = ["x", "y", "w", "h", "points"];

export function clamped(px: number) {
  return Math.max(-REACH, Math.min(REACH, px));
}

/** As much of a way as the box may go; back it may go from anywhere. */
export function allowed({ left, top, right, bottom }: Box, dx: number, dy: number): [number, number] {
  return [limited(dx, left, right), limited(dy, top, bottom)];
}

function limited(by: number, low: number, high: number) {
  return Math.max(Math.min(0, -REACH - low), Math.min(Math.max(0, REACH - high), by));
}

/** The camera's place on one axis, so that the window shows nothing beyond the board's end that it did not show before. @param length of the window, in board px */
export function held(now: number, before: number, length: number) {
  const [low, high] = length > 2 * REACH ? [length / 2, length / 2] : [length - REACH, REACH];
  return Math.max(Math.min(low, before), Math.min(Math.max(high, before), now));
}

/**
 * The change with all that it puts somewhere on the board: if a part would lie beyond the end, all of it is moved back together.
 * @returns the same object if nothing has to move; null: it is larger than the board
 */
export function contained(
  change: { put: Shape[]; patch: Record<string, Patch>; remove: string[] },
  find: (id: string) => Shape | undefined,
): { put: Shape[]; patch: Record<string, Patch>; remove: string[] } | null {
  const placed = Object.entries(change.patch).flatMap(([id, patch]) => {
    const shape = find(id);
    return shape && GEOMETRY.some((name) => name in patch) ? [{ id, shape: { ...shape, ...patch } as Shape }] : [];
  });
  const boxes = [...change.put, ...placed.map(({ shape }) => shape)].map(extent);
  if (!boxes.length) return change;
  const around = boxes.reduce(union);
  if (
    Math.max(around.right - around.left, around.bottom - around.top) > 2 * REACH ||
    boxes.some(({ left, right, top, bottom }) => Math.max(right - left, bottom - top) > REACH)
  )
    return null;
  const dx = back(around.left, around.right);
  const dy = back(around.top, around.bottom);
  if (!dx && !dy) return change;
  const moved = placed.map(({ id, shape: { x, y } }) => [
    id,
    { ...change.patch[id], x: toHundredths(x + dx), y: toHundredths(y + dy) },
  ]);
  return {
    ...change,
    put: change.put.map((shape) => ({ ...shape, x: toHundredths(shape.x + dx), y: toHundredths(shape.y + dy) })),
    patch: { ...change.patch, ...Object.fromEntries(moved) },
  };
}

/** Where a shape reaches, as if it were not turned. */
function extent(shape: Shape): Box {
  const { x, y } = shape;
  const box = { left: x, top: y, right: x, bottom: y };
  if ("w" in shape) box.right += shape.w ?? 0;
  if ("h" in shape) box.bottom += shape.h ?? 0;
  const points = "points" in shape ? shape.points : [];
  for (let i = 0; i < points.length; i += 2) {
    box.left = Math.min(box.left, x + points[i]);
    box.right = Math.max(box.right, x + points[i]);
    box.top = Math.min(box.top, y + points[i + 1]);
    box.bottom = Math.max(box.bottom, y + points[i + 1]);
  }
  return box;
}

/** How far something that reaches so far has to go. */
function back(low: number, high: number) {
  if (low < -REACH) return Math.ceil(-REACH - low);
  return high > REACH ? Math.floor(REACH - high) : 0;
}
