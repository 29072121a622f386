/** Logins, and sessions that end before their tokens do. */
import type { Doc } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";

export const SWEEP = 32; // old rows deleted by a mutation of the same kind
const KEPT = 31 * 24 * 60 * 60 * 1000; // ms; longer than any token is valid

export async function findLogin(ctx: QueryCtx, key: string): Promise<Doc<"logins"> | null> {
  return await ctx.db
    .query("logins")
    .withIndex("by_key", (q) => q.eq("key", key))
    .unique();
}

/** Deletes the session's login, and informs every web process. */
export async function endSession(ctx: MutationCtx, session: string): Promise<void> {
  const known = await findLogin(ctx, session);
  if (known) await ctx.db.delete("logins", known._id);
  await addEnded(ctx, session);
}

/** `key` is a session, or a person (`issuer|subject`). */
export async function addEnded(ctx: MutationCtx, key: string): Promise<void> {
  const now = Date.now();
  const old = ctx.db.query("ended").withIndex("by_until", (q) => q.lt("until", now));
  for (const row of await old.take(SWEEP)) await ctx.db.delete("ended", row._id);
  const known = await ctx.db
    .query("ended")
    .withIndex("by_key", (q) => q.eq("key", key))
    .unique();
  if (known === null) await ctx.db.insert("ended", { key, at: now, until: now + KEPT });
}
