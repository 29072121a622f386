/** The people on a board. One of them owns it, always: a board is given away, never left without an owner. */
import { v } from "convex/values";
import { mutation, query } from "./_generated/server";
import { requireRole, requireUser } from "./model/access";
import { findMember, membersOf } from "./model/member";
import { once } from "./model/operation";
import { refuse } from "./model/refuse";
import { givenRole, role } from "./model/role";

/** For members only: who came by the link sees who is here, not who is on the board. Roles are as given. */
export const list = query({
  args: { board: v.string() },
  returns: v.array(v.object({ user: v.id("users"), name: v.string(), role, you: v.boolean() })),
  handler: async (ctx, args) => {
    const { board, member } = await requireRole(ctx, args.board, "viewer");
    if (member === null) refuse("forbidden", "only the people on this board see who they are");
    const people = (await membersOf(ctx, board._id)).map(async ({ userId, role }) => {
      const user = await ctx.db.get("users", userId);
      return { user: userId, name: user?.name ?? "Guest", role, you: userId === member.userId };
    });
    return await Promise.all(people);
  },
});

export const setRole = mutation({
  args: { operationId: v.string(), board: v.string(), user: v.string(), role: givenRole },
  returns: v.null(),
  handler: async (ctx, args) => {
    await once(ctx, await requireUser(ctx), args.operationId, async () => {
      const { board } = await requireRole(ctx, args.board, "owner");
      const member = await findMember(ctx, board._id, args.user);
      if (member.role === "owner") refuse("conflict", "the owner stays the owner until the board is given away");
      await ctx.db.patch("members", member._id, { role: args.role });
      return undefined;
    });
    return null;
  },
});

/** Takes somebody off the board: the owner anybody else, everybody else themselves. */
export const remove = mutation({
  args: { operationId: v.string(), board: v.string(), user: v.string() },
  returns: v.null(),
  handler: async (ctx, args) => {
    const caller = await requireUser(ctx);
    await once(ctx, caller, args.operationId, async () => {
      const leaving = ctx.db.normalizeId("users", args.user) === caller;
      const { board } = await requireRole(ctx, args.board, leaving ? "viewer" : "owner");
      const member = await findMember(ctx, board._id, args.user);
      if (member.role === "owner") refuse("conflict", "the owner cannot leave: give the board to somebody first");
      await ctx.db.delete("members", member._id);
      return undefined;
    });
    return null;
  },
});

/** Gives the board to one of its people. The owner until now stays on it as an editor. */
export const transfer = mutation({
  args: { operationId: v.string(), board: v.string(), user: v.string() },
  returns: v.null(),
  handler: async (ctx, args) => {
    await once(ctx, await requireUser(ctx), args.operationId, async () => {
      const { board, member: before } = await requireRole(ctx, args.board, "owner");
      const next = await findMember(ctx, board._id, args.user);
      if (next.role === "owner") return undefined;
      await ctx.db.patch("members", before!._id, { role: "editor" });
      await ctx.db.patch("members", next._id, { role: "owner" });
      await ctx.db.patch("boards", board._id, { owner: next.userId });
      return undefined;
    });
    return null;
  },
});
