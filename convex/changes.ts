/** Changes to drawings: one atomic mutation for each gesture, which may be sent repeatedly. */
import { type ObjectType, v } from "convex/values";
import { type MutationCtx, mutation, query } from "./_generated/server";
import { requireHistory } from "./model/access";
import * as apply from "./model/apply";
import { digest } from "./model/digest";
import { begin, refuseReuse } from "./model/edit";
import { append, changes, readAfter } from "./model/log";
import { resolve } from "./model/order";
import { bounded, refuse, refuseTooMuch } from "./model/refuse";
import { type Reversal, reversal, reverted, takeBack } from "./model/reversal";
import { patchIn, type Rank, shapeIn } from "./model/shape";
import { bringBack } from "./model/unclear";

const MAX_OPERATIONS = 200; // a change

const change = {
  board: v.string(),
  changeId: v.string(),
  put: v.array(shapeIn),
  patch: v.array(v.object({ id: v.string(), set: patchIn })),
  remove: v.array(v.string()),
  continues: v.optional(v.string()),
  clears: v.optional(v.boolean()), // it is a part of "Clear the board", which the owner can take back too
  // Patches of lines that were bound to the removed shapes. The web process adds them, so a repetition may differ in them.
  loosen: v.optional(v.array(v.object({ id: v.string(), set: patchIn }))),
};
const committed = v.object({ ts: v.commitTs(), repeated: v.boolean() });
type Change = ObjectType<typeof change>;

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
    if (request.clears && request.put.length + request.patch.length > 0)
      refuse("invalid", "A change that clears the board may only remove shapes.", { field: "clears" });
    if (loosen.length > 0)
      checkOperations({ put: [], patch: [...request.put, ...request.patch, ...loosen], remove: request.remove }, 2);
    const patches = request.patch.map(({ id, set }) => ({ id, z: set.z }));
    const zs = await resolve(ctx, edit.boardId, [...request.put, ...patches]);
    const effects: apply.Effect[] = [];
    for (const [i, shape] of request.put.entries())
      effects.push(await apply.put(ctx, edit, ranked(shape, shape.id, zs), i));
    for (const [i, { id, set }] of request.patch.entries()) {
      effects.push(await apply.patch(ctx, edit, { id, set: ranked(set, id, zs) }, i));
    }
    for (const [i, { id, set }] of loosen.entries())
      effects.push(await apply.patch(ctx, edit, { id, set: ranked(set, id, zs) }, i));
    for (const [i, id] of request.remove.entries()) effects.push(await apply.remove(ctx, edit, id, i));
    if ((await ctx.meta.getTransactionMetrics()).bytesRead.used > apply.MAX_READ) refuseTooMuch();
    const row = { boardId: edit.boardId, author: edit.author, changeId, digest: sum, ops: apply.opsOf(effects) };
    await append(ctx, { ...row, continues: request.continues, clears: request.clears }, apply.liveOf(effects));
    if (request.clears) await ctx.db.patch("boards", edit.boardId, { cleared: changeId });
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

/** As the owner: brings back what was last cleared from the board, whoever did it; null if nothing was. */
export const unclear = mutation({
  args: reversal,
  returns: reverted,
  handler: bounded((ctx: MutationCtx, args: Reversal) => bringBack(ctx, args)),
});

export const list = query({
  args: { board: v.string(), after: v.int64() },
  returns: changes,
  handler: async (ctx, { board, after }) => {
    const { board: found } = await requireHistory(ctx, board);
    const { changes, more, folded } = await readAfter(ctx, found._id, after);
    return { changes, more, folded };
  },
});

function checkOperations(
  request: { put: { id: string }[]; patch: { id: string }[]; remove: string[] },
  times = 1,
): void {
  const ids = [...request.put, ...request.patch].map(({ id }) => id).concat(request.remove);
  if (ids.length < 1 || ids.length > times * MAX_OPERATIONS) {
    refuse("invalid", `A change must have 1 to ${MAX_OPERATIONS} operations.`, { field: "put", limit: MAX_OPERATIONS });
  }
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined)
    refuse("invalid", `A change may name each shape once: ${twice} is there twice.`, { field: "put" });
}

/** The same fields, with `z` as a number or without it. */
function ranked<T extends { z?: Rank }>(fields: T, id: string, zs: Map<string, number>): Omit<T, "z"> & { z?: number } {
  const { z: asked, ...rest } = fields;
  const z = typeof asked === "number" ? asked : zs.get(id);
  return z === undefined ? rest : { ...rest, z };
}
