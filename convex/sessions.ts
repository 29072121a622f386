/** Sessions. Only the web process may call these functions. */
import { v } from "convex/values";
import { mutation, query } from "./_generated/server";
import { isOver, requireRelay } from "./model/access";
import { refuse } from "./model/refuse";
import { endSession, findLogin, SWEEP } from "./model/session";

const LEASE = 10_000; // ms that one process has for refreshing a login
const MAX_ENDED = 1_000; // sent to every web process
const MAX_SEALED = 64 * 1024; // characters
const MAX_KEYS = 8; // of one call

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
