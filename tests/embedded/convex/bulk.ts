import { v } from "convex/values";
import { mutation } from "./_generated/server";

/** `count` notes numbered from `from`. */
export const fill = mutation({
  args: { room: v.string(), from: v.number(), count: v.number() },
  handler: async (ctx, { room, from, count }) => {
    for (let n = from; n < from + count; n++) await ctx.db.insert("notes", { room, body: `note number ${n}`, n });
  },
});

/** Two notes or none. */
export const pair = mutation({
  args: { room: v.string(), n: v.number(), body: v.string() },
  handler: async (ctx, note) => {
    await ctx.db.insert("notes", note);
    await ctx.db.insert("notes", note);
  },
});
