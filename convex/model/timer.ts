/** The timer of a board: what runs, and when the scheduler ends it. Times are in ms. */
import { type Infer, v } from "convex/values";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { refuse } from "./refuse";

export const SECOND = 1000; // ms
const MOST = 24 * 60 * 60; // s

export const timerState = v.union(v.literal("running"), v.literal("paused"), v.literal("over"));

/** `seconds` is the length it was started with. */
export const timer = v.object({ state: timerState, seconds: v.number(), endsAt: v.number(), left: v.number() });

export async function timerOf(ctx: QueryCtx, boardId: Id<"boards">): Promise<Doc<"timers"> | null> {
  return await ctx.db
    .query("timers")
    .withIndex("by_board", (q) => q.eq("boardId", boardId))
    .unique();
}

/** The same. @throws ConvexError `not_found` */
export async function findTimer(ctx: QueryCtx, boardId: Id<"boards">): Promise<Doc<"timers">> {
  return (await timerOf(ctx, boardId)) ?? refuse("not_found", "This board has no timer: start one first.");
}

/** How much is left: less than 0 once it is over. */
export function leftOf(row: Doc<"timers">, now: number): number {
  return row.state === "paused" ? row.left : row.endsAt - now;
}

export function timerOut({ state, seconds, endsAt, left }: Doc<"timers">): Infer<typeof timer> {
  return { state, seconds, endsAt, left };
}

/** @throws ConvexError `invalid` unless these are whole seconds, at least one and at most a day */
export function checkSeconds(seconds: number, field: string): void {
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > MOST)
    refuse("invalid", `${field} must be a whole number from 1 to ${MOST}.`, { field, limit: MOST });
}

/** Lets the board's timer run from now on, for so long. */
export async function run(ctx: MutationCtx, boardId: Id<"boards">, seconds: number, left: number): Promise<void> {
  const endsAt = Date.now() + left;
  const old = await timerOf(ctx, boardId);
  if (old) await cancelEnd(ctx, old);
  const set = { boardId, state: "running" as const, seconds, endsAt, left: 0 };
  const id = old?._id ?? (await ctx.db.insert("timers", set));
  const job = await ctx.scheduler.runAt(endsAt, internal.timers.end, { timer: id, endsAt });
  await ctx.db.replace("timers", id, { ...set, job });
}

export async function pause(ctx: MutationCtx, row: Doc<"timers">, left: number): Promise<void> {
  await cancelEnd(ctx, row);
  await ctx.db.patch("timers", row._id, { state: "paused", left, job: undefined });
}

export async function drop(ctx: MutationCtx, row: Doc<"timers">): Promise<void> {
  await cancelEnd(ctx, row);
  await ctx.db.delete("timers", row._id);
}

async function cancelEnd(ctx: MutationCtx, { job }: Doc<"timers">): Promise<void> {
  if (job) await ctx.scheduler.cancel(job);
}
