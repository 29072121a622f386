/**
 * Moves a guest's boards to the account that the guest signed in with. Both consent, each with their own token: the
 * guest stores the hash of a one-time secret, and the account sends the secret. So no token is ever an argument.
 */
import { v } from "convex/values";
import type { Id } from "./_generated/dataModel";
import { type MutationCtx, mutation } from "./_generated/server";
import { GUEST_ISSUER, requireIdentity, requireUser } from "./model/access";
import { askOf } from "./model/ask";
import { dropCard, moveCard } from "./model/card";
import { checkSha256, sha256 } from "./model/digest";
import { expireAt } from "./model/expiry";
import { dropKeys } from "./model/guestKey";
import { memberOf } from "./model/member";
import { room, spend } from "./model/rate";
import { refuse } from "./model/refuse";
import { atLeast } from "./model/role";
import { visitorOf } from "./model/visitor";

const LIFE = 60_000; // ms
const BATCH = 100; // boards of one transaction

/** As the guest. A new offer replaces an older one. */
export const offer = mutation({
  args: { hash: v.string() },
  returns: v.null(),
  handler: async (ctx, { hash }) => {
    if ((await requireIdentity(ctx)).issuer !== GUEST_ISSUER)
      refuse("forbidden", "Only a guest can offer boards to an account.");
    checkSha256(hash, "hash");
    const guest = await requireUser(ctx);
    await spend(ctx, "edits", guest);
    const earlier = ctx.db.query("claims").withIndex("by_guest", (q) => q.eq("guest", guest));
    for (const claim of await earlier.collect()) await ctx.db.delete("claims", claim._id);
    const expiresAt = Date.now() + LIFE;
    await expireAt(ctx, "claims", await ctx.db.insert("claims", { hash, guest, expiresAt }), expiresAt);
    return null;
  },
});

/**
 * As the account. Returns how many boards this call moved; if `more`, call again. A wrong secret counts, and returns
 * null.
 */
export const take = mutation({
  args: { secret: v.string() },
  returns: v.union(v.null(), v.object({ boards: v.number(), more: v.boolean() })),
  handler: async (ctx, { secret }) => {
    if ((await requireIdentity(ctx)).issuer === GUEST_ISSUER)
      refuse("forbidden", "Only an account can take over a guest's boards.");
    const account = await requireUser(ctx);
    const countGuess = await room(ctx, "guesses", account);
    const hash = await sha256(secret);
    const claim = await ctx.db
      .query("claims")
      .withIndex("by_hash", (q) => q.eq("hash", hash))
      .unique();
    if (claim === null || claim.expiresAt < Date.now()) {
      await countGuess();
      return null;
    }
    await spend(ctx, "edits", account);
    const memberships = await ctx.db
      .query("members")
      .withIndex("by_user", (q) => q.eq("userId", claim.guest))
      .take(BATCH);
    for (const { _id, boardId, role } of memberships) {
      const own = await memberOf(ctx, boardId, account);
      const mark = own === null ? await visitorOf(ctx, boardId, account) : null;
      if (mark?.removed && role !== "owner") {
        await ctx.db.delete("members", _id); // a removed person must not return under another name
      } else if (own === null) {
        if (mark) await ctx.db.delete("visitors", mark._id);
        await ctx.db.patch("members", _id, { userId: account });
      } else {
        if (!atLeast(own.role, role)) await ctx.db.patch("members", own._id, { role });
        await ctx.db.delete("members", _id);
      }
      const board = await ctx.db.get("boards", boardId);
      if (board?.owner === claim.guest) await ctx.db.patch("boards", boardId, { owner: account });
      await settleCard(ctx, boardId, claim.guest, account);
    }
    const marks = await ctx.db
      .query("visitors")
      .withIndex("by_user", (q) => q.eq("userId", claim.guest))
      .take(BATCH);
    for (const { _id, boardId, removed } of marks) {
      const own = await visitorOf(ctx, boardId, account);
      if (!removed || own?.removed || (await memberOf(ctx, boardId, account))) await ctx.db.delete("visitors", _id);
      else {
        if (own) await ctx.db.delete("visitors", own._id);
        await ctx.db.patch("visitors", _id, { userId: account });
      }
      await settleCard(ctx, boardId, claim.guest, account);
    }
    const asks = await ctx.db
      .query("asks")
      .withIndex("by_user", (q) => q.eq("userId", claim.guest))
      .take(BATCH);
    for (const { _id, boardId } of asks) {
      if ((await askOf(ctx, boardId, account)) || (await memberOf(ctx, boardId, account)))
        await ctx.db.delete("asks", _id);
      else await ctx.db.patch("asks", _id, { userId: account });
    }
    const more = Math.max(memberships.length, marks.length, asks.length) === BATCH;
    if (!more) {
      const guest = await ctx.db.get("users", claim.guest);
      if (guest) await dropKeys(ctx, guest.tokenIdentifier); // the account replaces the guest's keys
      await ctx.db.delete("claims", claim._id);
    }
    return { boards: memberships.length, more };
  },
});

/** The account lists the board, unless it was removed from it. */
async function settleCard(ctx: MutationCtx, boardId: Id<"boards">, guest: Id<"users">, account: Id<"users">) {
  const board = await ctx.db.get("boards", boardId);
  if (board && !(await visitorOf(ctx, boardId, account))?.removed) await moveCard(ctx, board, guest, account);
  else await dropCard(ctx, boardId, guest);
}
