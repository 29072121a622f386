/** Requests for access to a board: see model/ask.ts. The owner grants one with members:setRole. */
import { v } from "convex/values";
import { mutation } from "./_generated/server";
import { liveBoard, requireRole, requireUser } from "./model/access";
import { ASK_KEPT, askOf, roomForAsk } from "./model/ask";
import { expireAt } from "./model/expiry";
import { memberOf } from "./model/member";
import { once } from "./model/operation";
import { spend } from "./model/rate";
import { refuse } from "./model/refuse";
import { visitorOf } from "./model/visitor";

/** Answers and counts the same whether or not the board exists. Safe to repeat. */
export const make = mutation({
  args: { board: v.string() },
  returns: v.null(),
  handler: async (ctx, args) => {
    const userId = await requireUser(ctx);
    await spend(ctx, "asks", userId);
    const board = await liveBoard(ctx, args.board);
    if (board?.visibility !== "private") return null;
    if (await memberOf(ctx, board._id, userId)) return null;
    if ((await visitorOf(ctx, board._id, userId))?.removed) return null; // the owner has answered already
    const known = await askOf(ctx, board._id, userId);
    if (known !== null && known.expiresAt > Date.now()) return null;
    if (!(await roomForAsk(ctx, board._id))) return null;
    const expiresAt = Date.now() + ASK_KEPT;
    const made = await ctx.db.insert("asks", { boardId: board._id, userId, dismissed: false, expiresAt });
    await expireAt(ctx, "asks", made, expiresAt);
    return null;
  },
});

/** Rejects silently. The person's further requests are ignored until this one expires. */
export const dismiss = mutation({
  args: { operationId: v.string(), board: v.string(), user: v.string() },
  returns: v.null(),
  handler: async (ctx, args) => {
    const caller = await requireUser(ctx);
    await once(ctx, caller, "asks:dismiss", args, async () => {
      await spend(ctx, "edits", caller);
      const { board } = await requireRole(ctx, args.board, "owner");
      const user = ctx.db.normalizeId("users", args.user);
      const ask = user && (await askOf(ctx, board._id, user));
      if (!ask) refuse("not_found", "This person has not asked for access.");
      await ctx.db.patch("asks", ask._id, { dismissed: true });
      return undefined;
    });
    return null;
  },
});
