/**
 * Keys with which a guest comes back after losing the cookie. The browser, or a link, holds the key; the table holds
 * its hash. Guests create and drop keys with their own token. Only the web process may look up a key's guest.
 */
import { v } from "convex/values";
import { type MutationCtx, mutation, query } from "./_generated/server";
import { GUEST_ISSUER, requireIdentity, requireRelay, requireUser } from "./model/access";
import { checkSha256 } from "./model/digest";
import { KEYS_KEPT, keysOf } from "./model/guestKey";
import { spend } from "./model/rate";
import { refuse } from "./model/refuse";
import { guestKeyKind } from "./tables/sessions";

const MOST = { browser: 20, link: 1 }; // keys of a guest; a new one replaces the oldest

/** As the guest. */
export const keep = mutation({
  args: { hash: v.string(), kind: guestKeyKind },
  returns: v.null(),
  handler: async (ctx, { hash, kind }) => {
    const subject = await requireGuest(ctx);
    checkSha256(hash, "hash");
    await spend(ctx, "edits", await requireUser(ctx));
    const earlier = await keysOf(ctx, subject, kind);
    for (const key of earlier.slice(MOST[kind] - 1)) await ctx.db.delete("guestKeys", key._id);
    await ctx.db.insert("guestKeys", { hash, subject, kind });
    return null;
  },
});

/** As the guest, at sign-out: drops the keys of all browsers, and keeps the guest's own link. Safe to repeat. */
export const drop = mutation({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const subject = await requireGuest(ctx);
    for (const key of await keysOf(ctx, subject, "browser")) await ctx.db.delete("guestKeys", key._id);
    return null;
  },
});

/** The key's guest. Only for the web process. */
export const find = query({
  args: { hash: v.string() },
  returns: v.union(v.object({ subject: v.string(), name: v.string() }), v.null()),
  handler: async (ctx, { hash }) => {
    await requireRelay(ctx);
    const key = await ctx.db
      .query("guestKeys")
      .withIndex("by_hash", (q) => q.eq("hash", hash))
      .unique();
    if (key === null || key._creationTime < Date.now() - KEYS_KEPT) return null;
    const user = await ctx.db
      .query("users")
      .withIndex("by_token_identifier", (q) => q.eq("tokenIdentifier", `${GUEST_ISSUER}|${key.subject}`))
      .unique();
    return { subject: key.subject, name: user?.name ?? "Guest" };
  },
});

async function requireGuest(ctx: MutationCtx): Promise<string> {
  const { issuer, subject } = await requireIdentity(ctx);
  if (issuer !== GUEST_ISSUER) refuse("forbidden", "Only a guest can have keys.");
  return subject;
}
