/** Clerk's webhook: people who changed their name or left, and sessions that ended. */
import { v } from "convex/values";
import { internal } from "./_generated/api";
import { httpAction, internalMutation, type MutationCtx } from "./_generated/server";
import { refusal } from "./model/answer";
import { effectOf, settings, verified } from "./model/clerk";
import { forget, leaveBoards } from "./model/person";
import { addEnded, endSession, SWEEP } from "./model/session";
import { HOOKS_KEPT } from "./tables/sessions";

const MAX_CALLS = 200; // for one message: an account that ends leaves some of its boards with each

/** 204 for what was done, or done before, or is of no use here. Clerk repeats whatever is not answered with 2xx. */
export const webhook = httpAction(async (ctx, request) => {
  const { issuer = "", webhookSecret } = settings();
  if (!webhookSecret) return refusal(404, "not_found", "This Easel does not take Clerk's webhooks.");
  const message = verified(await request.text(), request.headers, webhookSecret);
  if (message === null) return refusal(400, "bad_request", "This is not signed by Clerk.");
  const effect = effectOf(message, issuer);
  const id = request.headers.get("svix-id") ?? "";
  if (effect !== null)
    for (let i = 0; i < MAX_CALLS && (await ctx.runMutation(internal.clerk.apply, { id, ...effect })); i++);
  return new Response(null, { status: 204 });
});

/**
 * Applies a message once for each `id`, and in any order. Returns true if there is more to do: then call again with
 * the same arguments.
 */
export const apply = internalMutation({
  args: {
    id: v.string(),
    at: v.number(),
    ends: v.optional(v.string()),
    person: v.optional(v.string()),
    deleted: v.optional(v.boolean()),
    name: v.optional(v.string()),
    picture: v.optional(v.string()),
  },
  returns: v.boolean(),
  handler: async (ctx, { id, at, ends, person, deleted = false, name, picture }) => {
    if (await wasProcessed(ctx, id)) return false;
    if (ends !== undefined) await endSession(ctx, ends);
    if (person !== undefined && (await isNews(ctx, person, at, deleted))) {
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
    await markProcessed(ctx, id);
    return false;
  },
});

async function wasProcessed(ctx: MutationCtx, hookId: string): Promise<boolean> {
  const known = ctx.db.query("hooks").withIndex("by_hook", (q) => q.eq("hookId", hookId));
  return (await known.unique()) !== null;
}

async function markProcessed(ctx: MutationCtx, hookId: string): Promise<void> {
  const old = ctx.db.query("hooks").withIndex("by_at", (q) => q.lt("at", Date.now() - HOOKS_KEPT));
  for (const row of await old.take(SWEEP)) await ctx.db.delete("hooks", row._id);
  await ctx.db.insert("hooks", { hookId, at: Date.now() });
}

/** Whether no newer message about the person was processed. A deleted person stays deleted. */
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
