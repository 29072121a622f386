// @convex-dev/rate-limiter
import { HOUR, MINUTE, RateLimiter } from "@convex-dev/rate-limiter";
import { v } from "convex/values";
import { components } from "./_generated/api.js";
import { action, mutation, query } from "./_generated/server.js";

const limiter = new RateLimiter(components.rateLimiter, {
  bucket: { kind: "token bucket", rate: 2, period: HOUR, capacity: 3 },
  quick: { kind: "token bucket", rate: 1, period: 30 },
  window: { kind: "fixed window", rate: 2, period: HOUR, start: 0 },
  reserved: { kind: "token bucket", rate: 1, period: MINUTE, maxReserved: 2 },
  sharded: { kind: "fixed window", rate: 30, period: HOUR, shards: 3 },
  later: { kind: "token bucket", rate: 1, period: HOUR, applyUpdates: "asynchronously" },
});

const args = {
  name: v.string(),
  key: v.optional(v.string()),
  count: v.optional(v.number()),
  reserve: v.optional(v.boolean()),
  throws: v.optional(v.boolean()),
};
/** Any of them: what a client asks for is a string. */
type Name = "bucket";

export const limit = mutation({
  args,
  handler: (ctx, { name, ...options }) => limiter.limit(ctx, name as Name, options),
});
export const limitInAction = action({
  args,
  handler: (ctx, { name, ...options }) => limiter.limit(ctx, name as Name, options),
});
export const check = query({
  args,
  handler: (ctx, { name, ...options }) => limiter.check(ctx, name as Name, options),
});
export const reset = mutation({
  args: { name: v.string(), key: v.optional(v.string()) },
  handler: (ctx, { name, key }) => limiter.reset(ctx, name as Name, key === undefined ? {} : { key }),
});
export const oneOff = mutation({
  args: { name: v.string() },
  handler: (ctx, { name }) => limiter.limit(ctx, name, { config: { kind: "fixed window", rate: 1, period: HOUR } }),
});
export const { getRateLimit, getServerTime } = limiter.hookAPI("bucket", { key: (_ctx, key) => key ?? "" });

export const takeAndFail = mutation({
  args: { key: v.string() },
  handler: async (ctx, { key }) => {
    await limiter.limit(ctx, "bucket", { key, count: 3 });
    throw new Error("after all");
  },
});

/** How many of so many calls are let through. */
export const many = mutation({
  args: { name: v.string(), calls: v.number() },
  handler: async (ctx, { name, calls }) => {
    let passed = 0;
    for (let i = 0; i < calls; i++) if ((await limiter.limit(ctx, name as Name)).ok) passed++;
    return passed;
  },
});
