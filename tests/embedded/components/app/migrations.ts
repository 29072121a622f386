// @convex-dev/migrations
import { type MigrationStatus, Migrations, runToCompletion } from "@convex-dev/migrations";
import { v } from "convex/values";
import { components, internal } from "./_generated/api.js";
import { action, mutation, query } from "./_generated/server.js";
import schema from "./schema.js";

const migrations = new Migrations(components.migrations, { schema, migrationsLocationPrefix: "migrations:" });

export const run = migrations.runner();
export const series = migrations.runner([internal.migrations.first, internal.migrations.second]);

export const setLabel = migrations.define({
  table: "things",
  batchSize: 2,
  customRange: (q) => q.withIndex("by_group", (r) => r.eq("group", "plain")),
  migrateOne: (_ctx, { n }) => ({ label: `label ${n}` }),
});

/** Fails at its third document until somebody notes that it is mended. */
export const breaks = migrations.define({
  table: "things",
  batchSize: 1,
  customRange: (q) => q.withIndex("by_group", (r) => r.eq("group", "breaks")),
  migrateOne: async (ctx, { n }) => {
    const mended = await ctx.db
      .query("events")
      .withIndex("by_topic", (q) => q.eq("topic", "mended"))
      .first();
    if (n === 2 && mended === null) throw new Error("broken at 2");
    await ctx.db.insert("events", { topic: "visits", text: String(n) });
  },
});

export const first = migrations.define({
  table: "things",
  customRange: (q) => q.withIndex("by_group", (r) => r.eq("group", "series")),
  batchSize: 1,
  migrateOne: async (ctx, { n }) => void (await ctx.db.insert("events", { topic: "series", text: `first ${n}` })),
});
export const second = migrations.define({
  table: "things",
  customRange: (q) => q.withIndex("by_group", (r) => r.eq("group", "series")),
  parallelize: true,
  migrateOne: async (ctx, { n }) => void (await ctx.db.insert("events", { topic: "series", text: `second ${n}` })),
});

export const slow = migrations.define({
  table: "things",
  batchSize: 1,
  customRange: (q) => q.withIndex("by_group", (r) => r.eq("group", "slow")),
  migrateOne: () => ({ label: "done" }),
});

export const fill = mutation({
  args: { group: v.string(), count: v.number() },
  handler: async (ctx, { group, count }) => {
    for (let n = 0; n < count; n++) await ctx.db.insert("things", { group, n });
  },
});
export const labels = query({
  args: { group: v.string() },
  handler: async (ctx, { group }) => {
    const things = await ctx.db
      .query("things")
      .withIndex("by_group", (q) => q.eq("group", group))
      .collect();
    return things.map(({ label }) => label ?? null);
  },
});
export const status = query({
  args: { names: v.array(v.string()) },
  handler: (ctx, { names }): Promise<MigrationStatus[]> => migrations.getStatus(ctx, { migrations: names }),
});
/** Starts `slow` and stops it before its second batch. */
export const startAndCancel = mutation({
  args: {},
  handler: async (ctx): Promise<MigrationStatus> => {
    await migrations.runOne(ctx, internal.migrations.slow);
    return migrations.cancel(ctx, "slow");
  },
});
export const complete = action({
  args: {},
  handler: (ctx): Promise<MigrationStatus> =>
    runToCompletion(ctx, components.migrations, internal.migrations.slow, { batchSize: 2 }),
});
