/**
 * Limits how often, and how much, one person may do something. The web process counts too, but a token also works
 * without it. A row belongs to one person, so people never conflict. Frequent requests are counted in several rows, so
 * that the requests of one person seldom conflict either.
 */
import type { MutationCtx } from "../_generated/server";
import { limits } from "./limits";
import { refuse } from "./refuse";

const SECOND = 1000; // ms
const MINUTE = 60 * SECOND;

/** `window` in ms. `slots` is the number of rows that share the limit. */
const RATES = {
  boards: { window: 60 * MINUTE, slots: 1, what: "new boards an hour" },
  invites: { window: 60 * MINUTE, slots: 1, what: "new invitations an hour" },
  asks: { window: 60 * MINUTE, slots: 1, what: "requests to be let in an hour" },
  edits: { window: MINUTE, slots: 1, what: "changes of boards, people and invitations a minute" },
  guesses: { window: MINUTE, slots: 1, what: "wrong invitations or offers a minute" },
  uploads: { window: 10 * MINUTE, slots: 1, what: "pictures in ten minutes" },
  notes: { window: MINUTE, slots: 1, what: "notes a minute by one hook" },
  changes: { window: 10 * SECOND, slots: 8, what: "changes in ten seconds" },
};
type Kind = keyof typeof RATES;

/**
 * Counts one request, with its bytes. If the mutation fails later, it does not count. @throws ConvexError
 * `too_many_requests`
 */
export async function spend(ctx: MutationCtx, kind: Kind, person: string, bytes = 0): Promise<void> {
  await (await room(ctx, kind, person, bytes))();
}

/**
 * Checks that there is room for one more request. The returned function counts it. @throws ConvexError
 * `too_many_requests`
 */
export async function room(ctx: MutationCtx, kind: Kind, person: string, bytes = 0): Promise<() => Promise<void>> {
  const { window, slots, what } = RATES[kind];
  const { most, mostBytes } = allowed(kind);
  if (most === 0 && mostBytes === 0) return async () => {};
  const now = Date.now();
  const number = most > 0 ? Math.min(slots, most) : slots;
  const first = Math.floor(Math.random() * number);
  let ends = now + window;
  let heavy = false;
  for (let i = 0; i < number; i++) {
    const slot = (first + i) % number;
    const of = `${kind} ${person}`;
    const row = await ctx.db
      .query("rates")
      .withIndex("by_of", (q) => q.eq("of", of).eq("slot", slot))
      .unique();
    const open = row !== null && row.ends > now ? row : { used: 0, bytes: 0, ends: now + window };
    const share = Math.floor(most / number) + (slot < most % number ? 1 : 0);
    const fits = most === 0 || open.used < share;
    // A single request always fits, even if it exceeds a small limit.
    const light = mostBytes === 0 || open.bytes === 0 || open.bytes + bytes <= mostBytes / number;
    if (fits && light) {
      const counted = { of, slot, used: open.used + 1, bytes: open.bytes + bytes, ends: open.ends };
      return async () => {
        if (row === null) await ctx.db.insert("rates", counted);
        else await ctx.db.replace("rates", row._id, counted);
      };
    }
    heavy ||= fits;
    ends = Math.min(ends, open.ends);
  }
  const limit = heavy ? mostBytes : most;
  refuse("too_many_requests", `No more than ${limit} ${heavy ? "bytes of " : ""}${what}: wait a moment.`, {
    limit,
    retryAfter: (ends - now) / 1000,
  });
}

/** The limits of one window; 0 is no limit. */
function allowed(kind: Kind): { most: number; mostBytes: number } {
  const given = limits();
  if (kind === "changes") return { most: given.changes * 10, mostBytes: given.bytes };
  return { most: given[kind], mostBytes: 0 };
}
