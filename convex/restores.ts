/**
 * Restores a board, or some shapes, to a moment: takes back all that anybody did since. What people do meanwhile is
 * kept, and nothing of the log is rewritten: a restore is a change at its end.
 */
import { v } from "convex/values";
import type { Doc } from "./_generated/dataModel";
import { mutation, query } from "./_generated/server";
import { requireHistory, requireRole } from "./model/access";
import { begun, find, goingOn, goOn, progress, told } from "./model/batches";
import { begin, refuseReuse } from "./model/edit";
import { checkId } from "./model/id";
import { refuse } from "./model/refuse";
import { atLeast } from "./model/role";
import { touchedSince } from "./model/touched";

const MAX_SHAPES = 1_000; // that are named; the whole board may have more

const restore = v.object({ restoreId: v.string(), to: v.int64(), ...progress });

/**
 * Begins to restore the board, or only these `shapes`, to what it was after the change of the ts `to`. A repetition
 * joins what goes on. `restoreId` is also the id of the first change that it makes.
 */
export const start = mutation({
  args: { board: v.string(), restoreId: v.string(), to: v.int64(), shapes: v.optional(v.array(v.string())) },
  returns: restore,
  handler: async (ctx, { board, restoreId, to, shapes }) => {
    await requireHistory(ctx, board);
    const { edit, first } = await begin(ctx, board, restoreId);
    if (shapes !== undefined && (shapes.length < 1 || shapes.length > MAX_SHAPES))
      refuse("invalid", `shapes must be 1 to ${MAX_SHAPES} ids.`, { field: "shapes", limit: MAX_SHAPES });
    for (const id of shapes ?? []) checkId(id, "shapes");
    const { folding = 0n } = (await ctx.db.get("boards", edit.boardId))!;
    if (to < folding)
      refuse("invalid", `to must be at least ${folding}: the board remembers nothing before that.`, { field: "to" });
    const same = await find(ctx, edit.boardId, restoreId);
    const since = to + 1n;
    if (same !== null ? same.author !== edit.author || same.user !== null || same.since !== since : first !== null)
      refuseReuse();
    const other = same === null ? await goingOn(ctx, edit.boardId, null) : null;
    if (other !== null) {
      await goOn(ctx, other);
      refuse("conflict", "The board is being restored already: wait until that is done.", { field: "restoreId" });
    }
    if (same === null) return named(await begun(ctx, edit, { takebackId: restoreId, user: null, since, shapes }));
    await goOn(ctx, same);
    return named(same);
  },
});

const touched = v.object({ id: v.string(), was: v.boolean(), is: v.boolean() });

/**
 * The shapes that were touched after `to`, page by page: whether the board had each one before the first of these
 * changes, and after the last one. `next` is the `to` of the next page; null if there is none.
 */
export const preview = query({
  args: { board: v.string(), to: v.int64() },
  returns: v.object({ touched: v.array(touched), next: v.union(v.int64(), v.null()) }),
  handler: async (ctx, args) => {
    const { board, role } = await requireHistory(ctx, args.board);
    if (!atLeast(role, "editor")) refuse("forbidden", "Only people who may edit the board can restore it.");
    return await touchedSince(ctx, board._id, args.to);
  },
});

/** What a restore has done until now. */
export const get = query({
  args: { board: v.string(), restoreId: v.string() },
  returns: restore,
  handler: async (ctx, args) => {
    const { board } = await requireRole(ctx, args.board, "editor");
    const found = await find(ctx, board._id, args.restoreId);
    if (found === null || found.user !== null) refuse("not_found", "Nothing was restored under this id.");
    return named(found);
  },
});

function named(restore: Doc<"takebacks">) {
  return { restoreId: restore.takebackId, to: restore.since - 1n, ...told(restore) };
}
