/** Invitations are stored by the hash of their token, so a copy of the database admits nobody. */
import type { Doc, Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";

export const MAX_INVITES = 50; // of a board; used up ones count until the next one is made

export async function invitesOf(ctx: QueryCtx, boardId: Id<"boards">): Promise<Doc<"invites">[]> {
  return await ctx.db
    .query("invites")
    .withIndex("by_board", (q) => q.eq("boardId", boardId))
    .take(MAX_INVITES);
}

export async function findInvite(ctx: QueryCtx, hash: string): Promise<Doc<"invites"> | null> {
  return await ctx.db
    .query("invites")
    .withIndex("by_hash", (q) => q.eq("hash", hash))
    .unique();
}

export function usedUp({ uses, maxUses }: Doc<"invites">): boolean {
  return maxUses !== undefined && uses >= maxUses;
}
