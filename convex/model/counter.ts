/**
 * Limits the live shapes of a board without a row that everybody writes. A board has 64 rows, and each change writes
 * one at random. Only if that row exceeds its share by a quarter are the others read. The web process, which knows the
 * exact count, refuses first.
 */
import type { Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { refuse } from "./refuse";

const MAX_SHAPES = 100_000; // live shapes a board
const SLOTS = 64;
const SHARE = (MAX_SHAPES / SLOTS) * 1.25;

/** Adds `delta` live shapes and marks the board as changed now. @throws ConvexError `board_full` */
export async function count(ctx: MutationCtx, boardId: Id<"boards">, delta: number, most = MAX_SHAPES): Promise<void> {
  const slot = Math.floor(Math.random() * SLOTS);
  const row = await ctx.db
    .query("counters")
    .withIndex("by_board_and_slot", (q) => q.eq("boardId", boardId).eq("slot", slot))
    .unique();
  const shapes = (row?.shapes ?? 0) + delta;
  if (delta > 0 && shapes > SHARE && (await total(ctx, boardId)) + delta > most) {
    refuse("board_full", `A board can have at most ${most} shapes.`, { limit: most });
  }
  const at = Date.now();
  if (row === null) await ctx.db.insert("counters", { boardId, slot, shapes, at });
  else await ctx.db.patch("counters", row._id, { shapes, at });
}

async function total(ctx: QueryCtx, boardId: Id<"boards">): Promise<number> {
  const rows = await ctx.db
    .query("counters")
    .withIndex("by_board_and_slot", (q) => q.eq("boardId", boardId))
    .take(SLOTS);
  return rows.reduce((sum, row) => sum + row.shapes, 0);
}

/** The time of the board's last change, in ms since the epoch; null before the first change. */
export async function changedAt(ctx: QueryCtx, boardId: Id<"boards">): Promise<number | null> {
  const latest = await ctx.db
    .query("counters")
    .withIndex("by_board_and_at", (q) => q.eq("boardId", boardId))
    .order("desc")
    .first();
  return latest?.at ?? null;
}
