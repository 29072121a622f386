/**
 * Boards whose early history was folded: rows of the log up to `folded` have no ops any more, and the checkpoint at `folded`
 * has what came of them. While that is prepared, and after, nobody takes back rows up to `folding`.
 */
import type { Doc, Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";

/** The ts of the earliest moment that the board remembers; 0 if it remembers all. */
export async function foldedOf(ctx: QueryCtx, boardId: Id<"boards">): Promise<bigint> {
  return (await ctx.db.get("boards", boardId))?.folded ?? 0n;
}

/** A row that may be taken back, or null. */
export async function unfolded(ctx: QueryCtx, row: Doc<"changes"> | null): Promise<Doc<"changes"> | null> {
  const board = row && (await ctx.db.get("boards", row.boardId));
  return row === null || (row.ts as bigint) <= (board?.folding ?? 0n) ? null : row;
}
