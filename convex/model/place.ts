/** A free place for a note: below or beside the hook's earlier ones, or in a frame. Never on another shape. */
import { grown } from "../../browser/kinds/boxes.ts";
import type { Box } from "../../browser/types/shape.ts";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { findShape } from "./apply";
import { limits } from "./declared";
import { overlap, titled, within } from "./plot";
import { refuse } from "./refuse";
import { drawingOf } from "./shape";

export const WIDTH = 240; // px of a note
const GAP = 20; // px, to the next shape
const AWAY = 100; // px, from what was on the board before
const HIGH = 2_000; // px of a column
const MAX_COLUMNS = 8; // tried in one call
const MAX_SIDE = 4_000; // px of a frame, from its upper left corner, that are looked at
const MAX_SHAPES = 400; // in a column or frame; one with more counts as full
const MAX_FRAMES = 5; // with the same title

type Place = { x: number; y: number };

/** In the first frame with this title that has room. @throws ConvexError `invalid`, `conflict` */
export async function placeInFrame(ctx: QueryCtx, boardId: Id<"boards">, title: string, h: number): Promise<Place> {
  const named = await ctx.db
    .query("plots")
    .withIndex("by_board_and_title", (q) => q.eq("boardId", boardId).eq("title", titled(title)))
    .take(MAX_FRAMES);
  if (named.length === 0) refuse("invalid", `There is no frame called “${title}” on this board.`, { field: "frame" });
  for (const frame of named) {
    const shape = await findShape(ctx, boardId, frame.shapeId);
    const drawing = shape && drawingOf(shape);
    if (drawing?.kind !== "frame") continue;
    const { x, y, w, h: high } = drawing;
    const area = grown(
      { left: x, top: y, right: x + Math.min(MAX_SIDE, w), bottom: y + Math.min(MAX_SIDE, high) },
      -GAP,
    );
    const place = await freePlace(ctx, boardId, area, h, (plot) => isAround(plot, area));
    if (place) return place;
  }
  refuse("conflict", `The frame “${title}” has no room left: enlarge it, or take notes out of it.`, { field: "frame" });
}

/** In the hook's column, or in a new one if it is full. */
export async function placeInColumn(ctx: MutationCtx, hook: Doc<"boardHooks">, h: number): Promise<Place> {
  let { x = NaN, top = 0 } = hook;
  if (hook.x === undefined) ({ x, top } = await beside(ctx, hook.boardId));
  for (let i = 0; i < MAX_COLUMNS; i++, x += WIDTH + GAP) {
    const place = await freePlace(ctx, hook.boardId, column(x, top, h), h);
    if (place) return await noted(ctx, hook, x, top, place);
  }
  ({ x, top } = await beside(ctx, hook.boardId));
  return await noted(ctx, hook, x, top, { x, y: top });
}

function column(x: number, top: number, h: number): Box {
  return { left: x, top, right: x + WIDTH, bottom: top + Math.max(HIGH, h) };
}

async function noted(ctx: MutationCtx, hook: Doc<"boardHooks">, x: number, top: number, place: Place): Promise<Place> {
  if (Math.max(x + WIDTH, Math.abs(top)) > limits.coordinate - HIGH)
    refuse("conflict", "There is no room left beside what is on the board.");
  if (hook.x !== x || hook.top !== top) await ctx.db.patch("boardHooks", hook._id, { x, top });
  return place;
}

/** To the right of everything. */
async function beside(ctx: QueryCtx, boardId: Id<"boards">): Promise<{ x: number; top: number }> {
  const last = await ctx.db
    .query("plots")
    .withIndex("by_board_and_right", (q) => q.eq("boardId", boardId))
    .order("desc")
    .first();
  return last === null ? { x: AWAY, top: AWAY } : { x: Math.ceil(last.right) + AWAY, top: Math.floor(last.top) };
}

/** The first place in the area, row by row, that is `GAP` away from all shapes but those that may lie below. */
async function freePlace(
  ctx: QueryCtx,
  boardId: Id<"boards">,
  area: Box,
  h: number,
  mayLieBelow: (plot: Box) => boolean = () => false,
): Promise<Place | null> {
  const found = await within(ctx, boardId, grown(area, GAP), MAX_SHAPES);
  if (found.length > MAX_SHAPES) return null;
  const shapes = found.filter((plot) => !mayLieBelow(plot)).map((shape) => grown(shape, GAP));
  for (let y = area.top; y + h <= area.bottom; ) {
    let lowest = Infinity;
    for (let x = area.left; x + WIDTH <= area.right; ) {
      const note = { left: x, top: y, right: x + WIDTH, bottom: y + h };
      const hit = shapes.find((shape) => overlap(shape, note));
      if (hit === undefined) return { x, y };
      lowest = Math.min(lowest, hit.bottom);
      x = Math.ceil(hit.right);
    }
    y = Math.ceil(lowest);
  }
  return null;
}

/** The frame itself, and what it lies in or on. */
function isAround(plot: Box, area: Box): boolean {
  return plot.left < area.left && plot.top < area.top && plot.right > area.right && plot.bottom > area.bottom;
}
