/**
 * Notes when a board was last edited, and by whom, for people's lists. The first change of a minute schedules it (see
 * model/edit.ts), and it schedules itself as long as people draw. So drawing writes only to the log.
 */
import { v } from "convex/values";
import { internal } from "./_generated/api";
import { internalMutation } from "./_generated/server";
import { noteEdited } from "./model/card";
import { EDIT_NOTED } from "./model/edit";

const SLACK = 5_000; // ms; a second one that was scheduled meanwhile ends

export const note = internalMutation({
  args: { board: v.id("boards"), now: v.optional(v.number()) },
  returns: v.null(),
  handler: async (ctx, { board, now }) => {
    const found = await ctx.db.get("boards", board);
    const editedAt = now ?? Date.now();
    if (!found || found.removed || editedAt - (found.editedAt ?? 0) < EDIT_NOTED - SLACK) return null;
    const last = await ctx.db
      .query("changes")
      .withIndex("by_board_and_ts", (q) => q.eq("boardId", board))
      .order("desc")
      .first();
    if (last === null || last._creationTime <= (found.editedAt ?? 0)) return null; // nobody has drawn since
    await ctx.db.patch("boards", board, { editedAt, editedBy: last.author });
    await noteEdited(ctx, board, editedAt, last);
    await ctx.scheduler.runAfter(EDIT_NOTED, internal.edits.note, { board });
    return null;
  },
});
