/** Incoming hooks: addresses to which other programs send notes. The secret in the address is stored as its hash. */
import { v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { checkSha256 } from "./digest";
import { cleanName } from "./name";
import { refuse } from "./refuse";

const MAX_HOOKS = 10; // of a board
const MAX_NAME = 40; // characters; as the author of its notes it is called "hook: " and this
const ISSUER = "https://hook.easel.invalid"; // of no token: nobody signs in as a hook

export const hook = v.object({
  id: v.id("boardHooks"),
  name: v.string(),
  user: v.id("users"),
  uses: v.number(),
  usedAt: v.union(v.number(), v.null()),
});

export function publicHook({ _id, name, user, uses, usedAt = undefined }: Doc<"boardHooks">) {
  return { id: _id, name, user, uses, usedAt: usedAt ?? null };
}

/** Those of a board that were not revoked, the oldest first. */
export async function hooksOf(ctx: QueryCtx, boardId: Id<"boards">): Promise<Doc<"boardHooks">[]> {
  const rows = await ctx.db
    .query("boardHooks")
    .withIndex("by_board_and_hash", (q) => q.eq("boardId", boardId).gt("hash", ""))
    .take(MAX_HOOKS);
  return rows.sort((a, b) => a._creationTime - b._creationTime);
}

/** Its notes have an author of their own, so that blame and history tell where they are from. */
export async function addHook(ctx: MutationCtx, boardId: Id<"boards">, given: string, hash: string) {
  const name = checkName(given);
  checkSha256(hash, "hash");
  if ((await hooksOf(ctx, boardId)).length >= MAX_HOOKS)
    refuse("invalid", `A board can have at most ${MAX_HOOKS} hooks: revoke one first.`, {
      field: "hooks",
      limit: MAX_HOOKS,
    });
  const user = await ctx.db.insert("users", { tokenIdentifier: "", name: authorName(name), seenAt: Date.now() });
  await ctx.db.patch("users", user, { tokenIdentifier: `${ISSUER}|${user}` });
  return await ctx.db.insert("boardHooks", { boardId, user, name, hash, uses: 0 });
}

export async function renameHook(ctx: MutationCtx, hook: Doc<"boardHooks">, given: string): Promise<void> {
  const name = checkName(given);
  await ctx.db.patch("boardHooks", hook._id, { name });
  await ctx.db.patch("users", hook.user, { name: authorName(name) });
}

/** One of the board's that was not revoked. @throws ConvexError `not_found` */
export async function findHook(ctx: QueryCtx, boardId: Id<"boards">, given: string): Promise<Doc<"boardHooks">> {
  const id = ctx.db.normalizeId("boardHooks", given);
  const found = id && (await ctx.db.get("boardHooks", id));
  if (found?.boardId !== boardId || found.hash === undefined)
    refuse("not_found", "There is no such hook on this board.");
  return found;
}

/** By the hash of its secret, with a board that takes notes now. @throws ConvexError `not_found`, `conflict`, `locked` */
export async function openHook(
  ctx: QueryCtx,
  hash: string,
): Promise<{ hook: Doc<"boardHooks">; board: Doc<"boards"> }> {
  const hook = await ctx.db
    .query("boardHooks")
    .withIndex("by_hash", (q) => q.eq("hash", hash))
    .unique();
  const board = hook && (await ctx.db.get("boards", hook.boardId));
  if (!hook || !board || board.removed) refuse("not_found", "There is no such hook, or it was revoked.");
  if (board.trashedAt !== undefined)
    refuse("conflict", "The board of this hook is in the trash: it takes no notes until its owner restores it.");
  if (board.presenting)
    refuse("locked", "The owner of the board is presenting: it takes no notes until they have finished.");
  return { hook, board };
}

function checkName(given: string): string {
  const name = cleanName(given);
  if (name === "" || [...name].length > MAX_NAME)
    refuse("invalid", `name must have 1 to ${MAX_NAME} characters.`, { field: "name", limit: MAX_NAME });
  return name;
}

const authorName = (name: string): string => `hook: ${name}`;
