/**
 * An op is the effect of a row of the log on one shape. `was` and `now` are the shape's `source` before and after it,
 * and `before` has the values that an undo brings back. Readers get ops without these three (`publicOp`).
 */
import { type Infer, v } from "convex/values";
import { patchable } from "./kinds";
import { shapeLogged, shapeOut } from "./shape";

const sources = { was: v.string(), now: v.string() };

export const opFields = [
  v.object({ type: v.literal("put"), shape: shapeLogged, before: v.optional(shapeLogged), ...sources }),
  v.object({ type: v.literal("patch"), id: v.string(), set: patchable, before: patchable, ...sources }),
  v.object({ type: v.literal("remove"), id: v.string(), ...sources }),
  v.object({ type: v.literal("restore"), id: v.string(), ...sources }),
] as const;
const op = v.union(...opFields);
export type Op = Infer<typeof op>;

export const opOut = v.union(
  v.object({ type: v.literal("put"), shape: shapeOut }),
  v.object({ type: v.literal("patch"), id: v.string(), set: patchable }),
  v.object({ type: v.literal("remove"), id: v.string() }),
  v.object({ type: v.literal("restore"), id: v.string() }),
);
type OpOut = Infer<typeof opOut>;

export function opId(op: Op): string {
  return op.type === "put" ? op.shape.id : op.id;
}

/** The shapes that the board has after these ops, of those that they touch. */
export function leftBy(ops: Op[]): string[] {
  return ops.flatMap((op) => (op.type === "remove" ? [] : opId(op)));
}

/** What it takes to fold the op, as JSON: the ts is the row's. */
export function plainOp(op: Op) {
  if (op.type === "put") return { type: "put", shape: op.shape };
  return op.type === "patch" ? { type: "patch", id: op.id, set: op.set } : { type: op.type, id: op.id };
}

export function publicOp(op: Op, ts: bigint): OpOut {
  if (op.type === "put") return { type: "put", shape: { ...op.shape, ts } };
  if (op.type === "patch") return { type: "patch", id: op.id, set: op.set };
  return { type: op.type, id: op.id };
}
