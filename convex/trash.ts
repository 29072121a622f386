/**
 * The trash: boards that their owner deleted less than TRASH_DAYS ago. For all other functions there is no such board,
 * but everything that belongs to it is still there, so restoring it is one write.
 */
import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import { internal } from "./_generated/api";
import { internalMutation, mutation, query } from "./_generated/server";
import { findTrashed, findUser, requireUser, trashedOf } from "./model/access";
import { limits } from "./model/limits";
import { once } from "./model/operation";
import { spend } from "./model/rate";
import { DAY, removeBoard, takeFromTrash } from "./model/removal";

const MAX_PAGE = 100; // boards
const BATCH = 100; // boards an hour

/** The boards in the caller's trash, the last deleted first, each with the time when it is deleted for good. */
export const list = query({
  args: { paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(
    v.object({ id: v.id("boards"), title: v.string(), trashedAt: v.number(), until: v.number() }),
  ),
  handler: async (ctx, { paginationOpts }) => {
    const user = await findUser(ctx);
    if (user === null) return { page: [], isDone: true, continueCursor: "" };
    const opts = { ...paginationOpts, numItems: Math.min(paginationOpts.numItems, MAX_PAGE) };
    const found = await ctx.db
      .query("boards")
      .withIndex("by_owner_and_trashed", (q) => q.eq("owner", user._id).eq("removed", false).gt("trashedAt", 0))
      .order("desc")
      .paginate(opts);
    const kept = limits().trashDays * DAY;
    const page = found.page.map(({ _id, title, trashedAt = 0 }) => {
      return { id: _id, title, trashedAt, until: trashedAt + kept };
    });
    return { ...found, page };
  },
});

/** The title of a board in the caller's trash; null for any other id. */
export const find = query({
  args: { board: v.string() },
  returns: v.union(v.null(), v.string()),
  handler: async (ctx, args) => {
    const user = await findUser(ctx);
    const board = user && (await trashedOf(ctx, args.board, user._id));
    return board?.title ?? null;
  },
});

export const restore = mutation({
  args: { operationId: v.string(), board: v.string() },
  returns: v.null(),
  handler: async (ctx, args) => {
    const user = await requireUser(ctx);
    await once(ctx, user, "trash:restore", args, async () => {
      await spend(ctx, "edits", user);
      const board = await findTrashed(ctx, args.board, user);
      await takeFromTrash(ctx, board._id);
      return undefined;
    });
    return null;
  },
});

/** Deletes a board of the trash for good. */
export const remove = mutation({
  args: { operationId: v.string(), board: v.string() },
  returns: v.null(),
  handler: async (ctx, args) => {
    const user = await requireUser(ctx);
    await once(ctx, user, "trash:remove", args, async () => {
      await spend(ctx, "edits", user);
      const board = await findTrashed(ctx, args.board, user);
      await removeBoard(ctx, board._id, board.trashedAt!, Date.now());
      return undefined;
    });
    return null;
  },
});

/** Starts to delete the boards that were in the trash long enough. Returns how many. */
export const expire = internalMutation({
  args: { now: v.optional(v.number()) },
  returns: v.number(),
  handler: async (ctx, args) => {
    const now = args.now ?? Date.now();
    const over = await ctx.db
      .query("boards")
      .withIndex("by_trashed", (q) =>
        q
          .eq("removed", false)
          .gt("trashedAt", 0)
          .lte("trashedAt", now - limits().trashDays * DAY),
      )
      .take(BATCH);
    for (const { _id: board } of over) await ctx.scheduler.runAfter(0, internal.trash.expireOne, { board, now });
    return over.length;
  },
});

/** Deletes one of them, unless its owner has restored it meanwhile. */
export const expireOne = internalMutation({
  args: { board: v.id("boards"), now: v.number() },
  returns: v.null(),
  handler: async (ctx, { board, now }) => {
    const found = await ctx.db.get("boards", board);
    if (found === null || found.removed || found.trashedAt === undefined) return null;
    if (found.trashedAt <= now - limits().trashDays * DAY) await removeBoard(ctx, board, found.trashedAt, now);
    return null;
  },
});
