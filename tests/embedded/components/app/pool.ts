// @convex-dev/workpool
import { vOnCompleteArgs, vWorkId, type WorkId, Workpool } from "@convex-dev/workpool";
import { v } from "convex/values";
import { components, internal } from "./_generated/api.js";
import { internalAction, internalMutation, internalQuery, mutation, query } from "./_generated/server.js";

const retry = { maxAttempts: 3, initialBackoffMs: 10, base: 1 };
const pool = new Workpool(components.workpool, { maxParallelism: 4, defaultRetryBehavior: retry });
const narrow = new Workpool(components.narrow, { maxParallelism: 1 });

/** Says when it starts and when it ends. */
export const job = internalAction({
  args: { topic: v.string(), text: v.string() },
  handler: async (ctx, { topic, text }): Promise<string> => {
    await ctx.runMutation(internal.events.write, { topic, text: `${text} starts` });
    await ctx.runMutation(internal.events.write, { topic, text: `${text} ends` });
    return text;
  },
});
/** Fails until it has been called so many times. */
export const flaky = internalAction({
  args: { topic: v.string(), failures: v.number() },
  handler: async (ctx, { topic, failures }): Promise<string> => {
    const calls: number = await ctx.runMutation(internal.pool.called, { topic });
    if (calls <= failures) throw new Error(`failure ${calls}`);
    return `call ${calls}`;
  },
});
export const called = internalMutation({
  args: { topic: v.string() },
  handler: async (ctx, { topic }) => {
    await ctx.db.insert("events", { topic, text: "called" });
    const calls = await ctx.db
      .query("events")
      .withIndex("by_topic", (q) => q.eq("topic", topic))
      .collect();
    return calls.length;
  },
});
export const double = internalQuery({ args: { n: v.number() }, handler: (_ctx, { n }) => 2 * n });

export const done = internalMutation({
  args: vOnCompleteArgs(v.string()),
  handler: async (ctx, { context, result }) => {
    const said =
      result.kind === "success" ? result.returnValue : result.kind === "failed" ? result.error.split("\n")[0] : "";
    await ctx.db.insert("events", { topic: context, text: `${result.kind} ${said}` });
  },
});

export const narrowly = mutation({
  args: { topic: v.string(), texts: v.array(v.string()) },
  handler: (ctx, { topic, texts }): Promise<WorkId[]> =>
    narrow.enqueueActionBatch(
      ctx,
      internal.pool.job,
      texts.map((text) => ({ topic, text })),
    ),
});
export const tryOften = mutation({
  args: { topic: v.string(), failures: v.number() },
  handler: (ctx, { topic, failures }): Promise<WorkId> =>
    pool.enqueueAction(
      ctx,
      internal.pool.flaky,
      { topic, failures },
      { retry: true, onComplete: internal.pool.done, context: `${topic} done` },
    ),
});
export const mutate = mutation({
  args: { topic: v.string() },
  handler: (ctx, { topic }): Promise<WorkId> =>
    pool.enqueueMutation(
      ctx,
      internal.pool.called,
      { topic },
      { onComplete: internal.pool.done, context: `${topic} done` },
    ),
});
export const ask = mutation({
  args: { topic: v.string(), n: v.number() },
  handler: (ctx, { topic, n }): Promise<WorkId> =>
    pool.enqueueQuery(ctx, internal.pool.double, { n }, { onComplete: internal.pool.done, context: topic }),
});
export const inAnHour = mutation({
  args: { topic: v.string() },
  handler: (ctx, { topic }): Promise<WorkId> =>
    pool.enqueueMutation(
      ctx,
      internal.pool.called,
      { topic },
      { runAfter: 3_600_000, onComplete: internal.pool.done, context: `${topic} done` },
    ),
});
const id = { id: vWorkId };
export const cancel = mutation({ args: id, handler: (ctx, { id }) => pool.cancel(ctx, id) });
export const status = query({ args: id, handler: (ctx, { id }) => pool.status(ctx, id) });
