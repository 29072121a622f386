/** Lists and drops the keys with which a guest comes back: see guestKeys.ts. */
import type { MutationCtx } from "../_generated/server";
import { GUEST_ISSUER } from "./access";
import { DAY } from "./removal";

export const KEYS_KEPT = 400 * DAY; // browsers keep a cookie no longer; a browser in use makes a new key each week

type Kind = "browser" | "link";

/** Newest first. */
export async function keysOf(ctx: MutationCtx, subject: string, kind: Kind) {
  const keys = ctx.db
    .query("guestKeys")
    .withIndex("by_subject_and_kind", (q) => q.eq("subject", subject).eq("kind", kind));
  return await keys.order("desc").take(100);
}

/** Drops all keys of this person, who then cannot come back as this guest. */
export async function dropKeys(ctx: MutationCtx, tokenIdentifier: string): Promise<void> {
  const prefix = `${GUEST_ISSUER}|`;
  if (!tokenIdentifier.startsWith(prefix)) return;
  for (const kind of ["browser", "link"] as const) {
    for (const key of await keysOf(ctx, tokenIdentifier.slice(prefix.length), kind))
      await ctx.db.delete("guestKeys", key._id);
  }
}
