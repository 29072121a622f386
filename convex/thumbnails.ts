/**
 * Thumbnails: small pictures of boards that a web process draws some time after the last change and leaves in file
 * storage, for lists of boards. Nothing depends on them. Only the relay may call these functions.
 */
import { v } from "convex/values";
import type { Id } from "./_generated/dataModel";
import { mutation, query } from "./_generated/server";
import { relayedBoard, requireRelay } from "./model/access";
import { deleteStored } from "./model/file";
import { hasChange, headOf } from "./model/log";
import { thumbnailsOf } from "./model/thumbnail";

const drawn = v.object({ ts: v.int64(), at: v.number(), version: v.string(), light: v.string(), dark: v.string() });

/** The ts of the board's newest change, and the thumbnails with their URLs; null if there are none. */
export const latest = query({
  args: { board: v.string() },
  returns: v.object({ head: v.int64(), drawn: v.union(v.null(), drawn) }),
  handler: async (ctx, { board }) => {
    const boardId = await relayedBoard(ctx, board);
    const head = await headOf(ctx, boardId);
    const urls: Record<string, string> = {};
    const rows = await thumbnailsOf(ctx, boardId);
    for (const row of rows) urls[row.theme] = (await ctx.storage.getUrl(row.storage)) ?? "";
    const { light, dark } = urls;
    if (!light || !dark || !(await hasChange(ctx, boardId, rows[0].ts))) return { head, drawn: null };
    const { ts, at, version = "" } = rows[0];
    return { head, drawn: { ts, at, version, light, dark } };
  },
});

/** Upload URLs for the next thumbnails, which must not leave the web process: anybody could use them. */
export const prepare = mutation({
  args: { board: v.string() },
  returns: v.object({ light: v.string(), dark: v.string() }),
  handler: async (ctx, { board }) => {
    await relayedBoard(ctx, board);
    return { light: await ctx.storage.generateUploadUrl(), dark: await ctx.storage.generateUploadUrl() };
  },
});

/**
 * Replaces the board's thumbnails. If two processes upload some, the later `ts` stays; of one `ts`, what another version
 * of the code has drawn goes. A deleted board keeps none.
 */
export const keep = mutation({
  args: {
    board: v.string(),
    ts: v.int64(),
    version: v.optional(v.string()), // web processes of earlier versions do not say it
    light: v.id("_storage"),
    dark: v.id("_storage"),
  },
  returns: v.null(),
  handler: async (ctx, { board, ts, version, light, dark }) => {
    await requireRelay(ctx);
    const boardId = ctx.db.normalizeId("boards", board);
    const found = boardId && (await ctx.db.get("boards", boardId));
    const rows = found ? await thumbnailsOf(ctx, found._id) : [];
    if (rows.some(({ storage }) => storage === light)) return null; // a repeated call
    const same = rows.length > 0 && rows[0].ts === ts && rows[0].version === version;
    const newer = rows.length > 0 && (same || rows[0].ts > ts) && (await hasChange(ctx, rows[0].boardId, rows[0].ts));
    if (!found || found.removed || newer || !(await hasChange(ctx, found._id, ts))) {
      for (const storage of [light, dark]) await deleteStored(ctx, storage);
      return null;
    }
    for (const row of rows) {
      await deleteStored(ctx, row.storage);
      await ctx.db.delete("thumbnails", row._id);
    }
    await insert("light", light);
    await insert("dark", dark);
    return null;

    async function insert(theme: "light" | "dark", storage: Id<"_storage">) {
      await ctx.db.insert("thumbnails", { boardId: found!._id, theme, ts, at: Date.now(), version, storage });
    }
  },
});
