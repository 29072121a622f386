// @convex-dev/action-cache
import { ActionCache, removeAll as removeAllOf } from "@convex-dev/action-cache";
import type { FunctionReference } from "convex/server";
import { v } from "convex/values";
import { components, internal } from "./_generated/api.js";
import { action, internalAction, mutation } from "./_generated/server.js";

type Dear = FunctionReference<"action", "internal", { topic: string; n: number }, string>;
const cache: ActionCache<Dear> = new ActionCache<Dear>(components.actionCache, {
  action: internal.cache.dear as Dear,
  name: "dear",
});

/** Each call leaves an event, so that a test sees how often it was called. */
export const dear = internalAction({
  args: { topic: v.string(), n: v.number() },
  returns: v.string(),
  handler: async (ctx, { topic, n }): Promise<string> => {
    await ctx.runMutation(internal.events.write, { topic, text: String(n) });
    return `${topic} ${n * n}`;
  },
});

const args = { topic: v.string(), n: v.number() };
export const fetch = action({
  args: { ...args, ttl: v.optional(v.number()), force: v.optional(v.boolean()) },
  handler: (ctx, { topic, n, ...options }): Promise<string> => cache.fetch(ctx, { topic, n }, options),
});
export const remove = mutation({ args, handler: (ctx, asked): Promise<null> => cache.remove(ctx, asked) });
export const removeAllForName = mutation({
  args: { batchSize: v.optional(v.number()) },
  handler: (ctx, options) => cache.removeAllForName(ctx, options),
});
export const removeAll = mutation({ args: {}, handler: (ctx) => removeAllOf(ctx, components.actionCache) });
