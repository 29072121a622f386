/** The forms of a shape: as a request has it, as the tables store it, and as readers get it. */
import { type Infer, type ObjectType, type PropertyValidators, type VUnion, v } from "convex/values";
import type { Doc } from "../_generated/dataModel";
import { ABSENT, type Drawing, kinds, patchable } from "./kinds";

/** The rank of a shape among the others. The tables store it as a number: see order.ts. */
const rank = v.union(
  v.number(),
  v.literal("front"),
  v.literal("back"),
  v.object({ above: v.string() }),
  v.object({ below: v.string() }),
);
export type Rank = Infer<typeof rank>;

/** A validator of every kind of shape, with further fields or other ones. */
export function shapeWith<More extends PropertyValidators>(more: More) {
  const objects = kinds.map(({ fields }) => v.object({ ...fields, ...more }));
  type Shape = Drawing extends infer D ? Omit<D, keyof More> & ObjectType<More> : never;
  return v.union(...objects) as unknown as VUnion<Shape, [], "required", string>;
}

/** As a request has it. A new shape without `z` goes on top. */
export const shapeIn = shapeWith({ id: v.string(), z: v.optional(rank) });
/** `base` is the text, or the alt, from which the person's change started. */
export const patchIn = patchable.extend({ z: v.optional(rank), base: v.optional(v.string()) });

/** As the log stores it; and as readers get it. */
export const shapeLogged = shapeWith({ id: v.string(), author: v.id("users") });
export const shapeOut = shapeWith({ id: v.string(), author: v.id("users"), ts: v.int64() });

/** The drawing in a stored document, with every field of its kind. */
export function drawingOf(shape: Doc<"shapes">): Drawing {
  const { _id, _creationTime, boardId, shapeId, author, ts, source, removed, ...rest } = shape;
  const drawing = rest as Drawing;
  return { ...ABSENT[drawing.kind], ...drawing } as Drawing;
}
