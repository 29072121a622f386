/** Deletes expired rows in batches; an index orders each table by expiry. purge.ts erases what people deleted. */
import { v } from "convex/values";
import { internal } from "./_generated/api";
import type { Doc, Id, TableNames } from "./_generated/dataModel";
import { internalMutation, type MutationCtx } from "./_generated/server";
import { expiring } from "./model/expiry";
import { KEYS_KEPT } from "./model/guestKey";
import { DAY } from "./model/removal";
import { HOOKS_KEPT } from "./tables/sessions";

const BATCH = 100; // rows of a table and transaction
const MINUTE = 60 * 1000; // ms
const OPERATIONS_KEPT = 7 * DAY; // a request may be repeated under its operation id for this long
const PRESENCE_KEPT = 60 * MINUTE; // a live process renews its rows each 10 s
const PROFILES_KEPT = 30 * DAY; // of deleted people; their webhooks come within two days

type Expired = { [T in TableNames]?: (ctx: MutationCtx, now: number) => Promise<Doc<T>[]> };

const EXPIRED: Expired = {
  operations: (ctx, now) =>
    ctx.db
      .query("operations")
      .withIndex("by_creation_time", (q) => q.lt("_creationTime", now - OPERATIONS_KEPT))
      .take(BATCH),
  invites: (ctx, now) =>
    ctx.db
      .query("invites")
      .withIndex("by_expiry", (q) => q.lt("expiresAt", now))
      .take(BATCH),
  asks: (ctx, now) =>
    ctx.db
      .query("asks")
      .withIndex("by_expiry", (q) => q.lt("expiresAt", now))
      .take(BATCH),
  claims: (ctx, now) =>
    ctx.db
      .query("claims")
      .withIndex("by_expiry", (q) => q.lt("expiresAt", now))
      .take(BATCH),
  logins: (ctx, now) =>
    ctx.db
      .query("logins")
      .withIndex("by_expiry", (q) => q.lt("expiresAt", now))
      .take(BATCH),
  ended: (ctx, now) =>
    ctx.db
      .query("ended")
      .withIndex("by_until", (q) => q.lt("until", now))
      .take(BATCH),
  guestKeys: (ctx, now) =>
    ctx.db
      .query("guestKeys")
      .withIndex("by_creation_time", (q) => q.lt("_creationTime", now - KEYS_KEPT))
      .take(BATCH),
  hooks: (ctx, now) =>
    ctx.db
      .query("hooks")
      .withIndex("by_at", (q) => q.lt("at", now - HOOKS_KEPT))
      .take(BATCH),
  profiles: (ctx, now) =>
    ctx.db
      .query("profiles")
      .withIndex("by_deleted", (q) => q.eq("deleted", true).lt("at", now - PROFILES_KEPT))
      .take(BATCH),
  rates: (ctx, now) =>
    ctx.db
      .query("rates")
      .withIndex("by_ends", (q) => q.lt("ends", now))
      .take(BATCH),
  signals: orphans,
  presence: (ctx, now) =>
    ctx.db
      .query("presence")
      .withIndex("by_at", (q) => q.lt("at", now - PRESENCE_KEPT))
      .take(BATCH),
};

/** Old signals of dead processes. Live processes replace or delete theirs within minutes. */
async function orphans(ctx: MutationCtx, now: number): Promise<Doc<"signals">[]> {
  const old = await ctx.db
    .query("signals")
    .withIndex("by_creation_time", (q) => q.lt("_creationTime", now - PRESENCE_KEPT))
    .take(BATCH);
  const dead = await Promise.all(
    old.map(async ({ boardId, process }) => {
      const presence = ctx.db
        .query("presence")
        .withIndex("by_board_and_process", (q) => q.eq("boardId", boardId).eq("process", process));
      const row = await presence.unique();
      return row === null || row.at < now - PRESENCE_KEPT;
    }),
  );
  return old.filter((_, i) => dead[i]);
}

/** Deletes one row whose time has come: see model/expiry.ts. `expired` finds those of earlier versions. */
export const due = internalMutation({
  args: { table: expiring, id: v.string() },
  returns: v.null(),
  handler: async (ctx, { table, id }) => {
    const known = ctx.db.normalizeId(table, id);
    const row = known && (await ctx.db.get(table, known));
    if (row && row.expiresAt <= Date.now()) await ctx.db.delete(table, row._id);
    return null;
  },
});

export const expired = internalMutation({
  args: { now: v.optional(v.number()) },
  returns: v.record(v.string(), v.number()),
  handler: async (ctx, args) => {
    const now = args.now ?? Date.now();
    const deleted: Record<string, number> = {};
    for (const [table, find] of Object.entries(EXPIRED) as [TableNames, NonNullable<Expired["ended"]>][]) {
      const rows = await find(ctx, now);
      for (const row of rows) await ctx.db.delete(table, row._id as Id<typeof table>);
      if (rows.length > 0) deleted[table] = rows.length;
    }
    if (Object.values(deleted).includes(BATCH)) await ctx.scheduler.runAfter(0, internal.collect.expired, args);
    return deleted;
  },
});
