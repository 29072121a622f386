/** Who drew what on a board: for people who may see its history. Only shapes that are on the board now say so. */
import { v } from "convex/values";
import type { Doc, Id } from "./_generated/dataModel";
import { type QueryCtx, query } from "./_generated/server";
import { requireHistory } from "./model/access";
import { findShape } from "./model/apply";
import { author, authorOf } from "./model/author";
import type { Op } from "./model/op";
import { refuse } from "./model/refuse";

const MAX_SHAPES = 100; // of one call

const touch = v.object({ author, at: v.number() }); // ms since the epoch

/** The makers of these shapes, each once. */
export const makers = query({
  args: { board: v.string(), shapes: v.array(v.string()) },
  returns: v.array(author),
  handler: async (ctx, { board, shapes }) => {
    const { board: found } = await requireHistory(ctx, board);
    if (shapes.length > MAX_SHAPES)
      refuse("invalid", `shapes must be at most ${MAX_SHAPES} ids.`, { field: "shapes", limit: MAX_SHAPES });
    const users = new Set<Id<"users">>();
    for (const id of shapes) {
      const shape = await findShape(ctx, found._id, id);
      if (shape !== null && !shape.removed) users.add(shape.author);
    }
    return await Promise.all([...users].map((user) => authorOf(ctx, user)));
  },
});

/**
 * Who made a shape and who changed it last; null if it is not on the board. `changed` is null if nobody has changed it, or
 * if the log begins later.
 */
export const shape = query({
  args: { board: v.string(), shape: v.string() },
  returns: v.union(v.null(), v.object({ made: touch, changed: v.union(v.null(), touch) })),
  handler: async (ctx, args) => {
    const { board } = await requireHistory(ctx, args.board);
    const found = await findShape(ctx, board._id, args.shape);
    if (found === null || found.removed) return null;
    const last = await lastChange(ctx, found);
    const made = { author: await authorOf(ctx, found.author), at: found._creationTime };
    if (last === null || last.ops.some((op) => creates(op, found.shapeId))) return { made, changed: null };
    return { made, changed: { author: await authorOf(ctx, last.author), at: last._creationTime } };
  },
});

function creates(op: Op, id: string): boolean {
  return op.type === "put" && op.shape.id === id && op.before === undefined;
}

async function lastChange(ctx: QueryCtx, shape: Doc<"shapes">): Promise<Doc<"changes"> | null> {
  return await ctx.db
    .query("changes")
    .withIndex("by_board_and_ts", (q) => q.eq("boardId", shape.boardId).eq("ts", shape.ts))
    .first();
}
