/**
 * Files of boards. The web process adds a picture in three steps, hidden from browsers: it gets upload URLs
 * (`prepare`), uploads, and writes the rows (`keep`). Then the person adds a shape that shows the file (changes.ts),
 * with their own token. After a failure the web process deletes the upload, or `collect` and `sweep` do.
 */
import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import { internal } from "./_generated/api";
import { internalMutation, mutation, query } from "./_generated/server";
import { findUser, relayedBoard, requireRelay, requireRole, requireUser } from "./model/access";
import * as model from "./model/file";
import { listed, listedFile } from "./model/listedFile";
import { once } from "./model/operation";
import { checkQuotas, quotas, usage } from "./model/quota";
import { spend } from "./model/rate";
import { refuse } from "./model/refuse";
import { atLeast, seesHistory } from "./model/role";
import { deleteStrays, hasRow } from "./model/stray";
import { keepUpload, MAX_UPLOADS, upload } from "./model/upload";
import { areOver, dueNext, looks, usesOf } from "./model/uses";

const MAX_PAGE = 100; // files
const BATCH = 50; // files, or stored objects, of one transaction of a cron

/** The board's file whose original has this SHA-256 (hex), if somebody added it before. */
export const find = query({
  args: { board: v.string(), digest: v.string() },
  returns: v.union(v.null(), v.object({ id: v.id("files"), width: v.number(), height: v.number() })),
  handler: async (ctx, { board, digest }) => {
    const found = await model.findByDigest(ctx, await relayedBoard(ctx, board), digest);
    return found && { id: found._id, width: found.width, height: found.height };
  },
});

/**
 * One upload URL for each object. Everybody could use them for an hour, for any size, so they must not leave the web
 * process.
 */
export const prepare = mutation({
  args: { board: v.string(), person: v.string(), size: v.number(), count: v.number(), quotas },
  returns: v.array(v.string()),
  handler: async (ctx, { board, person, size, count, quotas }) => {
    await checkQuotas(ctx, await relayedBoard(ctx, board), person, size, quotas);
    const urls = [];
    for (let i = 0; i < Math.min(count, MAX_UPLOADS); i++) urls.push(await ctx.storage.generateUploadUrl());
    return urls;
  },
});

/**
 * Writes an upload's rows if size and digest match the stored objects. If the board has a file with this digest
 * already, returns that file and deletes the objects.
 */
export const keep = mutation({
  args: { board: v.string(), ...upload.fields, quotas },
  returns: v.object({ id: v.id("files") }),
  handler: async (ctx, { board, quotas, ...sent }) => {
    return { id: await keepUpload(ctx, await relayedBoard(ctx, board), sent, quotas) };
  },
});

/** Deletes uploaded objects that no file uses. */
export const discard = mutation({
  args: { storage: v.array(v.id("_storage")) },
  returns: v.null(),
  handler: async (ctx, { storage }) => {
    await requireRelay(ctx);
    for (const id of storage.slice(0, MAX_UPLOADS)) {
      if (!(await hasRow(ctx, id))) await model.deleteStored(ctx, id);
    }
    return null;
  },
});

const variantOut = v.object({
  side: v.number(),
  width: v.number(),
  height: v.number(),
  size: v.number(),
  sha256: v.string(),
  url: v.string(),
});

/**
 * A file with its objects' URLs, which open for everybody: only the web process gets them, and reads them for viewers.
 */
export const get = query({
  args: { board: v.string(), file: v.string() },
  returns: v.union(
    v.null(),
    v.object({
      name: v.string(),
      variants: v.array(variantOut),
    }),
  ),
  handler: async (ctx, { board, file }) => {
    const found = await model.findFile(ctx, await relayedBoard(ctx, board), file);
    if (found === null) return null;
    const variants = [];
    for (const { side, width, height, size, sha256, storage } of await model.variantsOf(ctx, found._id)) {
      const url = await ctx.storage.getUrl(storage);
      if (url !== null) variants.push({ side, width, height, size, sha256, url });
    }
    return { name: found.name, variants };
  },
});

const used = v.object({ bytes: v.number(), files: v.number() });

/**
 * The board's files, newest first, for its members; those that no shape shows only for people who see the history. Times are in ms since the epoch. `shown` counts up to 20 shapes; it
 * is 1 if they are too many or too large to read.
 */
export const list = query({
  args: { board: v.string(), paginationOpts: paginationOptsValidator },
  returns: v.object({ files: paginationResultValidator(listedFile), board: used, you: used }),
  handler: async (ctx, args) => {
    const { board, member } = await requireRole(ctx, args.board, "viewer");
    if (member === null) refuse("forbidden", "Only members of this board can list its files.");
    const { tokenIdentifier: you } = (await findUser(ctx))!;
    const opts = { ...args.paginationOpts, numItems: Math.min(args.paginationOpts.numItems, MAX_PAGE) };
    const found = await ctx.db
      .query("files")
      .withIndex("by_board", (q) => q.eq("boardId", board._id))
      .order("desc")
      .paginate(opts);
    const left = looks();
    const page = [];
    for (const file of found.page) page.push(await listed(ctx, file, you, left, seesHistory(member.role, board)));
    return {
      files: { ...found, page: page.filter((file) => file !== null) },
      board: await usage(ctx, board._id),
      you: await usage(ctx, you),
    };
  },
});

/**
 * Deletes a file that no shape shows. The board's owner may do so, and the editor who added it. It cannot be undone.
 */
export const remove = mutation({
  args: { operationId: v.string(), board: v.string(), file: v.string() },
  returns: v.null(),
  handler: async (ctx, args) => {
    const user = await requireUser(ctx);
    await once(ctx, user, "files:remove", args, async () => {
      await spend(ctx, "edits", user);
      const { board, role } = await requireRole(ctx, args.board, "editor");
      const found = await model.findFile(ctx, board._id, args.file);
      if (found === null) refuse("not_found", "There is no such file on this board.");
      const you = (await ctx.auth.getUserIdentity())?.tokenIdentifier;
      if (!atLeast(role, "owner") && found.person !== you)
        refuse("forbidden", "Only the board's owner and the person who added the file can delete it.");
      if ((await usesOf(ctx, found, looks())).shown > 0)
        refuse("conflict", "The board still shows this picture: remove it there first.", { field: "file" });
      await model.erase(ctx, found);
      return undefined;
    });
    return null;
  },
});

/**
 * Deletes files that no undo can need: those that no shape showed within an hour, and those that none has shown for 30
 * days. A file in use is checked again after 30 days.
 */
export const collect = internalMutation({
  args: { now: v.optional(v.number()) },
  returns: v.object({ looked: v.number(), deleted: v.number(), bytes: v.number() }),
  handler: async (ctx, args) => {
    const now = args.now ?? Date.now();
    const due = await ctx.db
      .query("files")
      .withIndex("by_due", (q) => q.lte("dueAt", now))
      .take(BATCH);
    const left = looks();
    let looked = 0;
    let deleted = 0;
    let bytes = 0;
    for (const file of due) {
      const dueAt = await dueNext(ctx, file, now, left);
      if (looked > 0 && areOver(left)) break; // the next transaction starts with this file
      looked++;
      if (dueAt === null) {
        deleted++;
        bytes += file.size;
        await model.erase(ctx, file);
      } else {
        await ctx.db.patch("files", file._id, { dueAt });
      }
    }
    if (deleted > 0) console.log(`files: deleted ${deleted} that nothing uses, ${bytes} bytes`);
    if (due.length === BATCH || looked < due.length) await ctx.scheduler.runAfter(0, internal.files.collect, args);
    return { looked, deleted, bytes };
  },
});

/**
 * Deletes stored objects that no row names, which a web process uploaded just before it died, and snapshots that were
 * not renewed for 30 days. Checks all objects, newest first, in batches.
 */
export const sweep = internalMutation({
  args: { now: v.optional(v.number()), cursor: v.optional(v.union(v.string(), v.null())) },
  returns: v.object({ looked: v.number(), deleted: v.number() }),
  handler: async (ctx, { now, cursor = null }) => {
    const stored = await ctx.db.system.query("_storage").order("desc").paginate({ numItems: BATCH, cursor });
    const deleted = await deleteStrays(ctx, stored.page, now ?? Date.now());
    if (deleted > 0) console.log(`files: deleted ${deleted} stored objects without a row, or old snapshots`);
    if (!stored.isDone) await ctx.scheduler.runAfter(0, internal.files.sweep, { now, cursor: stored.continueCursor });
    return { looked: stored.page.length, deleted };
  },
});
