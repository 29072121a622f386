// What shows where the embedded deployment differs from Convex.
/* biome-ignore-all lint/suspicious/noExplicitAny: without generated types */
import { actionGeneric, componentsGeneric, mutationGeneric, queryGeneric } from "convex/server";
import { v } from "convex/values";

let calls = 0;

/** How often this module's functions of one kind were called. */
export const called = mutationGeneric({ args: {}, handler: () => ++calls });
export const calledAction = actionGeneric({ args: {}, handler: () => ++calls });
export const busy = actionGeneric({
  args: { ms: v.number() },
  handler: async (_ctx, { ms }) => {
    for (const end = Date.now() + ms; Date.now() < end; );
  },
});

const part = (componentsGeneric() as any).part.main;
export const touch = mutationGeneric({ args: {}, handler: (ctx) => ctx.runMutation(part.touch, {}) });
export const touched = queryGeneric({ args: {}, handler: () => "touched" in [] });
export const page = queryGeneric({ args: {}, handler: (ctx) => ctx.runQuery(part.page, {}) });
export const pageInMutation = mutationGeneric({ args: {}, handler: (ctx) => ctx.runMutation(part.pageInMutation, {}) });
export const scheduleElsewhere = mutationGeneric({
  args: {},
  handler: async (ctx) => ctx.db.system.get(await ctx.scheduler.runAfter(60_000, part.touch, {})),
});
export const who = queryGeneric({
  args: {},
  handler: async (ctx) => [await ctx.auth.getUserIdentity(), await ctx.runQuery(part.who, {})],
});
export const syscall = actionGeneric({
  args: { name: v.string() },
  handler: (_ctx, { name }) => (globalThis as any).Convex.asyncSyscall(name, "{}"),
});
export const syscallInMutation = mutationGeneric({
  args: { name: v.string() },
  handler: (_ctx, { name }) => (globalThis as any).Convex.asyncSyscall(name, "{}"),
});
export const metrics = mutationGeneric({
  args: {},
  handler: async (ctx) => {
    await ctx.storage.store(new Blob(["x"]));
    return Object.keys(await ctx.meta.getTransactionMetrics()).sort();
  },
});
export const deployment = queryGeneric({ args: {}, handler: (ctx) => ctx.meta.getDeploymentMetadata() });

export const count = queryGeneric({
  args: { name: v.string() },
  handler: async (ctx, { name }) =>
    (
      await ctx.db
        .query("rows")
        .withIndex("by_name", (q: any) => q.eq("name", name))
        .collect()
    ).length,
});
export const stale = mutationGeneric({
  args: {},
  handler: async (ctx) => {
    await ctx.db.insert("rows", { name: "stale" });
    return await ctx.runQuery(
      "differences:count" as never,
      { name: "stale" } as never,
      { useStaleSnapshot: true } as never,
    );
  },
});

export const failInNewTable = mutationGeneric({
  args: {},
  handler: async (ctx) => {
    throw new Error(await ctx.db.insert("fresh", {}));
  },
});
export const normalized = queryGeneric({
  args: { id: v.string() },
  handler: (ctx, { id }) => ctx.db.normalizeId("fresh", id),
});

/** So many documents with the same word. The last one in the order of ids has another `n`. */
export const fill = mutationGeneric({
  args: { count: v.number() },
  handler: async (ctx, { count }) => {
    const ids = [];
    for (let i = 0; i < count; i++) ids.push(await ctx.db.insert("texts", { text: "common", tag: "a", other: "many" }));
    await ctx.db.patch(ids.sort().at(-1)!, { other: "last" });
  },
});
export const search = queryGeneric({
  args: { other: v.string() },
  handler: async (ctx, { other }) =>
    (
      await ctx.db
        .query("texts")
        .withSearchIndex("words", (q: any) => q.search("text", "common").eq("other", other))
        .take(10)
    ).length,
});

/** Points on a line, each further from the first axis. */
export const points = mutationGeneric({
  args: { count: v.number() },
  handler: async (ctx, { count }) => {
    for (let i = 0; i < count; i++) await ctx.db.insert("points", { at: [count, i], name: String(i) });
  },
});
export const nearest = actionGeneric({
  args: {},
  handler: async (ctx): Promise<string[]> => {
    const found = await ctx.vectorSearch("points", "near", { vector: [1, 0], limit: 5 } as never);
    return await ctx.runQuery("differences:names" as never, { ids: found.map(({ _id }) => _id) } as never);
  },
});
export const names = queryGeneric({
  args: { ids: v.array(v.string()) },
  handler: (ctx, { ids }) => Promise.all(ids.map(async (id) => ((await ctx.db.get(id as never)) as any).name)),
});

export const body = queryGeneric({ args: {}, handler: () => new Response("text").text() });
export const unawaited = queryGeneric({
  args: {},
  handler: () => void Promise.reject(new Error("nobody awaits this")),
});
export const surrogate = mutationGeneric({ args: {}, handler: (ctx) => ctx.db.insert("any", { x: "\ud800" }) });
