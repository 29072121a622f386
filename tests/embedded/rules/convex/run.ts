// Runs one of the cases.
import { actionGeneric, mutationGeneric, queryGeneric } from "convex/server";
import { v } from "convex/values";
import { CASES, type Cases } from "./cases.ts";

const args = { subject: v.string(), name: v.string() };
const run = async (kind: keyof typeof CASES, ctx: unknown, subject: string, name: string): Promise<void> => {
  await (CASES[kind] as Record<string, Cases>)[subject]![name]!(ctx);
};

export const query = queryGeneric({ args, handler: (ctx, { subject, name }) => run("query", ctx, subject, name) });
export const mutation = mutationGeneric({
  args,
  handler: (ctx, { subject, name }) => run("mutation", ctx, subject, name),
});
export const action = actionGeneric({ args, handler: (ctx, { subject, name }) => run("action", ctx, subject, name) });

/** A document to read. */
export const seed = mutationGeneric({
  args: {},
  handler: async (ctx) => void (await ctx.db.insert("rows", { name: "x", n: 1 })),
});
export const deep = mutationGeneric({
  args: { left: v.number() },
  handler: async (ctx, { left }): Promise<null> =>
    left > 0 ? await ctx.runMutation("run:deep" as never, { left: left - 1 } as never) : null,
});
export const nothing = mutationGeneric({ args: {}, handler: () => null });
export const reads = queryGeneric({ args: {}, handler: () => null });
export const acts = actionGeneric({ args: {}, handler: () => null });

/** A short text, nested so deep. */
export const nested = queryGeneric({
  args: { depth: v.number() },
  handler: (_ctx, { depth }) => {
    let value: unknown = "]]]";
    for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [value, [1]] : { value };
    return value;
  },
});

/** Whether a component has changed what is everybody's. The cache knows nothing of that. */
export const touched = queryGeneric({ args: {}, handler: () => "touched" in [] });
