/** Roles and visibility, and which role somebody has by what the board allows now. */
import { type Infer, v } from "convex/values";

/** What an owner may give. A board has one owner, who gives it away as a whole: see members.ts. */
export const givenRole = v.union(v.literal("editor"), v.literal("commenter"), v.literal("viewer"));
export type GivenRole = Infer<typeof givenRole>;

export const role = v.union(v.literal("owner"), ...givenRole.members);
export type Role = Infer<typeof role>;

export const visibility = v.union(v.literal("private"), v.literal("link-view"), v.literal("link-edit"));
type Visibility = Infer<typeof visibility>;

const RANK: Record<Role, number> = { viewer: 0, commenter: 1, editor: 2, owner: 3 };
const LINK_ROLE: Record<Visibility, Role | null> = { private: null, "link-view": "viewer", "link-edit": "editor" };

/**
 * The role that a member was given, whatever the link gives; else the link's; null is a stranger, and who was removed. While
 * the owner presents, all others look on.
 */
export function effectiveRole(
  member: Role | "removed" | null,
  board: { visibility: Visibility; presenting?: boolean },
): Role | null {
  if (member === "removed") return null;
  const held = member ?? LINK_ROLE[board.visibility];
  return board.presenting && held !== null && held !== "owner" ? "viewer" : held;
}

export function atLeast(held: Role, needed: Role): boolean {
  return RANK[held] >= RANK[needed];
}
