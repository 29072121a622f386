// A component without a schema.
import { v } from "convex/values";
import { mutation, query } from "./_generated/server.js";

export const add = mutation({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    await ctx.db.insert("marks", {});
    return null;
  },
});
export const read = query({
  args: {},
  returns: v.number(),
  handler: async (ctx) => (await ctx.db.query("marks").collect()).length,
});
