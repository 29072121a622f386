/** Invitations: a link that adds people to a board until it expires, is used up or is revoked. */
import { v } from "convex/values";
import type { Doc } from "./_generated/dataModel";
import { type MutationCtx, mutation, query } from "./_generated/server";
import { findBoard, requireRole, requireUser } from "./model/access";
import { checkSha256, sha256 } from "./model/digest";
import { expireAt } from "./model/expiry";
import { findInvite, invitesOf, MAX_INVITES, usedUp } from "./model/invite";
import { admit } from "./model/member";
import { once } from "./model/operation";
import { room, spend } from "./model/rate";
import { refuse } from "./model/refuse";
import { givenRole, role } from "./model/role";
import { visitorOf } from "./model/visitor";

const MAX_LIFE = 365 * 24 * 60 * 60 * 1000; // ms
const MAX_USES = 1_000;

const invite = v.object({
  id: v.id("invites"),
  role: givenRole,
  expiresAt: v.number(),
  uses: v.number(),
  maxUses: v.union(v.number(), v.null()),
});

/**
 * `hash` is the SHA-256 of the token, in hex; `life` in ms. `repeated`: an earlier call made it, with that call's
 * token.
 */
export const create = mutation({
  args: {
    operationId: v.string(),
    board: v.string(),
    hash: v.string(),
    role: givenRole,
    life: v.number(),
    maxUses: v.optional(v.number()),
  },
  returns: invite.extend({ repeated: v.boolean() }),
  handler: async (ctx, { operationId, board, ...asked }) => {
    const createdBy = await requireUser(ctx);
    let repeated = true;
    const { hash: _, ...same } = asked; // a repeated request comes with a new token
    const made = await once(ctx, createdBy, "invites:create", { operationId, board, ...same }, async () => {
      repeated = false;
      await spend(ctx, "invites", createdBy);
      const { board: found } = await requireRole(ctx, board, "owner");
      check(asked);
      await makeRoom(ctx, found);
      const { life, ...rest } = asked;
      const row = { ...rest, boardId: found._id, expiresAt: Date.now() + life, uses: 0, createdBy };
      const made = await ctx.db.insert("invites", row);
      await expireAt(ctx, "invites", made, row.expiresAt);
      return made;
    });
    const id = ctx.db.normalizeId("invites", made ?? "");
    const row = id && (await ctx.db.get("invites", id));
    if (!row)
      refuse("conflict", "This operationId was already used, and its invitation is gone: choose a new one.", {
        field: "operationId",
      });
    return { ...publicInvite(row), repeated };
  },
});

export const list = query({
  args: { board: v.string() },
  returns: v.array(invite),
  handler: async (ctx, args) => {
    const { board } = await requireRole(ctx, args.board, "owner");
    return (await invitesOf(ctx, board._id)).map(publicInvite);
  },
});

/** Ends the invitation. People who accepted it stay on the board. */
export const revoke = mutation({
  args: { operationId: v.string(), board: v.string(), invite: v.string() },
  returns: v.null(),
  handler: async (ctx, args) => {
    const user = await requireUser(ctx);
    await once(ctx, user, "invites:revoke", args, async () => {
      await spend(ctx, "edits", user);
      const { board } = await requireRole(ctx, args.board, "owner");
      const id = ctx.db.normalizeId("invites", args.invite);
      const row = id && (await ctx.db.get("invites", id));
      if (!row || row.boardId !== board._id) refuse("not_found", "There is no such invitation on this board.");
      await ctx.db.delete("invites", row._id);
      return undefined;
    });
    return null;
  },
});

/**
 * Adds the caller to the board, unless they were removed from it after the invitation was made. The argument is the
 * token, since the stored hash alone must open nothing. Null for an invalid token: a thrown refusal would undo the
 * count of wrong tokens.
 */
export const redeem = mutation({
  args: { operationId: v.string(), token: v.string() },
  returns: v.union(v.null(), v.object({ board: v.id("boards"), role })),
  handler: async (ctx, { operationId, token }) => {
    const user = await requireUser(ctx);
    const boardId = await once(ctx, user, "invites:redeem", { operationId, token }, async () => {
      await spend(ctx, "edits", user);
      const countGuess = await room(ctx, "guesses", user);
      const row = await findInvite(ctx, await sha256(token));
      if (row === null || row.expiresAt <= Date.now() || usedUp(row)) {
        await countGuess();
        return undefined;
      }
      const board = await findBoard(ctx, row.boardId);
      const visitor = await visitorOf(ctx, board._id, user);
      if (visitor?.removed && row._creationTime <= visitor._creationTime) {
        refuse("forbidden", "The owner removed you from this board after this invitation was made: ask for a new one.");
      }
      const joined = await admit(ctx, board, user, row.role);
      if (joined) await ctx.db.patch("invites", row._id, { uses: row.uses + 1 });
      return row.boardId;
    });
    if (boardId === undefined) return null;
    const { board, role } = await requireRole(ctx, boardId, "viewer");
    return { board: board._id, role };
  },
});

function check({ hash, life, maxUses }: { hash: string; life: number; maxUses?: number }): void {
  checkSha256(hash, "hash");
  if (!(life > 0 && life <= MAX_LIFE)) {
    refuse("invalid", "expiresIn must be more than 0 and at most 365 days.", {
      field: "expiresIn",
      limit: MAX_LIFE / 1000,
    });
  }
  if (maxUses !== undefined && !(Number.isInteger(maxUses) && maxUses >= 1 && maxUses <= MAX_USES)) {
    refuse("invalid", `maxUses must be a whole number from 1 to ${MAX_USES}.`, { field: "maxUses", limit: MAX_USES });
  }
}

/** Deletes invitations that nobody can use any more. @throws ConvexError `invalid` */
async function makeRoom(ctx: MutationCtx, board: Doc<"boards">): Promise<void> {
  const rows = await invitesOf(ctx, board._id);
  const over = rows.filter((row) => row.expiresAt <= Date.now() || usedUp(row));
  for (const row of over) await ctx.db.delete("invites", row._id);
  if (rows.length - over.length >= MAX_INVITES) {
    refuse("invalid", `A board can have at most ${MAX_INVITES} invitations at a time: revoke one first.`, {
      field: "invites",
      limit: MAX_INVITES,
    });
  }
}

function publicInvite({ _id, role, expiresAt, uses, maxUses }: Doc<"invites">) {
  return { id: _id, role, expiresAt, uses, maxUses: maxUses ?? null };
}
