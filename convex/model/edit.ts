/** Starts a change of a board's drawing. */
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { requireRole, requireUser } from "./access";
import type { Edit } from "./apply";
import { findChange } from "./log";
import { refuse } from "./refuse";

/** How often edits.ts notes the last edit of a board, in ms. */
export const EDIT_NOTED = 60_000;

/** Checks that the caller may edit, and finds the row that this change id made before. */
export async function begin(
  ctx: MutationCtx,
  board: string,
  changeId: string,
): Promise<{ edit: Edit; first: Doc<"changes"> | null }> {
  const { board: found, user, role } = await requireRole(ctx, board, "editor");
  const author: Id<"users"> = user?._id ?? (await requireUser(ctx));
  await noteSoon(ctx, found);
  const first = await findChange(ctx, found._id, changeId);
  return { edit: { boardId: found._id, author, role, changeId }, first };
}

/** Has the list of boards say soon that somebody has edited this one. */
export async function noteSoon(ctx: MutationCtx, board: Doc<"boards">): Promise<void> {
  if (Date.now() - (board.editedAt ?? 0) >= EDIT_NOTED)
    await ctx.scheduler.runAfter(0, internal.edits.note, { board: board._id });
}

export function refuseReuse(): never {
  refuse("conflict", "This changeId was already used for another change: choose a new one.", { field: "changeId" });
}
