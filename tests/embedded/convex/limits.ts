// Calls within narrower limits, and what of them counts.
import { paginationOptsValidator } from "convex/server";
import { v } from "convex/values";
import { internal } from "./_generated/api";
import { internalMutation, internalQuery, mutation, query } from "./_generated/server";

export const add = internalMutation({
  args: { room: v.string(), count: v.number(), fails: v.boolean() },
  handler: async (ctx, { room, count, fails }) => {
    for (let n = 0; n < count; n++) await ctx.db.insert("notes", { room, body: String(n) });
    await ctx.scheduler.runAfter(60_000, internal.work.write, { room, body: "later" });
    if (fails) throw new Error("undone");
    return (await ctx.meta.getTransactionMetrics()).documentsWritten;
  },
});

export const read = internalQuery({
  args: { room: v.string() },
  handler: async (ctx, { room }) =>
    (
      await ctx.db
        .query("notes")
        .withIndex("by_room_and_n", (q) => q.eq("room", room))
        .collect()
    ).length,
});

export const fill = mutation({
  args: { room: v.string(), count: v.number() },
  handler: (ctx, args): Promise<{ used: number; remaining: number }> =>
    ctx.runMutation(internal.limits.add, { ...args, fails: false }),
});

/** What is left after a nested call that may write `most` documents, and then one that may write any number. */
export const narrowed = mutation({
  args: { room: v.string(), count: v.number(), most: v.number() },
  handler: async (ctx, { room, count, most }): Promise<unknown> => {
    const given = { room, count, fails: false };
    const within = await ctx.runMutation(internal.limits.add, given, { transactionLimits: { documentsWritten: most } });
    const free = await ctx.runMutation(internal.limits.add, given);
    return { within, free };
  },
});

export const readNarrowed = query({
  args: { room: v.string(), most: v.number() },
  handler: (ctx, { room, most }): Promise<number> =>
    ctx.runQuery(internal.limits.read, { room }, { transactionLimits: { documentsRead: most } }),
});

/** What a nested call that fails leaves of its writes in the metrics. */
export const undone = mutation({
  args: { room: v.string(), count: v.number() },
  handler: async (ctx, { room, count }) => {
    await ctx.runMutation(internal.limits.add, { room, count, fails: true }).catch(() => {});
    const { bytesWritten, documentsWritten, functionsScheduled } = await ctx.meta.getTransactionMetrics();
    return [bytesWritten.used, documentsWritten.used, functionsScheduled.used];
  },
});

/** Writes at the same time as nested calls, one of which fails. */
export const meanwhile = mutation({
  args: { room: v.string() },
  handler: async (ctx, { room }): Promise<string[]> => {
    const nested = (count: number, fails: boolean): Promise<unknown> =>
      ctx.runMutation(internal.limits.add, { room, count, fails }).catch(() => {});
    const later = async (): Promise<void> => {
      for (let hops = 0; hops < 5; hops++) await null;
      await ctx.db.insert("notes", { room, body: "meanwhile" });
    };
    await Promise.all([nested(3, true), later(), nested(1, false), later()]);
    const notes = await ctx.db
      .query("notes")
      .withIndex("by_room", (q) => q.eq("room", room))
      .collect();
    return notes.map(({ body }) => body);
  },
});

/** Ends while a nested call runs. */
export const hasty = mutation({
  args: { room: v.string() },
  handler: async (ctx, { room }) => {
    void ctx.runMutation(internal.limits.add, { room, count: 50, fails: false });
    await ctx.db.query("log").first();
    void ctx.runMutation(internal.limits.add, { room, count: 50, fails: false });
  },
});

export const page = query({
  args: { room: v.string(), paginationOpts: paginationOptsValidator },
  handler: (ctx, { room, paginationOpts }) =>
    ctx.db
      .query("notes")
      .withIndex("by_room_and_n", (q) => q.eq("room", room))
      .paginate(paginationOpts),
});
