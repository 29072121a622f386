/** Sessions. Only the web process may call these functions. */
import { v } from "convex/values";
import type { Doc } from "./_generated/dataModel";
import { type MutationCtx, mutation, type QueryCtx, query } from "./_generated/server";
import { isOver, requireRelay } from "./model/access";
import { cleanName, cleanPicture } from "./model/name";
import { forget, leaveBoards } from "./model/person";
import { refuse } from "./model/refuse";
import { HOOKS_KEPT } from "./tables/sessions";

const LEASE = 10_000; // ms that one process has for refreshing a login
const MAX_ENDED = 1_000; // sent to every web process
const MAX_SEALED = 64 * 1024; // characters
const SWEEP = 32; // old rows deleted by a mutation of the same kind
const MAX_KEYS = 8; // of one call
const KEPT = 31 * 24 * 60 * 60 * 1000; // ms; longer than any token is valid

const login = v.object({ sealed: v.string(), version: v.number() });

/** Stores a login's tokens, the first (`version` 0) or renewed ones. A call with an older version changes nothing. */
export const keep = mutation({
  args: { key: v.string(), sealed: v.string(), version: v.number(), expiresAt: v.number() },
  returns: v.null(),
  handler: async (ctx, { key, sealed, version, expiresAt }) => {
    await requireRelay(ctx);
    if (sealed.length > MAX_SEALED)
      refuse("invalid", `sealed must be at most ${MAX_SEALED} characters.`, { field: "sealed", limit: MAX_SEALED });
    const known = await findLogin(ctx, key);
    if (known === null && version === 0) {
      await ctx.db.insert("logins", { key, sealed, version, refreshingAt: 0, expiresAt });
    } else if (known !== null && known.version < version) {
      await ctx.db.patch("logins", known._id, { sealed, version, refreshingAt: 0, expiresAt });
    }
    const old = ctx.db.query("logins").withIndex("by_expiry", (q) => q.lt("expiresAt", Date.now()));
    for (const row of await old.take(SWEEP)) await ctx.db.delete("logins", row._id);
    return null;
  },
});

export const get = query({
  args: { key: v.string() },
  returns: v.union(login, v.null()),
  handler: async (ctx, { key }) => {
    await requireRelay(ctx);
    const known = await findLogin(ctx, key);
    return known && { sealed: known.sealed, version: known.version };
  },
});

/** Whether the caller may renew this version's tokens now. A refresh token works once, so one process does it. */
export const renew = mutation({
  args: { key: v.string(), version: v.number() },
  returns: v.boolean(),
  handler: async (ctx, { key, version }) => {
    await requireRelay(ctx);
    const known = await findLogin(ctx, key);
    if (known === null || known.version !== version || known.refreshingAt > Date.now() - LEASE) return false;
    await ctx.db.patch("logins", known._id, { refreshingAt: Date.now() });
    return true;
  },
});

/** Ends a session: deletes its login, and informs every web process. Safe to repeat. */
export const end = mutation({
  args: { session: v.string() },
  returns: v.null(),
  handler: async (ctx, { session }) => {
    await requireRelay(ctx);
    await endSession(ctx, session);
    return null;
  },
});

/** The ended ones among these sessions and people. @throws ConvexError `invalid` */
export const over = query({
  args: { keys: v.array(v.string()) },
  returns: v.array(v.string()),
  handler: async (ctx, { keys }) => {
    await requireRelay(ctx);
    if (keys.length > MAX_KEYS)
      refuse("invalid", `keys must hold at most ${MAX_KEYS} keys.`, { field: "keys", limit: MAX_KEYS });
    const found = await Promise.all(keys.map(async (key) => ((await isOver(ctx, key)) ? key : null)));
    return found.filter((key) => key !== null);
  },
});

/** The latest ends, newest first. For older ones a process calls `over`. */
export const ended = query({
  args: {},
  returns: v.array(v.string()),
  handler: async (ctx) => {
    await requireRelay(ctx);
    const rows = await ctx.db.query("ended").withIndex("by_at").order("desc").take(MAX_ENDED);
    return rows.map((row) => row.key);
  },
});

/**
 * Processes a provider's webhook, which the web process has verified, once for each `hookId` and in any order. `at`
 * (ms) is the time of the event. Returns true if there is more to do: then call again with the same arguments.
 */
export const hook = mutation({
  args: {
    hookId: v.string(),
    at: v.number(),
    ends: v.optional(v.string()),
    person: v.optional(v.string()),
    deleted: v.optional(v.boolean()),
    name: v.optional(v.string()),
    picture: v.optional(v.string()),
  },
  returns: v.boolean(),
  handler: async (ctx, { hookId, at, ends, person, deleted, ...profile }) => {
    await requireRelay(ctx);
    const name = profile.name === undefined ? undefined : cleanName(profile.name) || "Somebody";
    const picture = cleanPicture(profile.picture);
    if (await wasProcessed(ctx, hookId)) return false;
    if (ends !== undefined) await endSession(ctx, ends);
    if (person !== undefined && (await isNews(ctx, person, at, deleted === true))) {
      const user = await ctx.db
        .query("users")
        .withIndex("by_token_identifier", (q) => q.eq("tokenIdentifier", person))
        .unique();
      if (deleted) {
        await addEnded(ctx, person);
        if (user && (await leaveBoards(ctx, user._id))) return true;
        if (user) await forget(ctx, user);
      } else if (name !== undefined && user) {
        await ctx.db.patch("users", user._id, { name, picture });
      } else if (name !== undefined) {
        await ctx.db.insert("users", { tokenIdentifier: person, name, picture, seenAt: at });
      }
    }
    await markProcessed(ctx, hookId);
    return false;
  },
});

async function findLogin(ctx: QueryCtx, key: string): Promise<Doc<"logins"> | null> {
  return await ctx.db
    .query("logins")
    .withIndex("by_key", (q) => q.eq("key", key))
    .unique();
}

async function endSession(ctx: MutationCtx, session: string): Promise<void> {
  const known = await findLogin(ctx, session);
  if (known) await ctx.db.delete("logins", known._id);
  await addEnded(ctx, session);
}

async function addEnded(ctx: MutationCtx, key: string): Promise<void> {
  const now = Date.now();
  const old = ctx.db.query("ended").withIndex("by_until", (q) => q.lt("until", now));
  for (const row of await old.take(SWEEP)) await ctx.db.delete("ended", row._id);
  const known = await ctx.db
    .query("ended")
    .withIndex("by_key", (q) => q.eq("key", key))
    .unique();
  if (known === null) await ctx.db.insert("ended", { key, at: now, until: now + KEPT });
}

async function wasProcessed(ctx: MutationCtx, hookId: string): Promise<boolean> {
  const known = ctx.db.query("hooks").withIndex("by_hook", (q) => q.eq("hookId", hookId));
  return (await known.unique()) !== null;
}

async function markProcessed(ctx: MutationCtx, hookId: string): Promise<void> {
  const old = ctx.db.query("hooks").withIndex("by_at", (q) => q.lt("at", Date.now() - HOOKS_KEPT));
  for (const row of await old.take(SWEEP)) await ctx.db.delete("hooks", row._id);
  await ctx.db.insert("hooks", { hookId, at: Date.now() });
}

/** Whether no newer webhook about the person was processed. A deleted person stays deleted. */
async function isNews(ctx: MutationCtx, person: string, at: number, deleted: boolean): Promise<boolean> {
  const known = await ctx.db
    .query("profiles")
    .withIndex("by_token_identifier", (q) => q.eq("tokenIdentifier", person))
    .unique();
  if (known === null) await ctx.db.insert("profiles", { tokenIdentifier: person, at, deleted });
  else if (known.deleted) return deleted;
  else if (!deleted && known.at >= at) return false;
  else await ctx.db.patch("profiles", known._id, { at: Math.max(at, known.at), deleted });
  return true;
}
