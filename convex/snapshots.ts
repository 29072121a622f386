/**
 * Snapshots: drawings of boards that a web process leaves in file storage. The next process starts from the snapshot
 * and reads only the log after its `ts`, instead of every shape. Nothing depends on a snapshot: if it is missing, old,
 * or drawn by another `version` of the code, the first visit is slower. Only the relay may call these functions.
 */
import { v } from "convex/values";
import type { Id } from "./_generated/dataModel";
import { mutation, type QueryCtx, query } from "./_generated/server";
import { liveBoard, relayedBoard, requireRelay } from "./model/access";
import { deleteStored } from "./model/file";
import { foldedOf } from "./model/folded";
import { hasChange } from "./model/log";

const VERSION = v.string(); // a digest of the code: see app/hub/snapshot_format.py

export const latest = query({
  args: { board: v.string() },
  returns: v.union(v.null(), v.object({ ts: v.int64(), version: VERSION, url: v.string() })),
  handler: async (ctx, { board }) => {
    const boardId = await relayedBoard(ctx, board);
    const row = await rowOf(ctx, boardId);
    if (row === null || !(await hasChange(ctx, boardId, row.ts))) return null; // lost in a restore
    if (row.ts < (await foldedOf(ctx, boardId))) return null; // the log no longer says what came after
    const url = await ctx.storage.getUrl(row.storage);
    return url ? { ts: row.ts, version: row.version, url } : null;
  },
});

/**
 * An upload URL for the next snapshot. Anybody could use it for an hour, for any size, so it must not leave the web
 * process.
 */
export const prepare = mutation({
  args: { board: v.string() },
  returns: v.string(),
  handler: async (ctx, { board }) => {
    await relayedBoard(ctx, board);
    return await ctx.storage.generateUploadUrl();
  },
});

/** Replaces the board's snapshot. If two processes upload one, the later `ts` stays. A deleted board keeps none. */
export const keep = mutation({
  args: { board: v.string(), ts: v.int64(), version: VERSION, storage: v.id("_storage") },
  returns: v.null(),
  handler: async (ctx, { board, ...snapshot }) => {
    await requireRelay(ctx);
    const found = await liveBoard(ctx, board);
    if (found === null || !(await hasChange(ctx, found._id, snapshot.ts))) {
      await deleteStored(ctx, snapshot.storage); // meanwhile the board was deleted, or restored from an older backup
      return null;
    }
    const row = await rowOf(ctx, found._id);
    if (row?.storage === snapshot.storage) return null; // a repeated call
    if (
      row !== null &&
      row.version === snapshot.version &&
      row.ts >= snapshot.ts &&
      (await hasChange(ctx, found._id, row.ts))
    ) {
      await deleteStored(ctx, snapshot.storage);
      return null;
    }
    if (row !== null) await deleteStored(ctx, row.storage);
    if (row === null) await ctx.db.insert("snapshots", { boardId: found._id, ...snapshot });
    else await ctx.db.replace("snapshots", row._id, { boardId: found._id, ...snapshot });
    return null;
  },
});

async function rowOf(ctx: QueryCtx, boardId: Id<"boards">) {
  return await ctx.db
    .query("snapshots")
    .withIndex("by_board", (q) => q.eq("boardId", boardId))
    .unique();
}
