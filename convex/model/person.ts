/**
 * Deletes an account. Its boards go to an editor, or are deleted if there is none or if they are in the trash. Its drawings on other people's
 * boards stay, since those are shared work. Their rows name a `users` row without any personal data.
 */
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { archiveOf, dropArchive } from "./archive";
import { dropCard, setOwn } from "./card";
import { dropKeys } from "./guestKey";
import { membersOf } from "./member";
import { removeBoard } from "./removal";

const BATCH = 100; // rows of one transaction
const MAX_LEFT = 4_000; // members of the boards that one transaction leaves; it reads each up to three times
const MAX_VISITS = 1_000; // deleted with a person; the name in further ones is gone too
export const GONE = "Somebody who left";

/** Removes the person from some of their boards. True if there are more. */
export async function leaveBoards(ctx: MutationCtx, userId: Id<"users">): Promise<boolean> {
  const memberships = await ctx.db
    .query("members")
    .withIndex("by_user", (q) => q.eq("userId", userId))
    .take(BATCH);
  let left = 0;
  for (const membership of memberships) {
    if (left > MAX_LEFT) return true;
    await ctx.db.delete("members", membership._id);
    await dropCard(ctx, membership.boardId, userId);
    const board = await ctx.db.get("boards", membership.boardId);
    if (board?.owner !== userId || board.removed) continue;
    const members = await membersOf(ctx, board._id);
    left += members.length;
    const heir = board.trashedAt === undefined && members.find((member) => member.role === "editor");
    if (!heir) {
      await removeBoard(ctx, board._id, Date.now(), Date.now());
    } else {
      await ctx.db.patch("members", heir._id, { role: "owner" });
      await ctx.db.patch("boards", board._id, { owner: heir.userId });
      await setOwn(ctx, board._id, heir.userId, true);
    }
  }
  return memberships.length === BATCH;
}

/** Erases the person's name, picture, identifier and keys, their visits and their requests for access. */
export async function forget(ctx: MutationCtx, user: Doc<"users">): Promise<void> {
  const alias = `deleted|${user._id}`;
  await ctx.db.replace("users", user._id, { tokenIdentifier: alias, name: GONE, seenAt: user.seenAt });
  await dropKeys(ctx, user.tokenIdentifier);
  await dropArchive(ctx, await archiveOf(ctx, user.tokenIdentifier));
  const visits = ctx.db.query("visitors").withIndex("by_user", (q) => q.eq("userId", user._id));
  for (const visit of await visits.take(MAX_VISITS)) {
    await ctx.db.delete("visitors", visit._id);
    await dropCard(ctx, visit.boardId, user._id);
  }
  const asks = ctx.db.query("asks").withIndex("by_user", (q) => q.eq("userId", user._id));
  for (const ask of await asks.take(MAX_VISITS)) await ctx.db.delete("asks", ask._id);
  const usage = ctx.db.query("usage").withIndex("by_of", (q) => q.eq("of", user.tokenIdentifier));
  for await (const row of usage) await ctx.db.patch("usage", row._id, { of: alias });
  await ctx.scheduler.runAfter(0, internal.purge.files, { person: user.tokenIdentifier, alias });
}

/** Renames `person` in some of their files. True if there are more. */
export async function renameFiles(ctx: MutationCtx, person: string, alias: string): Promise<boolean> {
  const files = await ctx.db
    .query("files")
    .withIndex("by_person", (q) => q.eq("person", person))
    .take(BATCH);
  for (const file of files) await ctx.db.patch("files", file._id, { person: alias });
  return files.length === BATCH;
}
