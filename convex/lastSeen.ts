/**
 * Up to which change a person has seen a board, on whichever device, and what others have done to it since. The person's
 * card has it, so it goes when they leave the board.
 */
import { v } from "convex/values";
import { mutation, query } from "./_generated/server";
import { requireRole, requireUser } from "./model/access";
import { authorOf } from "./model/author";
import { addCard, cardOf } from "./model/card";
import { headOf } from "./model/log";
import { missed, missedSince } from "./model/missed";
import { spend } from "./model/rate";
import { refuse } from "./model/refuse";
import { seesHistory } from "./model/role";

/** Notes that the caller has seen the board up to `ts`. Safe to repeat, and an earlier ts changes nothing. */
export const note = mutation({
  args: { board: v.string(), ts: v.int64() },
  returns: v.null(),
  handler: async (ctx, args) => {
    const { board } = await requireRole(ctx, args.board, "viewer");
    if (args.ts < 0n || args.ts > (await headOf(ctx, board._id)))
      refuse("invalid", "ts must be 0 or more, and at most that of the last change.", { field: "ts" });
    const user = await requireUser(ctx);
    const known = await cardOf(ctx, board._id, user);
    if (known?.seen !== undefined && known.seen >= args.ts) return null;
    await spend(ctx, "edits", user);
    await addCard(ctx, board, user);
    const card = known ?? (await cardOf(ctx, board._id, user))!;
    await ctx.db.patch("cards", card._id, { seen: args.ts });
    return null;
  },
});

/**
 * What others have changed since the caller was here: null if nothing, or on a first visit. Whoever may not see the history
 * gets numbers of what is on the board, and neither names nor what was removed.
 */
export const since = query({
  args: { board: v.string() },
  returns: v.union(v.null(), missed),
  handler: async (ctx, args) => {
    const { board, user, member } = await requireRole(ctx, args.board, "viewer");
    const card = user && (await cardOf(ctx, board._id, user._id));
    if (user === null || card?.seen === undefined) return null;
    const all = seesHistory(member?.role ?? null, board);
    const { authors, ...found } = await missedSince(ctx, board._id, { since: card.seen, me: user._id, all });
    if (authors.length === 0) return null;
    const people = await Promise.all((all ? authors : []).map((author) => authorOf(ctx, author)));
    return { ...found, count: authors.length, people, since: card.seen };
  },
});
