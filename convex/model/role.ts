/** Roles and visibility, and which role a visibility grants to somebody who is not a member. */
import { Infer, v } from "convex/values";

export const role = v.union(v.literal("owner"), v.literal("editor"), v.literal("commenter"), v.literal("viewer"));
export type Role = Infer<typeof role>;

export const visibility = v.union(v.literal("private"), v.literal("link-view"), v.literal("link-edit"));
export type Visibility = Infer<typeof visibility>;

const RANK: Record<Role, number> = { viewer: 0, commenter: 1, editor: 2, owner: 3 };
const LINK_ROLE: Record<Visibility, Role | null> = { private: null, "link-view": "viewer", "link-edit": "editor" };

/** The better of a member's role and the link's; null is a stranger. */
export function effectiveRole(member: Role | null, link: Visibility): Role | null {
  const linked = LINK_ROLE[link];
  if (member === null || linked === null) return member ?? linked;
  return RANK[member] >= RANK[linked] ? member : linked;
}

export function atLeast(held: Role, needed: Role): boolean {
  return RANK[held] >= RANK[needed];
}
