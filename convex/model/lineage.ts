/**
 * What was done to some shapes, newest first. Each shape names the change that it is from, and the op of that change
 * names the one before. So this reads one row for each change, however long the log is. What was taken back is left out.
 */
import { getConvexSize } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import { findShape } from "./apply";
import { findChange } from "./log";
import { type Op, opId } from "./op";

const MAX_ROWS = 60; // of one page
const MAX_READ = 4 * 1024 * 1024; // bytes of one page, beside one row for each shape

/** A change, and the shapes that it brought to where they are told of next. */
export type Step = { row: Doc<"changes">; shapes: Set<string> };

/** Where a page ends: for each shape, the change to be told of next. */
export type Rest = Record<string, string>;

export async function start(ctx: QueryCtx, boardId: Id<"boards">, shapes: string[]): Promise<Rest> {
  const found = await Promise.all(shapes.map((id) => findShape(ctx, boardId, id)));
  return Object.fromEntries(found.flatMap((shape) => (shape?.source ? [[shape.shapeId, shape.source]] : [])));
}

/** A page from `rest` on, and what is left. */
export async function steps(ctx: QueryCtx, boardId: Id<"boards">, rest: Rest): Promise<{ steps: Step[]; rest: Rest }> {
  const open: Map<string, Step> = new Map();
  let bytes = 0;
  const follow = async (shape: string, changeId: string) => {
    const known = open.get(changeId);
    if (known) return void known.shapes.add(shape);
    const row = await findChange(ctx, boardId, changeId);
    if (row === null) return; // the log no longer has it
    bytes += getConvexSize(row);
    open.set(changeId, { row, shapes: new Set([shape]) });
  };
  for (const [shape, changeId] of Object.entries(rest)) await follow(shape, changeId);
  const told: Step[] = [];
  while (open.size > 0 && told.length < MAX_ROWS && (told.length === 0 || bytes < MAX_READ)) {
    const step = [...open.values()].reduce((a, b) => ((b.row.ts as bigint) > (a.row.ts as bigint) ? b : a));
    open.delete(step.row.changeId);
    told.push(step);
    for (const shape of step.shapes) {
      const was = (step.row.ops as Op[]).find((op) => opId(op) === shape)?.was;
      if (was) await follow(shape, was);
    }
  }
  const left = [...open].flatMap(([changeId, { shapes }]) => [...shapes].map((shape) => [shape, changeId]));
  return { steps: told, rest: Object.fromEntries(left) };
}
