/**
 * People who are not members of a board: visitors by link, and removed people. A removed person stays out, whatever the
 * link allows, until the owner gives them a role or they accept an invitation that was made after the removal.
 */
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { forgetAsk } from "./ask";
import { dropCard } from "./card";
import { refuse } from "./refuse";
import type { GivenRole } from "./role";

const MAX_VISITORS = 200; // of a board; the one who was here longest ago is deleted first
const MAX_REMOVED = 1_000; // a board
const HOUR = 60 * 60 * 1000; // ms

export async function visitorOf(
  ctx: QueryCtx,
  boardId: Id<"boards">,
  userId: Id<"users">,
): Promise<Doc<"visitors"> | null> {
  return await ctx.db
    .query("visitors")
    .withIndex("by_board_and_user", (q) => q.eq("boardId", boardId).eq("userId", userId))
    .unique();
}

/** Visitors by link, latest first; or the removed people. */
export async function visitorsOf(ctx: QueryCtx, boardId: Id<"boards">, removed: boolean): Promise<Doc<"visitors">[]> {
  return await ctx.db
    .query("visitors")
    .withIndex("by_board_and_removed", (q) => q.eq("boardId", boardId).eq("removed", removed))
    .order("desc")
    .take(removed ? MAX_REMOVED : MAX_VISITORS);
}

/** Notes a visit by link. Writes at most once an hour, since each write updates open lists. */
export async function noteVisit(ctx: MutationCtx, boardId: Id<"boards">, userId: Id<"users">): Promise<void> {
  const known = await visitorOf(ctx, boardId, userId);
  const seenAt = Date.now();
  if (known !== null && (known.removed || known.seenAt > seenAt - HOUR)) return;
  if (known !== null) return await ctx.db.patch("visitors", known._id, { seenAt });
  const others = await visitorsOf(ctx, boardId, false);
  for (const old of others.slice(MAX_VISITORS - 1)) {
    await ctx.db.delete("visitors", old._id);
    await dropCard(ctx, boardId, old.userId);
  }
  await ctx.db.insert("visitors", { boardId, userId, removed: false, seenAt });
}

/**
 * The row's `_creationTime` is the time of the removal; `role` is the one that they had as a member. @throws
 * ConvexError `invalid`
 */
export async function markRemoved(
  ctx: MutationCtx,
  boardId: Id<"boards">,
  userId: Id<"users">,
  role?: GivenRole,
): Promise<void> {
  const marks = await visitorsOf(ctx, boardId, true);
  if (marks.length >= MAX_REMOVED) {
    refuse("invalid", `At most ${MAX_REMOVED} people can be removed from a board: make it private instead.`, {
      field: "removed",
      limit: MAX_REMOVED,
    });
  }
  await forgetVisitor(ctx, boardId, userId);
  await forgetAsk(ctx, boardId, userId);
  await ctx.db.insert("visitors", { boardId, userId, removed: true, seenAt: Date.now(), role });
}

export async function forgetVisitor(ctx: MutationCtx, boardId: Id<"boards">, userId: Id<"users">): Promise<void> {
  const known = await visitorOf(ctx, boardId, userId);
  if (known !== null) await ctx.db.delete("visitors", known._id);
}
