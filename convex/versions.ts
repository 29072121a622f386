/** Moments of a board with a name. Whoever sees the history sees them; editors give the names. */
import { v } from "convex/values";
import { oneLine } from "../browser/text/line.ts";
import type { Doc, Id } from "./_generated/dataModel";
import { type MutationCtx, mutation, type QueryCtx, query } from "./_generated/server";
import { requireHistory, requireRole, requireUser } from "./model/access";
import { hasChange, headOf } from "./model/log";
import { once } from "./model/operation";
import { spend } from "./model/rate";
import { refuse } from "./model/refuse";

const MAX_NAME = 80; // characters, the same as in app/text.py
const MAX_VERSIONS = 100; // of a board

const version = v.object({ id: v.id("versions"), ts: v.int64(), name: v.string(), author: v.string() });

/** All of them, the latest moment first. */
export const list = query({
  args: { board: v.string() },
  returns: v.array(version),
  handler: async (ctx, args) => {
    const { board } = await requireHistory(ctx, args.board);
    return await Promise.all((await versionsOf(ctx, board._id)).map((row) => publicVersion(ctx, row)));
  },
});

/** Names a moment: the ts of a change, or without it the present. */
export const create = mutation({
  args: { operationId: v.string(), board: v.string(), name: v.string(), ts: v.optional(v.int64()) },
  returns: version,
  handler: async (ctx, args) => {
    const author = await requireUser(ctx);
    const made = await once(ctx, author, "versions:create", { ...args, ts: args.ts?.toString() }, async () => {
      await spend(ctx, "edits", author);
      const boardId = await editable(ctx, args.board);
      const name = checkName(args.name);
      if ((await versionsOf(ctx, boardId)).length >= MAX_VERSIONS)
        refuse("invalid", `A board can have at most ${MAX_VERSIONS} named versions: delete one first.`, {
          field: "name",
          limit: MAX_VERSIONS,
        });
      const ts = args.ts ?? (await headOf(ctx, boardId));
      if (!(await hasChange(ctx, boardId, ts)))
        refuse("invalid", "ts must be the ts of a change of this board.", { field: "ts" });
      return await ctx.db.insert("versions", { boardId, ts, name, author });
    });
    const id = ctx.db.normalizeId("versions", made ?? "");
    const row = id && (await ctx.db.get("versions", id));
    if (!row)
      refuse("conflict", "This operationId was already used, and its version is gone: choose a new one.", {
        field: "operationId",
      });
    return await publicVersion(ctx, row);
  },
});

export const rename = mutation({
  args: { operationId: v.string(), board: v.string(), version: v.string(), name: v.string() },
  returns: v.null(),
  handler: async (ctx, args) => {
    const user = await requireUser(ctx);
    await once(ctx, user, "versions:rename", args, async () => {
      await spend(ctx, "edits", user);
      const { _id } = await find(ctx, await editable(ctx, args.board), args.version);
      await ctx.db.patch("versions", _id, { name: checkName(args.name) });
      return undefined;
    });
    return null;
  },
});

/** Takes the name away; the moment stays in the log. */
export const remove = mutation({
  args: { operationId: v.string(), board: v.string(), version: v.string() },
  returns: v.null(),
  handler: async (ctx, args) => {
    const user = await requireUser(ctx);
    await once(ctx, user, "versions:remove", args, async () => {
      await spend(ctx, "edits", user);
      const { _id } = await find(ctx, await editable(ctx, args.board), args.version);
      await ctx.db.delete("versions", _id);
      return undefined;
    });
    return null;
  },
});

/** A board that the caller may edit, and whose history they see. */
async function editable(ctx: QueryCtx, board: string): Promise<Id<"boards">> {
  await requireHistory(ctx, board);
  return (await requireRole(ctx, board, "editor")).board._id;
}

async function versionsOf(ctx: QueryCtx, boardId: Id<"boards">): Promise<Doc<"versions">[]> {
  return await ctx.db
    .query("versions")
    .withIndex("by_board_and_ts", (q) => q.eq("boardId", boardId))
    .order("desc")
    .take(MAX_VERSIONS);
}

async function find(ctx: MutationCtx, boardId: Id<"boards">, version: string): Promise<Doc<"versions">> {
  const id = ctx.db.normalizeId("versions", version);
  const row = id && (await ctx.db.get("versions", id));
  return row && row.boardId === boardId ? row : refuse("not_found", "There is no such version of this board.");
}

function checkName(name: string): string {
  const line = oneLine(name);
  const { length } = [...line];
  if (length < 1 || length > MAX_NAME)
    refuse("invalid", `name must have 1 to ${MAX_NAME} characters.`, { field: "name", limit: MAX_NAME });
  return line;
}

async function publicVersion(ctx: QueryCtx, { _id, ts, name, author }: Doc<"versions">) {
  return { id: _id, ts, name, author: (await ctx.db.get("users", author))?.name ?? "Somebody" };
}
