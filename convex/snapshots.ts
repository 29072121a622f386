/**
 * A board as a web process had drawn it, kept in file storage: the next process starts from there and reads the log after
 * `ts`, instead of every shape. Nothing depends on it: one that is missing, old or of another `version` (of the code that
 * draws) only makes the first visit slower. The relay's alone.
 */
import { v } from "convex/values";
import type { Id } from "./_generated/dataModel";
import { mutation, type QueryCtx, query } from "./_generated/server";
import { relayedBoard, requireRelay } from "./model/access";
import { deleteStored } from "./model/file";
import { hasChange } from "./model/log";

const VERSION = v.string(); // a digest, see app/hub/snapshot_format.py

export const latest = query({
  args: { board: v.string() },
  returns: v.union(v.null(), v.object({ ts: v.int64(), version: VERSION, url: v.string() })),
  handler: async (ctx, { board }) => {
    const boardId = await relayedBoard(ctx, board);
    const row = await rowOf(ctx, boardId);
    if (row === null || !(await hasChange(ctx, boardId, row.ts))) return null; // of a state that the data was put back from
    const url = await ctx.storage.getUrl(row.storage);
    return url ? { ts: row.ts, version: row.version, url } : null;
  },
});

/** Where to upload the next one. The URL is good for an hour, for anybody and any size: it stays in the web process. */
export const prepare = mutation({
  args: { board: v.string() },
  returns: v.string(),
  handler: async (ctx, { board }) => {
    await relayedBoard(ctx, board);
    return await ctx.storage.generateUploadUrl();
  },
});

/** Takes the place of an older one. Two processes may both bring theirs: the later `ts` stays, and none of a deleted board. */
export const keep = mutation({
  args: { board: v.string(), ts: v.int64(), version: VERSION, storage: v.id("_storage") },
  returns: v.null(),
  handler: async (ctx, { board, ...snapshot }) => {
    await requireRelay(ctx);
    const boardId = ctx.db.normalizeId("boards", board);
    const found = boardId && (await ctx.db.get("boards", boardId));
    if (!found || found.removed || !(await hasChange(ctx, found._id, snapshot.ts))) {
      await deleteStored(ctx, snapshot.storage); // the board was deleted, or put back to an earlier state, while it was drawn
      return null;
    }
    const row = await rowOf(ctx, found._id);
    if (row?.storage === snapshot.storage) return null; // the same call again
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
