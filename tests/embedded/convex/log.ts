import { v } from "convex/values";
import { mutation, query } from "./_generated/server";

export const append = mutation({
  args: { room: v.string(), text: v.string() },
  returns: v.object({ ts: v.commitTs(), unresolved: v.string() }),
  handler: async (ctx, { room, text }) => {
    const ts = ctx.db.vars.commitTs;
    const id = await ctx.db.insert("log", { room, text, ts });
    const row = await ctx.db.get(id);
    return { ts, unresolved: `${row!.ts as unknown as string}` };
  },
});

export const tail = query({
  args: { room: v.string(), after: v.int64() },
  handler: (ctx, { room, after }) =>
    ctx.db
      .query("log")
      .withIndex("by_room_and_ts", (q) => q.eq("room", room).gt("ts", after))
      .collect(),
});
