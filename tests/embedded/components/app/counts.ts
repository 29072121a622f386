// @convex-dev/sharded-counter
import { ShardedCounter } from "@convex-dev/sharded-counter";
import { v } from "convex/values";
import { components } from "./_generated/api.js";
import { action, mutation, query } from "./_generated/server.js";

const counter = new ShardedCounter<string>(components.shardedCounter, { shards: { single: 1, beans: 4 } });

const by = { name: v.string(), by: v.number() };
export const add = mutation({ args: by, handler: (ctx, { name, by }) => counter.add(ctx, name, by) });
export const subtract = mutation({ args: by, handler: (ctx, { name, by }) => counter.subtract(ctx, name, by) });
export const addInAction = action({ args: by, handler: (ctx, { name, by }) => counter.add(ctx, name, by) });
export const addAndFail = mutation({
  args: by,
  handler: async (ctx, { name, by }) => {
    await counter.add(ctx, name, by);
    throw new Error("after all");
  },
});
const named = { name: v.string() };
export const count = query({ args: named, handler: (ctx, { name }) => counter.count(ctx, name) });
export const estimate = query({
  args: { name: v.string(), shards: v.number() },
  handler: (ctx, { name, shards }): Promise<number> => counter.estimateCount(ctx, name, shards),
});
export const rebalance = mutation({ args: named, handler: (ctx, { name }) => counter.rebalance(ctx, name) });
export const reset = mutation({ args: named, handler: (ctx, { name }) => counter.reset(ctx, name) });
