/** Thumbnails: small pictures of boards, one in each theme. */
import { v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";

export const theme = v.union(v.literal("light"), v.literal("dark"));
const THEMES = ["light", "dark"] as const;

/** The board's thumbnails; all of one ts, since they are written together. */
export async function thumbnailsOf(ctx: QueryCtx, boardId: Id<"boards">): Promise<Doc<"thumbnails">[]> {
  return await ctx.db
    .query("thumbnails")
    .withIndex("by_board_and_theme", (q) => q.eq("boardId", boardId))
    .take(THEMES.length);
}
