/** Keeps the plots of a board level with its shapes: first all of them, then what the log says. */
import { getConvexSize } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { findShape } from "./apply";
import { foldedOf } from "./folded";
import { headOf } from "./log";
import { type Op, opId } from "./op";
import { plot } from "./plot";

const CLEARED = 500; // plots deleted by one step
const SHAPES = 100; // looked at by one step; the largest has 95 kB
const MAX_READ = 2 * 1024 * 1024; // bytes of the log read by one step

/** One step. True if the plots are level with the board now. */
export async function survey(ctx: MutationCtx, boardId: Id<"boards">): Promise<boolean> {
  const known = await surveyOf(ctx, boardId);
  if (known === null) {
    // What changes while the shapes are read is in the log after this ts.
    await ctx.db.insert("surveys", { boardId, stage: "shapes", cursor: null, ts: await headOf(ctx, boardId) });
    return await survey(ctx, boardId);
  }
  const stage = known.stage === "log" && known.ts < (await foldedOf(ctx, boardId)) ? "clear" : known.stage;
  return await STEPS[stage](ctx, known);
}

/** Of a board that has no hooks any more. True if nothing is left. */
export async function unplot(ctx: MutationCtx, boardId: Id<"boards">): Promise<boolean> {
  const known = await surveyOf(ctx, boardId);
  if (known) await STEPS.clear(ctx, known);
  return known === null;
}

async function surveyOf(ctx: QueryCtx, boardId: Id<"boards">): Promise<Doc<"surveys"> | null> {
  return await ctx.db
    .query("surveys")
    .withIndex("by_board", (q) => q.eq("boardId", boardId))
    .unique();
}

type Step = (ctx: MutationCtx, survey: Doc<"surveys">) => Promise<boolean>;
const STEPS: Record<Doc<"surveys">["stage"], Step> = {
  /** The log no longer says what has happened since: begin anew. */
  async clear(ctx, { _id, boardId }) {
    const rows = await ctx.db
      .query("plots")
      .withIndex("by_board_and_shape", (q) => q.eq("boardId", boardId))
      .take(CLEARED);
    for (const row of rows) await ctx.db.delete("plots", row._id);
    if (rows.length === CLEARED) await ctx.db.patch("surveys", _id, { stage: "clear" });
    else await ctx.db.delete("surveys", _id);
    return false;
  },

  async shapes(ctx, { _id, boardId, cursor }) {
    const { page, isDone, continueCursor } = await ctx.db
      .query("shapes")
      .withIndex("by_board_and_removed", (q) => q.eq("boardId", boardId).eq("removed", false))
      .paginate({ numItems: SHAPES, cursor });
    for (const shape of page) await plot(ctx, boardId, shape, shape.shapeId);
    await ctx.db.patch("surveys", _id, isDone ? { stage: "log", cursor: null } : { cursor: continueCursor });
    return false;
  },

  async log(ctx, { _id, boardId, ts }) {
    const touched: Set<string> = new Set();
    let [to, bytes, level] = [ts, 0, true];
    for await (const row of ctx.db
      .query("changes")
      .withIndex("by_board_and_ts", (q) => q.eq("boardId", boardId).gt("ts", ts))) {
      level = touched.size < SHAPES && bytes < MAX_READ;
      if (!level) break;
      bytes += getConvexSize(row);
      to = row.ts as bigint;
      for (const op of row.ops as Op[]) touched.add(opId(op));
    }
    for (const id of touched) await plot(ctx, boardId, await findShape(ctx, boardId, id), id);
    if (to !== ts) await ctx.db.patch("surveys", _id, { ts: to });
    return level;
  },
};
