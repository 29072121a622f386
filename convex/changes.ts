/** Changes to drawings: one atomic mutation for each gesture, which may be sent repeatedly. */
import { type ObjectType, v } from "convex/values";
import type { Doc, Id } from "./_generated/dataModel";
import { type MutationCtx, mutation, type QueryCtx, query } from "./_generated/server";
import { requireRole, requireUser } from "./model/access";
import * as apply from "./model/apply";
import { digest } from "./model/digest";
import * as history from "./model/history";
import { append, changes, findChange, readAfter } from "./model/log";
import { opId } from "./model/op";
import { findOperation } from "./model/operation";
import { resolve } from "./model/order";
import { bounded, refuse, refuseTooMuch } from "./model/refuse";
import { KEPT, revert } from "./model/revert";
import { type Place, patchIn, shapeIn } from "./model/shape";

const MAX_OPERATIONS = 200; // a change
/** Bytes that a change reads. Its undo reads up to five rows of the log more, and a function at most 16 MiB. */
const MAX_READ = 11 * 1024 * 1024;

const change = {
  board: v.string(),
  changeId: v.string(),
  put: v.array(shapeIn),
  patch: v.array(v.object({ id: v.string(), set: patchIn })),
  remove: v.array(v.string()),
  continues: v.optional(v.string()),
  // Lines that let go of what this removes, as they were seen. No part of the request: a repeat may know of none.
  loosen: v.optional(v.array(v.object({ id: v.string(), set: patchIn }))),
};
const committed = v.object({ ts: v.commitTs(), repeated: v.boolean() });
const reversal = { board: v.string(), changeId: v.string(), continues: v.optional(v.string()) };
type Change = ObjectType<typeof change>;
type Reversal = ObjectType<typeof reversal>;
const reverted = v.union(
  v.null(),
  v.object({
    ts: v.commitTs(),
    undoes: v.string(),
    kept: v.array(v.string()),
    more: v.boolean(), // the rest of the gesture is left to take back
    repeated: v.boolean(),
  }),
);

export const commit = mutation({
  args: change,
  returns: committed,
  handler: bounded(async (ctx: MutationCtx, { board, changeId, loosen = [], ...request }: Change) => {
    const { edit, first } = await begin(ctx, board, changeId);
    const sum = await digest(request);
    if (first !== null) {
      if (first.author !== edit.author || first.digest !== sum) refuseReuse();
      return { ts: first.ts, repeated: true };
    }
    checkOperations(request);
    if (loosen.length > 0)
      checkOperations({ put: [], patch: [...request.put, ...request.patch, ...loosen], remove: request.remove }, 2);
    const patches = request.patch.map(({ id, set }) => ({ id, z: set.z }));
    const zs = await resolve(ctx, edit.boardId, [...request.put, ...patches]);
    const effects: apply.Effect[] = [];
    for (const [i, shape] of request.put.entries())
      effects.push(await apply.put(ctx, edit, placed(shape, shape.id, zs), i));
    for (const [i, { id, set }] of request.patch.entries()) {
      effects.push(await apply.patch(ctx, edit, { id, set: placed(set, id, zs) }, i));
    }
    for (const [i, { id, set }] of loosen.entries())
      effects.push(await apply.patch(ctx, edit, { id, set: placed(set, id, zs) }, i));
    for (const [i, id] of request.remove.entries()) effects.push(await apply.remove(ctx, edit, id, i));
    if ((await ctx.meta.getTransactionMetrics()).bytesRead.used > MAX_READ) refuseTooMuch();
    const row = { boardId: edit.boardId, author: edit.author, changeId, digest: sum, ops: opsOf(effects) };
    await append(ctx, { ...row, continues: request.continues }, liveOf(effects));
    return { ts: ctx.db.vars.commitTs, repeated: false };
  }),
});

/** Undoes the caller's latest change on this board; null if there is nothing left to undo. */
export const undo = mutation({
  args: reversal,
  returns: reverted,
  handler: bounded((ctx: MutationCtx, args: Reversal) => takeBack(ctx, args, false)),
});

export const redo = mutation({
  args: reversal,
  returns: reverted,
  handler: bounded((ctx: MutationCtx, args: Reversal) => takeBack(ctx, args, true)),
});

export const list = query({
  args: { board: v.string(), after: v.int64() },
  returns: changes,
  handler: async (ctx, { board, after }) => {
    const { board: found } = await requireRole(ctx, board, "viewer");
    const { changes, more } = await readAfter(ctx, found._id, after);
    return { changes, more };
  },
});

async function takeBack(ctx: MutationCtx, args: Reversal, redo: boolean) {
  const { edit, first } = await begin(ctx, args.board, args.changeId);
  if (first !== null) return await answerAgain(ctx, edit, first, redo);
  if (await foundNothing(ctx, edit, redo)) return null;
  const row = await history.top(ctx, edit, redo);
  if (row === null) {
    await noteNothing(ctx, edit, redo);
    return null;
  }
  const effects = await revertAll(ctx, edit, row);
  const kept = effects.filter((effect) => effect.kept).map(({ id }) => id);
  const told = await history.after(ctx, edit, row, redo);
  const more = isMore(row, told.next && (await ctx.db.get("changes", told.next)));
  const { boardId, author, changeId } = edit;
  const { changeId: undoes } = row;
  const reversed = { boardId, author, changeId, digest: "", ops: opsOf(effects), undoes, redo, kept, ...told };
  const made = await append(ctx, { ...reversed, continues: args.continues }, liveOf(effects));
  await history.keep(ctx, edit, redo, made, told);
  return { ts: ctx.db.vars.commitTs, undoes, kept, more, repeated: false };
}

/** The last op first. Shapes stay as they are where others have made them so large that one function cannot read them all. */
async function revertAll(ctx: MutationCtx, edit: apply.Edit, row: Doc<"changes">) {
  const effects = [];
  for (const op of row.ops.toReversed()) {
    const room = (await ctx.meta.getTransactionMetrics()).bytesRead.used <= MAX_READ;
    effects.push({ id: opId(op), ...(room ? await revert(ctx, edit, op) : KEPT) });
  }
  return effects;
}

async function answerAgain(ctx: QueryCtx, edit: apply.Edit, first: Doc<"changes">, redo: boolean) {
  const { author, ts, undoes, kept = [] } = first;
  if (author !== edit.author || undoes === undefined || (first.redo ?? false) !== redo) refuseReuse();
  const taken = await findChange(ctx, edit.boardId, undoes);
  const more = taken !== null && isMore(taken, await history.top(ctx, edit, redo));
  return { ts, undoes, kept, more, repeated: true };
}

/** Whether what comes next is the part that the row taken back continued. */
function isMore(taken: Doc<"changes">, next: Doc<"changes"> | null): boolean {
  return taken.continues !== undefined && next?.changeId === taken.continues;
}

/** Whether this very undo was answered before, when there was nothing to take back: what was done since is not meant. */
async function foundNothing(ctx: QueryCtx, edit: apply.Edit, redo: boolean): Promise<boolean> {
  const before = await findOperation(ctx, edit.author, nothingId(edit));
  if (before !== null && before.answer !== nameOf(redo)) refuseReuse();
  return before !== null;
}

async function noteNothing(ctx: MutationCtx, edit: apply.Edit, redo: boolean): Promise<void> {
  await ctx.db.insert("operations", { userId: edit.author, operationId: nothingId(edit), answer: nameOf(redo) });
}

/** No caller's operation id has a slash. */
function nothingId({ boardId, changeId }: apply.Edit): string {
  return `${boardId}/${changeId}`;
}

function nameOf(redo: boolean): string {
  return redo ? "redo" : "undo";
}

/** Authorises, and finds the row that this change id made before. */
async function begin(
  ctx: MutationCtx,
  board: string,
  changeId: string,
): Promise<{ edit: apply.Edit; first: Doc<"changes"> | null }> {
  const { board: found, user, role } = await requireRole(ctx, board, "editor");
  const author: Id<"users"> = user?._id ?? (await requireUser(ctx));
  const first = await findChange(ctx, found._id, changeId);
  return { edit: { boardId: found._id, author, role, changeId }, first };
}

function checkOperations(
  request: { put: { id: string }[]; patch: { id: string }[]; remove: string[] },
  times = 1,
): void {
  const ids = [...request.put, ...request.patch].map(({ id }) => id).concat(request.remove);
  if (ids.length < 1 || ids.length > times * MAX_OPERATIONS) {
    refuse("invalid", `a change has 1-${MAX_OPERATIONS} operations`, { field: "put", limit: MAX_OPERATIONS });
  }
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined)
    refuse("invalid", `a change touches a shape once; ${twice} is there twice`, { field: "put" });
}

/** The same fields with a number for z, or none. */
function placed<T extends { z?: Place }>(
  fields: T,
  id: string,
  zs: Map<string, number>,
): Omit<T, "z"> & { z?: number } {
  const { z: asked, ...rest } = fields;
  const z = typeof asked === "number" ? asked : zs.get(id);
  return z === undefined ? rest : { ...rest, z };
}

function opsOf(effects: apply.Effect[]) {
  return effects.map(({ op }) => op).filter((op) => op !== null);
}

function liveOf(effects: apply.Effect[]): number {
  return effects.reduce((sum, { live }) => sum + live, 0);
}

function refuseReuse(): never {
  refuse("conflict", "this change id was used for another change", { field: "changeId" });
}
