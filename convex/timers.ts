/**
 * A timer that everybody on a board sees. Editors start, pause, lengthen and remove it. The scheduler ends it, even if
 * nobody is there any more or the deployment was down at that time.
 */
import { type Infer, v } from "convex/values";
import type { Id } from "./_generated/dataModel";
import { internalMutation, type MutationCtx, mutation } from "./_generated/server";
import { requireRole, requireUser } from "./model/access";
import { once } from "./model/operation";
import { spend } from "./model/rate";
import { refuse } from "./model/refuse";
import { checkSeconds, drop, findTimer, leftOf, pause, run, SECOND, timer, timerOf, timerOut } from "./model/timer";

const now = v.union(v.null(), timer);

/** Starts a timer, in place of the one that the board may have. */
export const start = mutation({
  args: { operationId: v.string(), board: v.string(), seconds: v.number() },
  returns: now,
  handler: async (ctx, args) => {
    return await edit(ctx, "timers:start", args, async (board) => {
      checkSeconds(args.seconds, "seconds");
      await run(ctx, board, args.seconds, args.seconds * SECOND);
    });
  },
});

/** Pauses the timer, lets it go on, or adds seconds to it; to one that is over, too. */
export const change = mutation({
  args: { operationId: v.string(), board: v.string(), paused: v.optional(v.boolean()), add: v.optional(v.number()) },
  returns: now,
  handler: async (ctx, args) => {
    return await edit(ctx, "timers:change", args, async (board) => {
      const row = await findTimer(ctx, board);
      let left = Math.max(0, leftOf(row, Date.now()));
      if (args.add !== undefined) {
        checkSeconds(args.add, "add");
        left += args.add * SECOND;
        checkSeconds(Math.ceil(left / SECOND), "add");
      } else if (left === 0) refuse("conflict", "The timer is over: start one, or add to it.");
      if (args.paused ?? row.state === "paused") await pause(ctx, row, left);
      else await run(ctx, board, row.seconds, left);
    });
  },
});

/** Takes the timer off the board. */
export const remove = mutation({
  args: { operationId: v.string(), board: v.string() },
  returns: now,
  handler: async (ctx, args) => {
    return await edit(ctx, "timers:remove", args, async (board) => {
      const row = await timerOf(ctx, board);
      if (row !== null) await drop(ctx, row);
    });
  },
});

/** For the scheduler. An end that was overtaken by a change does nothing. */
export const end = internalMutation({
  args: { timer: v.id("timers"), endsAt: v.number() },
  returns: v.null(),
  handler: async (ctx, args) => {
    const row = await ctx.db.get("timers", args.timer);
    if (row?.state === "running" && row.endsAt === args.endsAt)
      await ctx.db.patch("timers", row._id, { state: "over", job: undefined });
    return null;
  },
});

/** Does it once, for an editor of the board. Returns the timer as it is now. */
async function edit(
  ctx: MutationCtx,
  name: string,
  args: { operationId: string; board: string },
  effect: (board: Id<"boards">) => Promise<void>,
): Promise<Infer<typeof now>> {
  const user = await requireUser(ctx);
  await once(ctx, user, name, args, async () => {
    await spend(ctx, "edits", user);
    const { board } = await requireRole(ctx, args.board, "editor");
    await effect(board._id);
    return undefined;
  });
  const { board } = await requireRole(ctx, args.board, "editor");
  const row = await timerOf(ctx, board._id);
  return row && timerOut(row);
}
