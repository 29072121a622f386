// What the other functions write down for the tests to see.
import { v } from "convex/values";
import { internalMutation, mutation, query } from "./_generated/server.js";

const event = { topic: v.string(), text: v.string() };

export const list = query({
  args: { topic: v.string() },
  handler: async (ctx, { topic }) => {
    const events = await ctx.db
      .query("events")
      .withIndex("by_topic", (q) => q.eq("topic", topic))
      .collect();
    return events.map(({ text }) => text);
  },
});

export const write = internalMutation({
  args: event,
  handler: async (ctx, args) => void (await ctx.db.insert("events", args)),
});

/** For tests, which can call only what is public. */
export const note = mutation({
  args: event,
  handler: async (ctx, args) => void (await ctx.db.insert("events", args)),
});
