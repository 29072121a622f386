// A log of lines in rooms, for the tests of the Python client.
import { mutationGeneric as mutation, paginationOptsValidator, queryGeneric as query } from "convex/server";
import { ConvexError, v } from "convex/values";

export const append = mutation({
  args: { room: v.string(), text: v.string() },
  returns: v.object({ ts: v.commitTs() }),
  handler: async (ctx, line) => {
    const ts = ctx.db.vars.commitTs;
    await ctx.db.insert("lines", { ...line, ts });
    return { ts };
  },
});

export const tail = query({
  args: { room: v.string(), after: v.int64() },
  handler: async (ctx, { room, after }) => {
    const rows = await ctx.db
      .query("lines")
      .withIndex("by_room_and_ts", (q) => q.eq("room", room).gt("ts", after))
      .take(33);
    return { lines: rows.slice(0, 32).map(({ text, ts }) => ({ text, ts })), more: rows.length > 32 };
  },
});

export const page = query({
  args: { room: v.string(), paginationOpts: paginationOptsValidator },
  handler: (ctx, { room, paginationOpts }) =>
    ctx.db
      .query("lines")
      .withIndex("by_room_and_ts", (q) => q.eq("room", room))
      .paginate(paginationOpts),
});

export const echo = query({ args: { value: v.any() }, handler: (_ctx, { value }) => value });

export const whoami = query({ args: {}, handler: (ctx) => ctx.auth.getUserIdentity() });

export const refuse = mutation({
  args: { data: v.any() },
  handler: (_ctx, { data }) => {
    throw new ConvexError(data);
  },
});

export const break_ = mutation({
  args: {},
  handler: () => {
    throw new Error("broken on purpose");
  },
});

export const oddly = query({
  args: { room: v.string() },
  handler: async (ctx, { room }) => {
    const rows = await ctx.db
      .query("lines")
      .withIndex("by_room_and_ts", (q) => q.eq("room", room))
      .collect();
    if (rows.length % 2) throw new ConvexError({ code: "odd", count: rows.length });
    return rows.length;
  },
});
