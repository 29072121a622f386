/**
 * All boards of a person as one ZIP file. A web process makes it, and reports here how far it is: so any other process
 * can say so too, and a process that died is noticed. The file is in file storage. Only the relay may call these
 * functions; `person` is a tokenIdentifier.
 */
import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import { internalMutation, mutation, type QueryCtx, query } from "./_generated/server";
import { requireRelay, standing } from "./model/access";
import { archiveOf, busy, deleteLater, dropArchive, findArchive, goesOn, KEPT } from "./model/archive";
import { cardsIn } from "./model/card";
import { deleteStored } from "./model/file";
import { refuse } from "./model/refuse";

const MAX_PAGE = 100; // boards
const AGAIN = 60; // s

const archive = { archive: v.string() };
const about = v.object({
  id: v.id("archives"),
  state: v.union(v.literal("working"), v.literal("ready"), v.literal("failed")),
  shared: v.boolean(),
  done: v.number(),
  total: v.number(),
  left: v.number(), // boards that are not in it
  message: v.string(), // why it failed
  endsAt: v.number(),
  size: v.number(),
  url: v.union(v.string(), v.null()), // it opens the file to everybody: only the web process gets it
});

/** Begins a new one in place of the one before. @throws ConvexError `conflict`, `too_many_requests` */
export const start = mutation({
  args: { person: v.string(), shared: v.boolean() },
  returns: v.id("archives"),
  handler: async (ctx, { person, shared }) => {
    await requireRelay(ctx);
    const now = Date.now();
    const before = await archiveOf(ctx, person);
    if (before && goesOn(before, now))
      refuse("conflict", "Your boards are being packed already: wait until it is done.");
    if (await busy(ctx, now)) {
      const detail = { retryAfter: AGAIN };
      refuse("too_many_requests", "Other people's boards are being packed just now: try again in a minute.", detail);
    }
    await dropArchive(ctx, before);
    const made = { person, shared, state: "working" as const, done: 0, total: 0, left: 0, aliveAt: now };
    const id = await ctx.db.insert("archives", { ...made, endsAt: now + KEPT });
    await deleteLater(ctx, id);
    return id;
  },
});

/** The person's, whether it is ready or not; null if there is none. */
export const mine = query({
  args: { person: v.string(), now: v.number() },
  returns: v.union(v.null(), about),
  handler: async (ctx, { person, now }) => {
    await requireRelay(ctx);
    const found = await archiveOf(ctx, person);
    if (found === null || found.endsAt <= now) return null;
    const { _id, shared, done, total, left, endsAt, message = "", size = 0, storage } = found;
    const gone = found.state === "working" && !goesOn(found, now);
    const url = storage === undefined ? null : await ctx.storage.getUrl(storage);
    const state = gone ? "failed" : found.state;
    return { id: _id, state, shared, done, total, left, endsAt, message, size, url };
  },
});

/** The boards that go into it, by title: the person's own, or also those that others share with them. */
export const boards = query({
  args: { person: v.string(), shared: v.boolean(), paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(v.object({ id: v.id("boards"), title: v.string(), own: v.boolean() })),
  handler: async (ctx, { person, shared, paginationOpts }) => {
    await requireRelay(ctx);
    const user = await userOf(ctx, person);
    if (user === null) return { page: [], isDone: true, continueCursor: "" };
    const opts = { ...paginationOpts, numItems: Math.min(paginationOpts.numItems, MAX_PAGE) };
    const cards = await cardsIn(ctx, user._id, shared ? "recent" : "mine", "title").paginate(opts);
    const page = [];
    for (const { boardId } of cards.page) {
      const { found, role } = await standing(ctx, boardId, user);
      if (found && role) page.push({ id: found._id, title: found.title, own: role === "owner" });
    }
    return { ...cards, page };
  },
});

async function userOf(ctx: QueryCtx, person: string) {
  return await ctx.db
    .query("users")
    .withIndex("by_token_identifier", (q) => q.eq("tokenIdentifier", person))
    .unique();
}

/** How far it is. False if nobody wants it any more: then nothing of it is kept. */
export const report = mutation({
  args: { ...archive, done: v.number(), total: v.number(), left: v.number() },
  returns: v.boolean(),
  handler: async (ctx, { archive, ...progress }) => {
    await requireRelay(ctx);
    const found = await findArchive(ctx, archive);
    if (found?.state !== "working") return false;
    await ctx.db.patch("archives", found._id, { ...progress, aliveAt: Date.now() });
    return true;
  },
});

/** An upload URL for the file, which must not leave the web process: anybody could use it. */
export const prepare = mutation({
  args: {},
  returns: v.string(),
  handler: async (ctx) => {
    await requireRelay(ctx);
    return await ctx.storage.generateUploadUrl();
  },
});

/** It is ready, for a day. If nobody wants it any more, the file is deleted. */
export const keep = mutation({
  args: { ...archive, storage: v.id("_storage"), size: v.number(), done: v.number(), left: v.number() },
  returns: v.null(),
  handler: async (ctx, { archive, storage, ...made }) => {
    await requireRelay(ctx);
    const found = await findArchive(ctx, archive);
    if (found?.storage === storage) return null; // a repeated call
    if (found?.state !== "working") {
      await deleteStored(ctx, storage);
      return null;
    }
    await ctx.db.patch("archives", found._id, { ...made, storage, state: "ready", endsAt: Date.now() + KEPT });
    await deleteLater(ctx, found._id);
    return null;
  },
});

/** It cannot be made, and `message` says why. */
export const fail = mutation({
  args: { ...archive, message: v.string() },
  returns: v.null(),
  handler: async (ctx, { archive, message }) => {
    await requireRelay(ctx);
    const found = await findArchive(ctx, archive);
    if (found?.state === "working") await ctx.db.patch("archives", found._id, { state: "failed", message });
    return null;
  },
});

/** Stops it, or deletes it with its file. */
export const drop = mutation({
  args: { person: v.string() },
  returns: v.null(),
  handler: async (ctx, { person }) => {
    await requireRelay(ctx);
    await dropArchive(ctx, await archiveOf(ctx, person));
    return null;
  },
});

export const expire = internalMutation({
  args: { ...archive, now: v.optional(v.number()) },
  returns: v.null(),
  handler: async (ctx, { archive, now }) => {
    const found = await findArchive(ctx, archive);
    if (found && found.endsAt <= (now ?? Date.now())) await dropArchive(ctx, found);
    return null;
  },
});
