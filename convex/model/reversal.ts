/** An undo or redo of a person's latest change on a board. */
import { type ObjectType, v } from "convex/values";
import type { Doc } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { type Edit, liveOf, MAX_READ, opsOf } from "./apply";
import { begin, refuseReuse } from "./edit";
import * as history from "./history";
import { append, findChange } from "./log";
import { leftBy, opId } from "./op";
import { findOperation } from "./operation";
import { KEPT, revert } from "./revert";

export const reversal = { board: v.string(), changeId: v.string(), continues: v.optional(v.string()) };
export type Reversal = ObjectType<typeof reversal>;
export const reverted = v.union(
  v.null(),
  v.object({
    ts: v.commitTs(),
    undoes: v.string(),
    kept: v.array(v.string()),
    shapes: v.array(v.string()), // that came back, or changed back
    more: v.boolean(), // part of the gesture is left to take back
    repeated: v.boolean(),
  }),
);

/** Null if there is nothing left to take back. */
export async function takeBack(ctx: MutationCtx, args: Reversal, redo: boolean) {
  const { edit, first } = await begin(ctx, args.board, args.changeId);
  if (first !== null) return await answerAgain(ctx, edit, first, redo);
  if (await foundNothing(ctx, edit, nameOf(redo))) return null;
  const row = await history.top(ctx, edit, redo);
  if (row === null) {
    await noteNothing(ctx, edit, nameOf(redo));
    return null;
  }
  const effects = await revertAll(ctx, edit, row);
  const kept = effects.filter((effect) => effect.kept).map(({ id }) => id);
  const entry = await history.after(ctx, edit, row, redo);
  const more = isMore(row, entry.next && (await ctx.db.get("changes", entry.next)));
  const { boardId, author, changeId } = edit;
  const { changeId: undoes } = row;
  const reversed = { boardId, author, changeId, digest: "", ops: opsOf(effects), undoes, redo, kept, ...entry };
  const made = await append(ctx, { ...reversed, continues: args.continues }, liveOf(effects));
  await history.keep(ctx, edit, redo, made, entry);
  return { ts: ctx.db.vars.commitTs, undoes, kept, shapes: leftBy(reversed.ops), more, repeated: false };
}

/** Takes back the last op first. Once it has read too many bytes, it leaves the other shapes as they are. */
export async function revertAll(ctx: MutationCtx, edit: Edit, row: Doc<"changes">) {
  const effects = [];
  for (const op of row.ops.toReversed()) {
    const room = (await ctx.meta.getTransactionMetrics()).bytesRead.used <= MAX_READ;
    effects.push({ id: opId(op), ...(room ? await revert(ctx, edit, op) : KEPT) });
  }
  return effects;
}

async function answerAgain(ctx: QueryCtx, edit: Edit, first: Doc<"changes">, redo: boolean) {
  const { author, ts, undoes, kept = [] } = first;
  if (author !== edit.author || undoes === undefined || (first.redo ?? false) !== redo) refuseReuse();
  const taken = await findChange(ctx, edit.boardId, undoes);
  const more = taken !== null && isMore(taken, await history.top(ctx, edit, redo));
  return { ts, undoes, kept, shapes: leftBy(first.ops), more, repeated: true };
}

/** Whether `next`, the row that the next undo takes back, is an earlier part of the same gesture. */
function isMore(taken: Doc<"changes">, next: Doc<"changes"> | null): boolean {
  return taken.continues !== undefined && next?.changeId === taken.continues;
}

/**
 * Whether this undo was answered with "nothing" before. A repetition must not take back a change that was made since.
 */
export async function foundNothing(ctx: QueryCtx, edit: Edit, name: string): Promise<boolean> {
  const before = await findOperation(ctx, edit.author, nothingId(edit));
  if (before !== null && before.answer !== name) refuseReuse();
  return before !== null;
}

export async function noteNothing(ctx: MutationCtx, edit: Edit, name: string): Promise<void> {
  await ctx.db.insert("operations", { userId: edit.author, operationId: nothingId(edit), answer: name });
}

/** The slash keeps it apart from the ids of callers. */
function nothingId({ boardId, changeId }: Edit): string {
  return `${boardId}/${changeId}`;
}

function nameOf(redo: boolean): string {
  return redo ? "redo" : "undo";
}
