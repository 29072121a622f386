// The functions under test. Their arguments say what they do.
import {
  internalMutationGeneric,
  internalQueryGeneric,
  makeFunctionReference,
  mutationGeneric,
  paginationOptsValidator,
  queryGeneric,
} from "convex/server";
import { type Value, v } from "convex/values";
import type { Question, Step } from "../steps.ts";
import { read, rows } from "./reading.ts";
import { play } from "./writing.ts";

const innerQuery = makeFunctionReference<"query">("steps:inner");
const asked = { reads: v.any(), ids: v.any(), nested: v.boolean() };

/** Every commit of a client's and of a scheduled function leaves a row of what it did. */
async function commit(ctx: any, { op, steps }: { op: string; steps: Step[] }) {
  const done = await play(ctx, steps);
  const ts = ctx.db.vars.commitTs;
  await ctx.db.insert("history", { seed: Number(op.split(".")[0]), op, ts, done });
  return { done, ts };
}

export const run = mutationGeneric({ args: { op: v.string(), steps: v.any() }, handler: commit });
export const later = internalMutationGeneric({ args: { op: v.string(), steps: v.any() }, handler: commit });
export const part = internalMutationGeneric({
  args: { steps: v.any() },
  handler: (ctx, { steps }) => play(ctx, steps),
});

async function answer(ctx: any, { reads, ids, nested }: Question): Promise<Value> {
  if (nested) return await ctx.runQuery(innerQuery, { reads, ids, nested: false });
  const found: Value[] = [];
  for (const id of ids) found.push(await ctx.db.get(id));
  for (const what of reads) found.push(await read(ctx.db, what));
  return found;
}

export const inner = internalQueryGeneric({ args: asked, handler: answer });
export const ask = queryGeneric({
  args: asked,
  handler: async (ctx, question) => {
    console.log(Math.random()); // so that a client hears of every run
    return await answer(ctx, question);
  },
});

export const page = queryGeneric({
  args: { read: v.any(), paginationOpts: paginationOptsValidator },
  handler: async (ctx, { read, paginationOpts }) => {
    console.log(Math.random());
    return await rows(ctx.db, read).paginate(paginationOpts);
  },
});

export const history = queryGeneric({
  args: { seed: v.number() },
  handler: async (ctx, { seed }) =>
    await ctx.db
      .query("history")
      .withIndex("by_seed", (q) => q.eq("seed", seed))
      .collect(),
});

export const jobs = queryGeneric({
  args: {},
  handler: async (ctx) =>
    (await ctx.db.system.query("_scheduled_functions").collect()).map(({ _id, state, args }) => [
      _id,
      (args as { op: string }[])[0]!.op,
      state.kind,
      state.kind === "failed" ? state.error : null,
    ]),
});
