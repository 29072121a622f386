export type Role = "owner" | "editor" | "commenter" | "viewer";

/** Whether somebody with this role may change the board. */
export function edits(role: string | undefined) {
  return role === "owner" || role === "editor";
}
