/** Decides who is calling and what they may do. Every function uses it. */
import type { UserIdentity } from "convex/server";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { memberOf } from "./member";
import { cleanName, cleanPicture } from "./name";
import { refuse } from "./refuse";
import { atLeast, effectiveRole, type Role, seesHistory } from "./role";
import { visitorOf } from "./visitor";

export const GUEST_ISSUER = "https://guest.easel.invalid";
const RELAY_ISSUER = "https://relay.easel.invalid";

/**
 * A signed-in person, never the relay. @throws ConvexError `unauthenticated`, also for a session that is over or
 * incomplete
 */
export async function requireIdentity(ctx: QueryCtx): Promise<UserIdentity> {
  const identity = await ctx.auth.getUserIdentity();
  if (identity === null) refuse("unauthenticated", "Sign in first.");
  if (identity.issuer === RELAY_ISSUER) refuse("forbidden", "The relay may not call functions that act for a person.");
  if (identity.sts === "pending" || (await hasEnded(ctx, identity)))
    refuse("unauthenticated", "Your session has ended: sign in again.");
  return identity;
}

/**
 * A token may outlive its session, and an account's token the account. A guest's token ends only with its own session,
 * so that the guest's other devices stay signed in. Guests' tokens of earlier versions have no session, so they all end
 * together.
 */
async function hasEnded(ctx: QueryCtx, { issuer, sid, tokenIdentifier }: UserIdentity): Promise<boolean> {
  const session = typeof sid === "string" ? [sid] : [];
  for (const key of issuer === GUEST_ISSUER && session.length > 0 ? session : [...session, tokenIdentifier]) {
    if (await isOver(ctx, key)) return true;
  }
  return false;
}

/** Whether this session, or this person (`issuer|subject`), has ended. */
export async function isOver(ctx: QueryCtx, key: string): Promise<boolean> {
  const ended = ctx.db.query("ended").withIndex("by_key", (q) => q.eq("key", key));
  return (await ended.first()) !== null;
}

/** Admits the web process alone. @throws ConvexError `forbidden` */
export async function requireRelay(ctx: QueryCtx): Promise<void> {
  const identity = await ctx.auth.getUserIdentity();
  if (identity?.issuer !== RELAY_ISSUER) refuse("forbidden", "Only the relay may call this function.");
}

export async function findUser(ctx: QueryCtx): Promise<Doc<"users"> | null> {
  const { tokenIdentifier } = await requireIdentity(ctx);
  return await ctx.db
    .query("users")
    .withIndex("by_token_identifier", (q) => q.eq("tokenIdentifier", tokenIdentifier))
    .unique();
}

/** The caller's row, created with their first write. */
export async function requireUser(ctx: MutationCtx): Promise<Id<"users">> {
  const known = await findUser(ctx);
  if (known !== null) return known._id;
  const { tokenIdentifier, name, pictureUrl } = await requireIdentity(ctx);
  return await ctx.db.insert("users", {
    tokenIdentifier,
    name: cleanName(name) || "Guest",
    picture: cleanPicture(pictureUrl),
    seenAt: Date.now(),
    listed: true,
  });
}

/**
 * A board by the id in a URL; null if there is none, or if it was deleted, for good or into the trash. All functions
 * find boards with it; only those of the trash use boards that are gone.
 */
export async function liveBoard(ctx: QueryCtx, board: string): Promise<Doc<"boards"> | null> {
  const id = ctx.db.normalizeId("boards", board);
  const found = id && (await ctx.db.get("boards", id));
  return found && !found.removed && found.trashedAt === undefined ? found : null;
}

/** The same. @throws ConvexError `not_found`, also for an invalid id */
export async function findBoard(ctx: QueryCtx, board: string): Promise<Doc<"boards">> {
  return (await liveBoard(ctx, board)) ?? refuse("not_found", "There is no such board, or you have no access to it.");
}

/** A board in this person's trash; null for any other. */
export async function trashedOf(ctx: QueryCtx, board: string, owner: Id<"users">): Promise<Doc<"boards"> | null> {
  const id = ctx.db.normalizeId("boards", board);
  const found = id && (await ctx.db.get("boards", id));
  return found && !found.removed && found.trashedAt !== undefined && found.owner === owner ? found : null;
}

/** The same. @throws ConvexError `not_found` */
export async function findTrashed(ctx: QueryCtx, board: string, owner: Id<"users">): Promise<Doc<"boards">> {
  return (await trashedOf(ctx, board, owner)) ?? refuse("not_found", "There is no such board in your trash.");
}

/** For the web process alone: the id of an existing board. @throws ConvexError `forbidden`, `not_found` */
export async function relayedBoard(ctx: QueryCtx, board: string): Promise<Id<"boards">> {
  await requireRelay(ctx);
  return (await findBoard(ctx, board))._id;
}

/**
 * The board and the caller's role on it, which is at least `needed`.
 * @throws ConvexError `not_found` to strangers (the same as for a missing board), `forbidden` to those who may only
 * read
 */
export async function requireRole(
  ctx: QueryCtx,
  board: string,
  needed: Role,
): Promise<{ board: Doc<"boards">; role: Role; user: Doc<"users"> | null; member: Doc<"members"> | null }> {
  const user = await findUser(ctx);
  const { found, role, member } = await standing(ctx, board, user);
  if (found === null || role === null) refuse("not_found", "There is no such board, or you have no access to it.");
  if (!atLeast(role, needed)) refuse("forbidden", `This needs the role ${needed}: your role is ${role}.`);
  return { board: found, role, user, member };
}

/**
 * The same for whoever may also see what was on the board before: see model/role.ts. @throws ConvexError `not_found`, `forbidden`
 */
export async function requireHistory(ctx: QueryCtx, board: string) {
  const found = await requireRole(ctx, board, "viewer");
  if (!seesHistory(found.member?.role ?? null, found.board))
    refuse("forbidden", "You can see this board, but its owner does not show you its history.");
  return found;
}

/**
 * A board, and a person's role on it. It reads as many rows if there is no such board, so that timing reveals nothing.
 */
export async function standing(
  ctx: QueryCtx,
  board: string,
  user: Doc<"users"> | null,
): Promise<{ found: Doc<"boards"> | null; role: Role | null; member: Doc<"members"> | null }> {
  const id = ctx.db.normalizeId("boards", board);
  const found = await liveBoard(ctx, board);
  const member = id && user && (await memberOf(ctx, id, user._id));
  const visitor = id && user && !member ? await visitorOf(ctx, id, user._id) : null;
  if (found === null) return { found: null, role: null, member: null };
  return { found, role: effectiveRole(visitor?.removed ? "removed" : (member?.role ?? null), found), member };
}
