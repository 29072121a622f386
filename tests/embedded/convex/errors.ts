// Everything that can go wrong, on request.
import { ConvexError, v } from "convex/values";
import { api, internal } from "./_generated/api";
import type { Id } from "./_generated/dataModel";
import { action, internalMutation, internalQuery, mutation, query } from "./_generated/server";

export const raise = query({
  args: { what: v.string() },
  handler: (_ctx, { what }) => {
    if (what === "text") throw "only text";
    if (what === "object") throw { a: 1 };
    if (what === "type") throw new TypeError("of another type");
    if (what === "empty") throw new Error();
    throw new ConvexError([what, 1n]);
  },
});

export const exact = query({
  args: {
    kind: v.literal("a"),
    inner: v.optional(v.object({ n: v.number(), a: v.string() })),
    either: v.optional(v.union(v.literal("b"), v.literal(1))),
    counts: v.optional(v.record(v.string(), v.number())),
  },
  handler: () => null,
});

export const ranged = query({
  args: { expressions: v.array(v.array(v.any())) },
  handler: (ctx, { expressions }) =>
    ctx.db
      .query("notes")
      .withIndex("by_room_and_n", (q) =>
        expressions.reduce<any>((range, [operator, field, value]) => range[operator](field, value), q),
      )
      .collect(),
});

export const indexed = query({
  args: { index: v.string() },
  handler: (ctx, { index }) =>
    ctx.db
      .query("notes")
      .withIndex(index as never)
      .collect(),
});

export const filtered = query({
  args: { how: v.string() },
  handler: (ctx, { how }) => {
    const rows = ctx.db.query("notes");
    if (how === "sum") return rows.filter((q) => q.gt(q.add(q.field("body") as never, 1), 0)).collect();
    if (how === "zero") return rows.filter((q) => q.eq(q.div(1n as never, 0n as never), 0)).collect();
    return rows.filter((q) => q.field("body") as never).collect();
  },
});

export const searched = query({
  args: { field: v.string() },
  handler: (ctx, { field }) =>
    ctx.db
      .query("notes")
      .withSearchIndex("search_body", (q) => q.search("body", "x").eq(field as never, "y" as never))
      .collect(),
});

export const get = query({ args: { id: v.string() }, handler: (ctx, { id }) => ctx.db.get(id as Id<"notes">) });

export const write = mutation({
  args: { how: v.string(), id: v.optional(v.string()), value: v.any() },
  handler: async (ctx, { how, id, value }) => {
    if (how === "insert") return await ctx.db.insert("values", value);
    if (how === "insert into") return await ctx.db.insert(id as never, value as never);
    if (how === "patch") await ctx.db.patch(id as Id<"notes">, value);
    else if (how === "replace") await ctx.db.replace(id as Id<"notes">, value);
    else await ctx.db.delete(id as Id<"notes">);
    return null;
  },
});

export const readTooOften = query({
  args: {},
  handler: async (ctx) => {
    for (let i = 0; i <= 4096; i++) await ctx.db.query("notes").first();
  },
});

export const writeTooMuch = mutation({
  args: {},
  handler: async (ctx) => {
    for (let i = 0; i <= 16; i++) await ctx.db.insert("values", { value: "x".repeat(1_000_000) });
  },
});

export const twoPages = query({
  args: {},
  handler: async (ctx) => {
    await ctx.db.query("notes").paginate({ numItems: 1, cursor: null });
    await ctx.db.query("notes").paginate({ numItems: 1, cursor: null });
  },
});

export const many = query({ args: { n: v.number() }, handler: (_ctx, { n }) => Array(n).fill(0) });

export const fields = query({
  args: { n: v.number() },
  returns: v.record(v.string(), v.number()),
  handler: (_ctx, { n }) => Object.fromEntries(Array.from({ length: n }, (_, i) => [`f${i}`, i])),
});

export const sparse = query({
  args: { body: v.string(), maximumRowsRead: v.number(), cursor: v.union(v.string(), v.null()) },
  handler: (ctx, { body, maximumRowsRead, cursor }) =>
    ctx.db
      .query("notes")
      .filter((q) => q.eq(q.field("body"), body))
      .paginate({ numItems: 10, maximumRowsRead, cursor }),
});

export const forget = mutation({
  args: {},
  handler: async (ctx) => {
    void ctx.runMutation(internal.errors.fail, {});
    void Promise.reject(new Error("nobody hears of"));
    return await ctx.db.insert("values", { value: "kept" });
  },
});

export const fail = internalMutation({
  args: {},
  handler: () => {
    throw new Error("of the inner function");
  },
});

export const rethrow = mutation({
  args: {},
  handler: (ctx): Promise<null> => ctx.runMutation(internal.errors.fail, {}),
});

export const callMissing = action({
  args: {},
  handler: (ctx): Promise<unknown> => ctx.runQuery((internal.errors as any).nothing, {}),
});

export const print = query({
  args: {},
  handler: () => {
    console.log("text", 1, 1n, -0, { a: 1, b: [1, "x"], "odd name": null }, undefined);
    console.warn(new Error("bad"));
    console.info(new Map([[1, { c: 2 }]]), new Set(), [], {}, class Named {}, new Date(0));
    console.time("timer");
    console.timeEnd("timer");
    console.timeEnd("timer");
    console.trace("here");
  },
});

export const clock = query({
  args: {},
  handler: () => {
    const started = Date.now();
    for (let i = 0; i < 1e6; i++);
    return { stands: Date.now() === started, zone: new Date(0).getHours(), random: Math.random() !== Math.random() };
  },
});

export const hmac = query({
  args: { key: v.string(), text: v.string() },
  handler: async (_ctx, { key, text }) => {
    const bytes = (value: string): Uint8Array<ArrayBuffer> =>
      new TextEncoder().encode(value) as Uint8Array<ArrayBuffer>;
    const secret = await crypto.subtle.importKey("raw", bytes(key), { name: "HMAC", hash: "SHA-256" }, false, [
      "sign",
      "verify",
    ]);
    const signature = await crypto.subtle.sign("HMAC", secret, bytes(text));
    return {
      signature,
      right: await crypto.subtle.verify("HMAC", secret, signature, bytes(text)),
      wrong: await crypto.subtle.verify("HMAC", secret, signature, bytes("x")),
    };
  },
});

/** An error that crosses functions, from callers without names. */
export const crossing = action({
  args: { by: v.string() },
  handler: async (ctx, { by }): Promise<void> => {
    const called = await (async (): Promise<void> => {
      if (by === "query") await ctx.runQuery(internal.errors.broken, {});
      if (by === "mutation") await ctx.runMutation(internal.errors.fail, {});
      if (by === "action") await ctx.runAction(api.errors.crossing, { by: "mutation" });
    })();
    return called;
  },
});

export const broken = internalQuery({
  args: {},
  handler: () => {
    throw new TypeError("of the inner query");
  },
});

/** Fails in one of several, where many callers wait. */
export const together = query({
  args: {},
  handler: async () => {
    await Promise.all([1, 2].map(async () => await sink()));
  },
});
async function sink(): Promise<void> {
  await null;
  throw new Error("of one of several");
}
export const callsTogether = action({
  args: {},
  handler: async (ctx): Promise<null> => await ctx.runQuery(api.errors.together, {}),
});
