/** The rows of a board's members. */
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { forgetAsk } from "./ask";
import { addCard } from "./card";
import { refuse } from "./refuse";
import { atLeast, type Role } from "./role";
import { forgetVisitor } from "./visitor";

const MAX_MEMBERS = 1_000; // a board

export async function membersOf(ctx: QueryCtx, boardId: Id<"boards">): Promise<Doc<"members">[]> {
  return await ctx.db
    .query("members")
    .withIndex("by_board_and_user", (q) => q.eq("boardId", boardId))
    .take(MAX_MEMBERS);
}

export async function memberOf(
  ctx: QueryCtx,
  boardId: Id<"boards">,
  userId: Id<"users">,
): Promise<Doc<"members"> | null> {
  return await ctx.db
    .query("members")
    .withIndex("by_board_and_user", (q) => q.eq("boardId", boardId).eq("userId", userId))
    .unique();
}

/** A member by the id in a URL. @throws ConvexError `not_found`, also for an invalid id */
export async function findMember(ctx: QueryCtx, boardId: Id<"boards">, user: string): Promise<Doc<"members">> {
  const userId = ctx.db.normalizeId("users", user);
  const member = userId && (await memberOf(ctx, boardId, userId));
  if (!member) refuse("not_found", "This person is not on the board.");
  return member;
}

/**
 * Adds a member, or raises their role, never lowers it. True if it changed. The caller checks removed people. @throws
 * ConvexError `invalid`
 */
export async function admit(ctx: MutationCtx, board: Doc<"boards">, userId: Id<"users">, role: Role): Promise<boolean> {
  const member = await memberOf(ctx, board._id, userId);
  if (member !== null) {
    if (atLeast(member.role, role)) return false;
    await ctx.db.patch("members", member._id, { role });
    return true;
  }
  if ((await membersOf(ctx, board._id)).length >= MAX_MEMBERS) {
    refuse("invalid", `A board can have at most ${MAX_MEMBERS} members.`, { field: "members", limit: MAX_MEMBERS });
  }
  await forgetVisitor(ctx, board._id, userId);
  await forgetAsk(ctx, board._id, userId);
  await ctx.db.insert("members", { boardId: board._id, userId, role });
  await addCard(ctx, board, userId);
  return true;
}
