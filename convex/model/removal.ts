/** Deleting a board: it is gone for everybody at once, and erased after PURGE_AFTER_DAYS by purge.ts. */
import { internal } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { invitesOf } from "./invite";
import { limits } from "./limits";
import { membersOf } from "./member";

export const DAY = 24 * 60 * 60 * 1000; // ms

export async function removeBoard(ctx: MutationCtx, board: Id<"boards">): Promise<void> {
  await ctx.db.patch("boards", board, { removed: true, removedAt: Date.now() });
  for (const member of await membersOf(ctx, board)) await ctx.db.delete("members", member._id);
  for (const invite of await invitesOf(ctx, board)) await ctx.db.delete("invites", invite._id);
  if (limits().purgeAfterDays === 0) await ctx.scheduler.runAfter(0, internal.purge.board, { board });
}
