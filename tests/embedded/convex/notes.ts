import { paginationOptsValidator } from "convex/server";
import { ConvexError, v } from "convex/values";
import { internal } from "./_generated/api";
import { internalMutation, mutation, query } from "./_generated/server";

export const add = mutation({
  args: { room: v.string(), body: v.string(), n: v.optional(v.number()) },
  returns: v.id("notes"),
  handler: (ctx, args) => ctx.db.insert("notes", args),
});

export const list = query({
  args: { room: v.string() },
  handler: (ctx, { room }) =>
    ctx.db
      .query("notes")
      .withIndex("by_room", (q) => q.eq("room", room))
      .collect(),
});

export const bodies = query({
  args: { room: v.string() },
  returns: v.array(v.string()),
  handler: async (ctx, { room }) => {
    const notes = await ctx.db
      .query("notes")
      .withIndex("by_room", (q) => q.eq("room", room))
      .collect();
    return notes.map((note) => note.body);
  },
});

export const count = query({
  args: { room: v.string() },
  handler: async (ctx, { room }) =>
    (
      await ctx.db
        .query("notes")
        .withIndex("by_room", (q) => q.eq("room", room))
        .collect()
    ).length,
});

export const get = query({ args: { id: v.id("notes") }, handler: (ctx, { id }) => ctx.db.get(id) });

export const between = query({
  args: { room: v.string(), from: v.number(), to: v.number(), order: v.union(v.literal("asc"), v.literal("desc")) },
  handler: async (ctx, { room, from, to, order }) => {
    const rows = ctx.db
      .query("notes")
      .withIndex("by_room_and_n", (q) => q.eq("room", room).gte("n", from).lt("n", to))
      .order(order);
    return (await rows.collect()).map((note) => note.n);
  },
});

export const newest = query({
  args: { room: v.string(), limit: v.number() },
  handler: async (ctx, { room, limit }) => {
    const rows = ctx.db
      .query("notes")
      .withIndex("by_room_and_n", (q) => q.eq("room", room))
      .order("desc");
    return (await rows.take(limit)).map((note) => note.body);
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

export const search = query({
  args: { room: v.string(), text: v.string(), paginationOpts: v.optional(paginationOptsValidator) },
  handler: async (ctx, { room, text, paginationOpts }) => {
    const found = ctx.db.query("notes").withSearchIndex("search_body", (q) => q.search("body", text).eq("room", room));
    if (paginationOpts) return (await found.paginate(paginationOpts)).page.map((note) => note.body);
    return (await found.take(100)).map((note) => note.body);
  },
});

export const filtered = query({
  args: { room: v.string(), least: v.number() },
  handler: async (ctx, { room, least }) => {
    const rows = ctx.db
      .query("notes")
      .filter((q) => q.and(q.eq(q.field("room"), room), q.gte(q.add(q.field("n"), 1), least)));
    return (await rows.collect()).map((note) => note.body);
  },
});

export const patch = mutation({
  args: { id: v.id("notes"), body: v.optional(v.string()), dropN: v.optional(v.boolean()) },
  handler: async (ctx, { id, body, dropN }) => {
    await ctx.db.patch(id, { ...(body === undefined ? {} : { body }), ...(dropN ? { n: undefined } : {}) });
    return await ctx.db.get(id);
  },
});

export const replace = mutation({
  args: { id: v.id("notes"), room: v.string(), body: v.string() },
  handler: async (ctx, { id, ...note }) => {
    await ctx.db.replace(id, note);
    return await ctx.db.get(id);
  },
});

export const remove = mutation({ args: { id: v.id("notes") }, handler: (ctx, { id }) => ctx.db.delete(id) });

export const normalize = query({
  args: { id: v.string(), table: v.union(v.literal("notes"), v.literal("log")) },
  handler: (ctx, { id, table }) => ctx.db.normalizeId(table, id),
});

export const addAndFail = mutation({
  args: { room: v.string(), data: v.any() },
  handler: async (ctx, { room, data }) => {
    await ctx.db.insert("notes", { room, body: "must vanish" });
    throw new ConvexError(data);
  },
});

export const throwPlain = query({
  args: {},
  handler: () => {
    throw new Error("plain trouble");
  },
});

export const addBadly = mutation({
  args: { room: v.string() },
  handler: (ctx, { room }) => ctx.db.insert("notes", { room, body: 7 } as never),
});

export const returnsBadly = query({ args: {}, returns: v.string(), handler: () => 7 as never });

export const addTwo = internalMutation({
  args: { room: v.string(), fail: v.boolean() },
  handler: async (ctx, { room, fail }) => {
    await ctx.db.insert("notes", { room, body: "inner 1" });
    await ctx.db.insert("notes", { room, body: "inner 2" });
    if (fail) throw new ConvexError({ inner: true });
    return "inner done";
  },
});

export const nested = mutation({
  args: { room: v.string() },
  handler: async (ctx, { room }): Promise<unknown> => {
    await ctx.db.insert("notes", { room, body: "outer" });
    let caught: unknown = null;
    try {
      await ctx.runMutation(internal.notes.addTwo, { room, fail: true });
    } catch (error) {
      caught = (error as ConvexError<{ inner: boolean }>).data;
    }
    const done = await ctx.runMutation(internal.notes.addTwo, { room, fail: false });
    const seen = await ctx.db
      .query("notes")
      .withIndex("by_room", (q) => q.eq("room", room))
      .collect();
    return { caught, done, seen: seen.map((note) => note.body) };
  },
});

export const forever = query({
  args: {},
  handler: () => {
    for (;;);
  },
});

export const foreverIf = query({
  args: { endless: v.boolean(), n: v.number() },
  handler: (_ctx, { endless, n }) => {
    while (endless);
    return n;
  },
});

export const foreverMutation = mutation({
  args: { room: v.string() },
  handler: async (ctx, { room }) => {
    await ctx.db.insert("notes", { room, body: "must vanish" });
    for (;;);
  },
});

export const never = query({ args: {}, handler: () => new Promise<null>(() => {}) });

export const whoami = query({ args: {}, handler: (ctx) => ctx.auth.getUserIdentity() });

export const runs = query({
  args: { room: v.string() },
  handler: async (ctx, { room }) => {
    console.log("ran", room);
    return (
      await ctx.db
        .query("notes")
        .withIndex("by_room", (q) => q.eq("room", room))
        .collect()
    ).length;
  },
});
