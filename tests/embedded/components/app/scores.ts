// @convex-dev/aggregate
import { type Bounds, DirectAggregate, TableAggregate } from "@convex-dev/aggregate";
import { v } from "convex/values";
import { customCtx, customMutation } from "convex-helpers/server/customFunctions";
import { Triggers } from "convex-helpers/server/triggers";
import { components } from "./_generated/api.js";
import type { DataModel, Id } from "./_generated/dataModel.js";
import { mutation as plainMutation, query } from "./_generated/server.js";

const byGame = new TableAggregate<{ Namespace: string; Key: number; DataModel: DataModel; TableName: "scores" }>(
  components.aggregate,
  { namespace: ({ game }) => game, sortKey: ({ score }) => score, sumValue: ({ score }) => score },
);
const direct = new DirectAggregate<{ Key: number; Id: string }>(components.direct);

const triggers = new Triggers<DataModel>();
triggers.register("scores", byGame.trigger());
const mutation = customMutation(plainMutation, customCtx(triggers.wrapDB));

export const add = mutation({
  args: { game: v.string(), scores: v.array(v.number()) },
  handler: async (ctx, { game, scores }) => {
    const ids: Id<"scores">[] = [];
    for (const score of scores) ids.push(await ctx.db.insert("scores", { game, player: `p${score}`, score }));
    return ids;
  },
});
export const change = mutation({
  args: { id: v.id("scores"), score: v.number(), game: v.optional(v.string()) },
  handler: async (ctx, { id, ...fields }) => ctx.db.patch(id, fields),
});
export const remove = mutation({ args: { id: v.id("scores") }, handler: (ctx, { id }) => ctx.db.delete(id) });
export const addAndFail = mutation({
  args: { game: v.string() },
  handler: async (ctx, { game }) => {
    await ctx.db.insert("scores", { game, player: "nobody", score: 1 });
    throw new Error("after all");
  },
});

/** What an aggregate says of one game, which the test compares with a sorted array. */
export const summary = query({
  args: { game: v.string(), low: v.number(), high: v.number(), offsets: v.array(v.number()) },
  handler: async (ctx, { game, low, high, offsets }) => {
    const namespace = game;
    const bounds: Bounds<number, Id<"scores">> = {
      lower: { key: low, inclusive: true },
      upper: { key: high, inclusive: false },
    };
    const items: number[] = [];
    for await (const { key } of byGame.iter(ctx, { namespace, pageSize: 7 })) items.push(key);
    const at: number[] = [];
    for (const offset of offsets) at.push((await byGame.at(ctx, offset, { namespace })).key);
    return {
      count: await byGame.count(ctx, { namespace }),
      sum: await byGame.sum(ctx, { namespace }),
      between: await byGame.count(ctx, { namespace, bounds }),
      sumBetween: await byGame.sum(ctx, { namespace, bounds }),
      indexOfLow: await byGame.indexOf(ctx, low, { namespace }),
      fromTheTop: await byGame.indexOf(ctx, high, { namespace, order: "desc" }),
      min: (await byGame.min(ctx, { namespace }))?.key ?? null,
      max: (await byGame.max(ctx, { namespace }))?.key ?? null,
      at,
      items,
    };
  },
});
export const batched = query({
  args: { games: v.array(v.string()), offset: v.number() },
  handler: async (ctx, { games, offset }) => ({
    counts: await byGame.countBatch(
      ctx,
      games.map((namespace) => ({ namespace })),
    ),
    sums: await byGame.sumBatch(
      ctx,
      games.map((namespace) => ({ namespace })),
    ),
    at: (
      await byGame.atBatch(
        ctx,
        games.map((namespace) => ({ namespace, offset })),
      )
    ).map(({ key }) => key),
  }),
});
export const games = query({
  args: {},
  handler: async (ctx) => {
    const names: string[] = [];
    for await (const name of byGame.iterNamespaces(ctx)) names.push(name);
    return names;
  },
});
export const clear = mutation({
  args: { game: v.string() },
  handler: (ctx, { game }) => byGame.clear(ctx, { namespace: game }),
});

/** The batch worker inside the component writes them later. The last one fails: there is no such item. */
export const enqueue = plainMutation({
  args: { keys: v.array(v.number()) },
  handler: (ctx, { keys }) =>
    direct.enqueueBatch(ctx, [
      ...keys.map((key) => ({ type: "insert" as const, key, id: `id ${key}`, sumValue: 2 * key })),
      { type: "delete", key: -1, id: "nobody" },
    ]),
});
export const enqueued = query({
  args: {},
  handler: async (ctx) => ({
    count: await direct.count(ctx, { stale: true }),
    sum: await direct.sum(ctx, { stale: true }),
    dead: (await ctx.runQuery(components.direct.deadLetter.list, { paginationOpts: { numItems: 9, cursor: null } }))
      .page.length,
  }),
});
