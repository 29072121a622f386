/** Turns a shape into another state of itself, whatever the way from one to the other was, and tells the log how. */
import type { Doc } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { type Edit, type Effect, replace, write } from "./apply";
import type { Patch } from "./kinds";
import type { Op } from "./op";
import { drawingOf } from "./shape";

type Shape = Doc<"shapes">;
type Put = Extract<Op, { type: "put" }>;

/**
 * The effects in the order in which they happen. A shape that goes keeps its fields, with which an undo brings it back. One that
 * comes back may also change.
 */
export async function turn(ctx: MutationCtx, edit: Edit, from: Shape, to: Shape): Promise<Effect[]> {
  const { shapeId: id, source: was } = from;
  const { source: now } = to;
  if (to.removed) {
    if (from.removed) return [];
    await write(ctx, from, { removed: true, source: now });
    return [{ op: { type: "remove", id, was, now }, live: -1 }];
  }
  if (!from.removed) return await altered(ctx, from, to, was);
  const back = differences(from, to).length === 0 && from.kind === to.kind ? now : edit.changeId;
  await write(ctx, from, { removed: false, source: back });
  const restored: Effect = { op: { type: "restore", id, was, now: back }, live: 1 };
  return [restored, ...(await altered(ctx, { ...from, removed: false, source: back }, to, back))];
}

/** Of two live states. */
async function altered(ctx: MutationCtx, from: Shape, to: Shape, was: string): Promise<Effect[]> {
  const { shapeId: id, source: now } = to;
  const [before, after] = [drawingOf(from), drawingOf(to)];
  if (from.kind !== to.kind) {
    const { _id, _creationTime, ts, ...fields } = to;
    await replace(ctx, from, fields);
    const shape = { ...after, id, author: to.author } as Put["shape"];
    return [
      { op: { type: "put", shape, before: { ...before, id, author: from.author } as Put["shape"], was, now }, live: 0 },
    ];
  }
  const names = differences(from, to);
  if (names.length === 0) return [];
  const set = picked(after, names);
  await write(ctx, from, { ...set, source: now });
  return [{ op: { type: "patch", id, set, before: picked(before, names), was, now }, live: 0 }];
}

/** The fields of `to` that `from` has otherwise. */
function differences(from: Shape, to: Shape): string[] {
  const before: Record<string, unknown> = { ...drawingOf(from) };
  return Object.entries(drawingOf(to)).flatMap(([name, value]) => (isEqual(value, before[name]) ? [] : [name]));
}

function picked(from: object, names: string[]): Patch {
  return Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));
}

/** Values are scalars, lists of numbers and bindings, whose keys Convex sorts. */
export function isEqual(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
