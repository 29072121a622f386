/**
 * Erases deleted boards some days after their deletion (PURGE_AFTER_DAYS), and the name of deleted people. It works in
 * batches: each transaction schedules the next. A crash only delays it, and repeating is harmless. Each deletion
 * schedules its purge; the hourly one finds boards of earlier versions and those whose days were changed.
 */
import { v } from "convex/values";
import { internal } from "./_generated/api";
import { internalMutation } from "./_generated/server";
import { limits } from "./model/limits";
import { renameFiles } from "./model/person";
import { eraseSome } from "./model/remains";
import { DAY } from "./model/removal";

const BATCH = 100; // boards an hour

/** Starts to erase the boards that are due. Returns how many, and how many boards of earlier versions got a time. */
export const boards = internalMutation({
  args: { now: v.optional(v.number()) },
  returns: v.object({ due: v.number(), dated: v.number() }),
  handler: async (ctx, args) => {
    const now = args.now ?? Date.now();
    const kept = limits().purgeAfterDays * DAY;
    // A missing `removedAt` sorts before all numbers.
    const removed = await ctx.db
      .query("boards")
      .withIndex("by_removed", (q) => q.eq("removed", true).lte("removedAt", now - kept))
      .take(BATCH);
    let due = 0;
    for (const { _id: board, removedAt } of removed) {
      if (removedAt === undefined && kept > 0) {
        await ctx.db.patch("boards", board, { removedAt: now }); // the time of its deletion is unknown
      } else {
        due++;
        await ctx.scheduler.runAfter(0, internal.purge.board, { board });
      }
    }
    return { due, dated: removed.length - due };
  },
});

/**
 * Erases a deleted board, batch after batch, its own row last. With `now` only if it is due by then: the operator may
 * have changed for how long boards are kept since this was scheduled.
 */
export const board = internalMutation({
  args: { board: v.id("boards"), now: v.optional(v.number()) },
  returns: v.null(),
  handler: async (ctx, { board, now }) => {
    const found = await ctx.db.get("boards", board);
    if (!found?.removed) return null;
    if (now !== undefined && (found.removedAt ?? 0) > now - limits().purgeAfterDays * DAY) return null;
    if (await eraseSome(ctx, board)) await ctx.db.delete("boards", board);
    else await ctx.scheduler.runAfter(0, internal.purge.board, { board });
    return null;
  },
});

/** Files of a deleted person, on boards that go on without them, name `alias` instead. */
export const files = internalMutation({
  args: { person: v.string(), alias: v.string() },
  returns: v.null(),
  handler: async (ctx, args) => {
    if (await renameFiles(ctx, args.person, args.alias)) await ctx.scheduler.runAfter(0, internal.purge.files, args);
    return null;
  },
});
