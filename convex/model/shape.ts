/** Shapes in the forms in which they come, are kept and are told. */
import { type Infer, type ObjectType, type PropertyValidators, type VUnion, v } from "convex/values";
import type { Doc } from "../_generated/dataModel";
import { ABSENT, type Drawing, kinds, patchable } from "./kinds";

/** Where a shape goes among the others; the log keeps the number that it comes to, see order.ts. */
const place = v.union(
  v.number(),
  v.literal("front"),
  v.literal("back"),
  v.object({ above: v.string() }),
  v.object({ below: v.string() }),
);
export type Place = Infer<typeof place>;

/** Every kind, with some fields more or others. */
export function shapeWith<More extends PropertyValidators>(more: More) {
  const objects = kinds.map(({ fields }) => v.object({ ...fields, ...more }));
  type Shape = Drawing extends infer D ? Omit<D, keyof More> & ObjectType<More> : never;
  return v.union(...objects) as unknown as VUnion<Shape, [], "required", string>;
}

/** As a browser sends it: a new shape without `z` goes on top. */
export const shapeIn = shapeWith({ id: v.string(), z: v.optional(place) });
/** `base` is what the text, or the alt, was when the person began to change it. */
export const patchIn = patchable.extend({ z: v.optional(place), base: v.optional(v.string()) });

/** As the log keeps it; and as readers get it. */
export const shapeLogged = shapeWith({ id: v.string(), author: v.id("users") });
export const shapeOut = shapeWith({ id: v.string(), author: v.id("users"), ts: v.int64() });

/** The stored document's drawing, for the log and for readers, with every field of its kind. */
export function drawingOf(shape: Doc<"shapes">): Drawing {
  const { _id, _creationTime, boardId, shapeId, author, ts, source, removed, ...rest } = shape;
  const drawing = rest as Drawing;
  return { ...ABSENT[drawing.kind], ...drawing } as Drawing;
}
