/** Deleting a board: it is gone for everybody at once, and erased PURGE_AFTER_DAYS after its deletion by purge.ts. */
import { internal } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { patchCards } from "./card";
import { invitesOf } from "./invite";
import { limits } from "./limits";
import { membersOf } from "./member";

export const DAY = 24 * 60 * 60 * 1000; // ms

export async function moveToTrash(ctx: MutationCtx, board: Id<"boards">, trashedAt: number): Promise<void> {
  await ctx.db.patch("boards", board, { trashedAt });
  await patchCards(ctx, board, { trashed: true });
  const over = trashedAt + limits().trashDays * DAY;
  await ctx.scheduler.runAt(over, internal.trash.expireOne, { board, now: over });
}

export async function takeFromTrash(ctx: MutationCtx, board: Id<"boards">): Promise<void> {
  await ctx.db.patch("boards", board, { trashedAt: undefined });
  await patchCards(ctx, board, { trashed: false });
}

/** Deletes for good. `removedAt` is the time of the deletion, which may have begun with days in the trash. */
export async function removeBoard(
  ctx: MutationCtx,
  board: Id<"boards">,
  removedAt: number,
  now: number,
): Promise<void> {
  await ctx.db.patch("boards", board, { removed: true, removedAt, trashedAt: undefined });
  for (const member of await membersOf(ctx, board)) await ctx.db.delete("members", member._id);
  for (const invite of await invitesOf(ctx, board)) await ctx.db.delete("invites", invite._id);
  const due = removedAt + limits().purgeAfterDays * DAY;
  if (due <= now) await ctx.scheduler.runAfter(0, internal.purge.board, { board });
  else await ctx.scheduler.runAt(due, internal.purge.board, { board, now: due });
}
