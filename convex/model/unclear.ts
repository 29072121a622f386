/**
 * The owner brings back what somebody has cleared from the board. Undo cannot do that, since it takes back one's own
 * changes. What is brought back is a change of the owner's, so the owner can undo it.
 */
import type { MutationCtx } from "../_generated/server";
import { liveOf, opsOf } from "./apply";
import { begin, refuseReuse } from "./edit";
import { unfolded } from "./folded";
import { append, findChange } from "./log";
import { leftBy } from "./op";
import { refuse } from "./refuse";
import { foundNothing, noteNothing, type Reversal, revertAll } from "./reversal";

const NAME = "unclear";

/** Brings back one part: a large board is cleared in several. Null if there is nothing left to bring back. */
export async function bringBack(ctx: MutationCtx, { board, changeId, continues }: Reversal) {
  const { edit, first } = await begin(ctx, board, changeId);
  if (edit.role !== "owner") refuse("forbidden", "Only the owner can bring back what others have cleared.");
  const { cleared } = (await ctx.db.get("boards", edit.boardId))!;
  if (first !== null) {
    if (first.author !== edit.author || first.digest !== NAME) refuseReuse();
    const { ts, ops, kept = [], brings = "" } = first;
    return { ts, undoes: brings, kept, shapes: leftBy(ops), more: cleared !== undefined, repeated: true };
  }
  if (await foundNothing(ctx, edit, NAME)) return null;
  const row = cleared === undefined ? null : await unfolded(ctx, await findChange(ctx, edit.boardId, cleared));
  if (row === null) {
    await noteNothing(ctx, edit, NAME);
    return null;
  }
  const before = row.continues === undefined ? null : await findChange(ctx, edit.boardId, row.continues);
  const more = before?.clears === true;
  await ctx.db.patch("boards", edit.boardId, { cleared: more ? before?.changeId : undefined });
  const effects = await revertAll(ctx, edit, row);
  const kept = effects.filter((effect) => effect.kept).map(({ id }) => id);
  const { boardId, author } = edit;
  const made = { boardId, author, changeId, digest: NAME, ops: opsOf(effects), kept, brings: row.changeId, continues };
  await append(ctx, made, liveOf(effects));
  const shapes = leftBy(made.ops);
  return { ts: ctx.db.vars.commitTs, undoes: row.changeId, kept, shapes, more, repeated: false };
}
