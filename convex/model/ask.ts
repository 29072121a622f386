/**
 * Requests to a board's owner for access. They do not reveal whether the board exists. A dismissed request stays until
 * it expires, so that its person cannot ask again before.
 */
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";

const MAX_ASKS = 50; // a board, dismissed ones too
export const ASK_KEPT = 7 * 24 * 60 * 60 * 1000; // ms

/** Unanswered requests, oldest first. */
export async function asksOf(ctx: QueryCtx, boardId: Id<"boards">): Promise<Doc<"asks">[]> {
  const rows = await ctx.db
    .query("asks")
    .withIndex("by_board_and_user", (q) => q.eq("boardId", boardId))
    .take(MAX_ASKS);
  return rows
    .filter((ask) => !ask.dismissed && ask.expiresAt > Date.now())
    .sort((a, b) => a._creationTime - b._creationTime);
}

export async function askOf(ctx: QueryCtx, boardId: Id<"boards">, userId: Id<"users">): Promise<Doc<"asks"> | null> {
  return await ctx.db
    .query("asks")
    .withIndex("by_board_and_user", (q) => q.eq("boardId", boardId).eq("userId", userId))
    .unique();
}

/** Whether the board has room for one more request. Deletes expired ones. */
export async function roomForAsk(ctx: MutationCtx, boardId: Id<"boards">): Promise<boolean> {
  const rows = await ctx.db
    .query("asks")
    .withIndex("by_board_and_user", (q) => q.eq("boardId", boardId))
    .take(MAX_ASKS);
  const over = rows.filter((ask) => ask.expiresAt <= Date.now());
  for (const ask of over) await ctx.db.delete("asks", ask._id);
  return rows.length - over.length < MAX_ASKS;
}

export async function forgetAsk(ctx: MutationCtx, boardId: Id<"boards">, userId: Id<"users">): Promise<void> {
  const ask = await askOf(ctx, boardId, userId);
  if (ask !== null) await ctx.db.delete("asks", ask._id);
}
