import { v } from "convex/values";
import { components } from "./_generated/api.js";
import { mutation, query } from "./_generated/server.js";

export const write = mutation({
  args: { text: v.string() },
  returns: v.null(),
  handler: async (ctx, args): Promise<null> => {
    await ctx.db.insert("lines", args);
    return ctx.runMutation(components.tally.count.add, {});
  },
});
export const list = query({
  args: {},
  returns: v.object({ lines: v.array(v.string()), written: v.number() }),
  handler: async (ctx): Promise<{ lines: string[]; written: number }> => ({
    lines: (await ctx.db.query("lines").collect()).map(({ text }) => text),
    written: await ctx.runQuery(components.tally.count.read, {}),
  }),
});
