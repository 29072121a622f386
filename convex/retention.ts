/**
 * Folds what happened on boards before a time (HISTORY_DAYS): a web process writes a checkpoint of that moment, then the
 * rows until then lose their ops, and the shapes that were removed by then are deleted. What stays of a row is its id,
 * author, time and digest, by which a repeated request is known. Each step is safe to repeat, so a crash only delays it.
 */
import { getConvexSize, v } from "convex/values";
import { internal } from "./_generated/api";
import type { Id } from "./_generated/dataModel";
import { internalMutation, type MutationCtx, mutation, type QueryCtx, query } from "./_generated/server";
import { liveBoard, requireRelay } from "./model/access";
import { checkpointAt, checkpointsBefore, drop } from "./model/checkpoint";

const BOARDS = 50; // looked at by one query
const ROWS = 200; // of one transaction
const MAX_READ = 4 * 1024 * 1024; // bytes of one transaction
const TAKEBACKS = 100; // looked at

const due = v.object({ board: v.id("boards"), ts: v.int64() });

/** Boards with changes until `before` that are not folded, each with the ts of the last of them. */
export const next = query({
  args: { before: v.int64(), cursor: v.union(v.string(), v.null()) },
  returns: v.object({ due: v.array(due), cursor: v.union(v.string(), v.null()) }),
  handler: async (ctx, { before, cursor }) => {
    await requireRelay(ctx);
    const found = await ctx.db.query("boards").paginate({ numItems: BOARDS, cursor });
    const boards = [];
    for (const { _id: board, removed, trashedAt, folded = 0n } of found.page) {
      if (removed || trashedAt !== undefined) continue;
      const row = await ctx.db
        .query("changes")
        .withIndex("by_board_and_ts", (q) => q.eq("boardId", board).gt("ts", folded).lte("ts", before))
        .order("desc")
        .first();
      if (row !== null) boards.push({ board, ts: row.ts as bigint });
    }
    return { due: boards, cursor: found.isDone ? null : found.continueCursor };
  },
});

/** From now on nobody takes back changes until `ts`. False while somebody does: then it is for another day. */
export const begin = mutation({
  args: { board: v.string(), ts: v.int64() },
  returns: v.boolean(),
  handler: async (ctx, { board, ts }) => {
    await requireRelay(ctx);
    const found = await liveBoard(ctx, board);
    if (found === null || (await takesBack(ctx, found._id))) return false;
    if ((found.folding ?? 0n) < ts) await ctx.db.patch("boards", found._id, { folding: ts });
    return true;
  },
});

/** Folds the board, if it has the checkpoint of that moment. */
export const finish = mutation({
  args: { board: v.string(), ts: v.int64() },
  returns: v.boolean(),
  handler: async (ctx, { board, ts }) => {
    await requireRelay(ctx);
    const found = await liveBoard(ctx, board);
    if (found === null || (found.folding ?? 0n) < ts || !(await checkpointAt(ctx, found._id, ts))) return false;
    if ((found.folded ?? 0n) < ts) await ctx.db.patch("boards", found._id, { folded: ts });
    await ctx.scheduler.runAfter(0, internal.retention.strip, { board: found._id });
    return true;
  },
});

/** Takes the ops out of some rows that are folded; then `sweep` deletes what else is not needed. */
export const strip = internalMutation({
  args: { board: v.id("boards") },
  returns: v.null(),
  handler: async (ctx, { board }) => {
    const found = await ctx.db.get("boards", board);
    if (found?.folded === undefined) return null;
    const { folded, stripped = 0n } = found;
    let last = stripped;
    let rows = 0;
    let bytes = 0;
    for await (const row of ctx.db
      .query("changes")
      .withIndex("by_board_and_ts", (q) => q.eq("boardId", board).gt("ts", stripped).lte("ts", folded))) {
      bytes += getConvexSize(row);
      if (rows === ROWS || (rows > 0 && bytes > MAX_READ)) break;
      rows++;
      last = row.ts as bigint;
      await ctx.db.patch("changes", row._id, { ops: [], kept: undefined });
    }
    await ctx.db.patch("boards", board, { stripped: last });
    if (last < folded && rows > 0) await ctx.scheduler.runAfter(0, internal.retention.strip, { board });
    else await ctx.scheduler.runAfter(0, internal.retention.sweep, { board, cursor: null });
    return null;
  },
});

/** Deletes shapes that were removed by then, and earlier checkpoints. */
export const sweep = internalMutation({
  args: { board: v.id("boards"), cursor: v.union(v.string(), v.null()) },
  returns: v.null(),
  handler: async (ctx, { board, cursor }) => {
    const folded = (await ctx.db.get("boards", board))?.folded ?? 0n;
    for (const row of await checkpointsBefore(ctx, board, folded)) await drop(ctx, row);
    const removed = await ctx.db
      .query("shapes")
      .withIndex("by_board_and_removed", (q) => q.eq("boardId", board).eq("removed", true))
      .paginate({ numItems: ROWS, cursor, maximumBytesRead: MAX_READ });
    await forget(ctx, removed.page, folded);
    if (!removed.isDone)
      await ctx.scheduler.runAfter(0, internal.retention.sweep, { board, cursor: removed.continueCursor });
    return null;
  },
});

async function forget(ctx: MutationCtx, page: { _id: Id<"shapes">; ts: unknown }[], folded: bigint): Promise<void> {
  for (const shape of page) if ((shape.ts as bigint) <= folded) await ctx.db.delete("shapes", shape._id);
}

async function takesBack(ctx: QueryCtx, boardId: Id<"boards">): Promise<boolean> {
  const latest = await ctx.db
    .query("takebacks")
    .withIndex("by_board_and_takeback", (q) => q.eq("boardId", boardId))
    .take(TAKEBACKS);
  return latest.some(({ next }) => next !== null);
}
