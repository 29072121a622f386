/**
 * Checkpoints: boards as they were at some moments, which web processes leave in file storage. To show a board at any
 * moment, a process starts from the last checkpoint before it and folds the rows since. Nothing depends on a
 * checkpoint: without any, the log is folded from its start. Only the relay may call these functions.
 */
import { getConvexSize, v } from "convex/values";
import type { Id } from "./_generated/dataModel";
import { mutation, type QueryCtx, query } from "./_generated/server";
import { liveBoard, relayedBoard, requireRelay } from "./model/access";
import { checkpointAt, lastUpTo, thin } from "./model/checkpoint";
import { deleteStored } from "./model/file";
import { foldedOf } from "./model/folded";
import { hasChange, headOf } from "./model/log";
import { type Op, plainOp } from "./model/op";

const MAX_ROWS = 1_000; // of one read
const MAX_READ = 1024 * 1024; // bytes of one read, with what undo needs

const found = v.object({ ts: v.int64(), changes: v.number(), url: v.string() });

/**
 * The moment at `at`: `ts` of the last change until then, 0 before the first one; `head` of the newest one;
 * `earliest` of the first one that the board remembers. The last
 * checkpoint of this format at or before it, or at or before `below`. `known`: whether the log has a change at `base`.
 */
export const find = query({
  args: { board: v.string(), at: v.int64(), below: v.optional(v.int64()), format: v.number(), base: v.int64() },
  returns: v.object({
    ts: v.int64(),
    head: v.int64(),
    earliest: v.int64(),
    known: v.boolean(),
    checkpoint: v.union(v.null(), found),
  }),
  handler: async (ctx, { board, at, below, format, base }) => {
    const boardId = await relayedBoard(ctx, board);
    const ts = await lastTs(ctx, boardId, at);
    const row = await lastUpTo(ctx, boardId, below ?? ts, format);
    const url = row && (await ctx.storage.getUrl(row.storage));
    const checkpoint = row && url ? { ts: row.ts, changes: row.changes, url } : null;
    const known = await hasChange(ctx, boardId, base);
    return { ts, head: await headOf(ctx, boardId), earliest: await foldedOf(ctx, boardId), known, checkpoint };
  },
});

/**
 * Rows after `after`, up to `until`, as JSON: `[[ts, ops], ...]`. One string travels faster than as many values.
 * `next`: where to go on, if these are not all.
 */
export const rows = query({
  args: { board: v.string(), after: v.int64(), until: v.int64() },
  returns: v.object({ text: v.string(), next: v.union(v.null(), v.int64()) }),
  handler: async (ctx, { board, after, until }) => {
    const boardId = await relayedBoard(ctx, board);
    const read: string[] = [];
    let bytes = 0;
    let last = after;
    for await (const row of ctx.db
      .query("changes")
      .withIndex("by_board_and_ts", (q) => q.eq("boardId", boardId).gt("ts", after).lte("ts", until))) {
      bytes += getConvexSize(row);
      if (read.length === MAX_ROWS || (read.length > 0 && bytes > MAX_READ)) return { text: `[${read}]`, next: last };
      last = row.ts as bigint;
      read.push(`["${last}",${JSON.stringify(row.ops.map((op: Op) => plainOp(op)))}]`);
    }
    return { text: `[${read}]`, next: null };
  },
});

/** An upload URL for the next checkpoint, which must not leave the web process: anybody could use it. */
export const prepare = mutation({
  args: { board: v.string() },
  returns: v.string(),
  handler: async (ctx, { board }) => {
    await relayedBoard(ctx, board);
    return await ctx.storage.generateUploadUrl();
  },
});

/** Keeps an uploaded checkpoint. Of several of one `ts` the first stays, unless the next is to `replace` it. A deleted board keeps none. */
export const keep = mutation({
  args: {
    board: v.string(),
    ts: v.int64(),
    changes: v.number(),
    size: v.number(),
    format: v.number(),
    storage: v.id("_storage"),
    replace: v.optional(v.boolean()), // another one of that ts
  },
  returns: v.null(),
  handler: async (ctx, { board, replace = false, ...checkpoint }) => {
    await requireRelay(ctx);
    const live = await liveBoard(ctx, board);
    const there = live && (await checkpointAt(ctx, live._id, checkpoint.ts));
    if (there?.storage === checkpoint.storage) return null; // a repeated call
    if (
      live === null ||
      (there?.format === checkpoint.format && !replace) ||
      !(await hasChange(ctx, live._id, checkpoint.ts))
    ) {
      await deleteStored(ctx, checkpoint.storage);
      return null;
    }
    if (there) await deleteStored(ctx, there.storage);
    if (there) await ctx.db.replace("checkpoints", there._id, { boardId: live._id, ...checkpoint });
    else await ctx.db.insert("checkpoints", { boardId: live._id, ...checkpoint });
    await thin(ctx, live._id);
    return null;
  },
});

async function lastTs(ctx: QueryCtx, boardId: Id<"boards">, at: bigint): Promise<bigint> {
  const row = await ctx.db
    .query("changes")
    .withIndex("by_board_and_ts", (q) => q.eq("boardId", boardId).lte("ts", at))
    .order("desc")
    .first();
  return (row?.ts ?? 0n) as bigint;
}
