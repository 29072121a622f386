import { v } from "convex/values";
import { mutation, query } from "./_generated/server";

export const put = mutation({
  args: { value: v.any(), label: v.optional(v.string()) },
  handler: (ctx, args) => ctx.db.insert("values", args),
});

export const echo = query({ args: { value: v.any() }, handler: (_ctx, { value }) => value });

export const sorted = query({
  args: {},
  handler: async (ctx) =>
    (await ctx.db.query("values").withIndex("by_value").collect()).map((row) => row.value as unknown),
});

export const globals = query({
  args: {},
  handler: async () => {
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode("abc"));
    return {
      digest,
      host: new URL("http://example.org/a?b=c").host,
      sameNow: Date.now() === Date.now() && Date.now() === Date.now(),
      random: Math.random(),
      uuid: crypto.randomUUID(),
      unset: process.env.NOT_SET === undefined,
      fetch: await (async () => fetch("http://example.org"))().catch((error: Error) => error.message),
    };
  },
});
