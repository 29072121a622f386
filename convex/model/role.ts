/** Roles and visibility, and the role that somebody has on a board at this moment. */
import { type Infer, v } from "convex/values";

/** The roles that an owner may give to others. Each board has one owner: see members.ts. */
export const givenRole = v.union(v.literal("editor"), v.literal("commenter"), v.literal("viewer"));
export type GivenRole = Infer<typeof givenRole>;

export const role = v.union(v.literal("owner"), ...givenRole.members);
export type Role = Infer<typeof role>;

export const visibility = v.union(v.literal("private"), v.literal("link-view"), v.literal("link-edit"));
type Visibility = Infer<typeof visibility>;

const RANK: Record<Role, number> = { viewer: 0, commenter: 1, editor: 2, owner: 3 };
const LINK_ROLE: Record<Visibility, Role | null> = { private: null, "link-view": "viewer", "link-edit": "editor" };

/**
 * A member's own role, even if the link gives more or less; for everybody else the link's role; null for strangers and
 * removed people. While the owner presents, all others are viewers.
 */
export function effectiveRole(
  member: Role | "removed" | null,
  board: { visibility: Visibility; presenting?: boolean },
): Role | null {
  if (member === "removed") return null;
  const held = member ?? LINK_ROLE[board.visibility];
  return board.presenting && held !== null && held !== "owner" ? "viewer" : held;
}

/**
 * Whether a person who may see the board also sees what was on it before. An editor by the link is no member, and a
 * member stays an editor here while the owner presents.
 */
export function seesHistory(member: Role | null, board: { historyOpen?: boolean }): boolean {
  return board.historyOpen === true || (member !== null && atLeast(member, "editor"));
}

export function atLeast(held: Role, needed: Role): boolean {
  return RANK[held] >= RANK[needed];
}
