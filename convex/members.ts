/** The members of a board. It always has exactly one owner, who can give it away. */
import { v } from "convex/values";
import type { Id } from "./_generated/dataModel";
import { mutation, type QueryCtx, query } from "./_generated/server";
import { requireRole, requireUser } from "./model/access";
import { askOf, asksOf } from "./model/ask";
import { creatorOf, dropCard, noteOpened, setOwn } from "./model/card";
import { admit, findMember, memberOf, membersOf } from "./model/member";
import { once } from "./model/operation";
import { spend } from "./model/rate";
import { refuse } from "./model/refuse";
import { givenRole, role } from "./model/role";
import { markRemoved, noteVisit, visitorOf, visitorsOf } from "./model/visitor";

/**
 * For members only: visitors by link see who is present, not who is a member. The roles do not depend on presenting.
 */
export const list = query({
  args: { board: v.string() },
  returns: v.array(v.object({ user: v.id("users"), name: v.string(), role, you: v.boolean() })),
  handler: async (ctx, args) => {
    const { board, member } = await requireRole(ctx, args.board, "viewer");
    if (member === null) refuse("forbidden", "Only members of this board can see its members.");
    const people = (await membersOf(ctx, board._id)).map(async ({ userId, role }) => {
      return { user: userId, name: await nameOf(ctx, userId), role, you: userId === member.userId };
    });
    return await Promise.all(people);
  },
});

/** For the owner: visitors by link, latest first; removed people with their former roles; requests for access. */
export const others = query({
  args: { board: v.string() },
  returns: v.object({
    visitors: v.array(v.object({ user: v.id("users"), name: v.string(), seenAt: v.number() })),
    removed: v.array(v.object({ user: v.id("users"), name: v.string(), role: v.union(givenRole, v.null()) })),
    asking: v.array(v.object({ user: v.id("users"), name: v.string() })),
  }),
  handler: async (ctx, args) => {
    const { board } = await requireRole(ctx, args.board, "owner");
    const named = async (removed: boolean) =>
      await Promise.all(
        (await visitorsOf(ctx, board._id, removed)).map(async (row) => ({
          ...row,
          name: await nameOf(ctx, row.userId),
        })),
      );
    const visitors = (await named(false)).map(({ userId, name, seenAt }) => ({ user: userId, name, seenAt }));
    const removed = (await named(true)).map(({ userId, name, role = null }) => ({ user: userId, name, role }));
    const asks = (await asksOf(ctx, board._id)).map(async ({ userId }) => ({
      user: userId,
      name: await nameOf(ctx, userId),
    }));
    return { visitors, removed, asking: await Promise.all(asks) };
  },
});

/** Notes that the caller has opened the board, for their list, and so that the owner sees visitors. Safe to repeat. */
export const visit = mutation({
  args: { board: v.string() },
  returns: v.null(),
  handler: async (ctx, args) => {
    const { board, member } = await requireRole(ctx, args.board, "viewer");
    const user = await requireUser(ctx);
    if (member === null) await noteVisit(ctx, board._id, user);
    await noteOpened(ctx, board, user);
    return null;
  },
});

/**
 * Sets the role of a member, a visitor by link, a person who asked for access, or a removed person, who may then
 * return.
 */
export const setRole = mutation({
  args: { operationId: v.string(), board: v.string(), user: v.string(), role: givenRole },
  returns: v.null(),
  handler: async (ctx, args) => {
    const caller = await requireUser(ctx);
    await once(ctx, caller, "members:setRole", args, async () => {
      await spend(ctx, "edits", caller);
      const { board } = await requireRole(ctx, args.board, "owner");
      const user = await findPerson(ctx, board._id, args.user);
      const member = await memberOf(ctx, board._id, user);
      if (member?.role === "owner")
        refuse("conflict", "The owner's role cannot be changed: give the board to another member first.");
      if (member) await ctx.db.patch("members", member._id, { role: args.role });
      else await admit(ctx, board, user, args.role);
      return undefined;
    });
    return null;
  },
});

/**
 * Removes a person from the board. The owner may remove everybody else, member or not; they stay out until the owner
 * lets them in again. Other members may remove themselves, and return by the link.
 */
export const remove = mutation({
  args: { operationId: v.string(), board: v.string(), user: v.string() },
  returns: v.null(),
  handler: async (ctx, args) => {
    const caller = await requireUser(ctx);
    await once(ctx, caller, "members:remove", args, async () => {
      await spend(ctx, "edits", caller);
      const leaving = ctx.db.normalizeId("users", args.user) === caller;
      const { board } = await requireRole(ctx, args.board, leaving ? "viewer" : "owner");
      const user = leaving
        ? (await findMember(ctx, board._id, args.user)).userId
        : await findPerson(ctx, board._id, args.user);
      const member = await memberOf(ctx, board._id, user);
      if (member?.role === "owner")
        refuse("conflict", "The owner cannot leave: give the board to another member first.");
      if ((await visitorOf(ctx, board._id, user))?.removed) refuse("not_found", "This person is not on the board.");
      if (member) await ctx.db.delete("members", member._id);
      await dropCard(ctx, board._id, user);
      if (!leaving) await markRemoved(ctx, board._id, user, member?.role);
      return undefined;
    });
    return null;
  },
});

/** Gives the board to another person on it. The former owner stays as an editor. */
export const transfer = mutation({
  args: { operationId: v.string(), board: v.string(), user: v.string() },
  returns: v.null(),
  handler: async (ctx, args) => {
    const caller = await requireUser(ctx);
    await once(ctx, caller, "members:transfer", args, async () => {
      await spend(ctx, "edits", caller);
      const { board, member: before } = await requireRole(ctx, args.board, "owner");
      const next = await findMember(ctx, board._id, args.user);
      if (next.role === "owner") return undefined;
      await ctx.db.patch("members", before!._id, { role: "editor" });
      await ctx.db.patch("members", next._id, { role: "owner" });
      await ctx.db.patch("boards", board._id, { owner: next.userId, creator: creatorOf(board) });
      await setOwn(ctx, board._id, caller, false);
      await setOwn(ctx, board._id, next.userId, true);
      return undefined;
    });
    return null;
  },
});

async function nameOf(ctx: QueryCtx, user: Id<"users">): Promise<string> {
  return (await ctx.db.get("users", user))?.name ?? "Guest";
}

/** A person in the owner's list. @throws ConvexError `not_found`, also for an invalid id */
async function findPerson(ctx: QueryCtx, boardId: Id<"boards">, user: string): Promise<Id<"users">> {
  const id = ctx.db.normalizeId("users", user);
  const known =
    id &&
    ((await memberOf(ctx, boardId, id)) ?? (await visitorOf(ctx, boardId, id)) ?? (await askOf(ctx, boardId, id)));
  return known ? known.userId : refuse("not_found", "This person is not on the board.");
}
