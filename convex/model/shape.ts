/** A shape's fields and limits. The web process checks the same limits first; this is the guard. */
import { Infer, v } from "convex/values";
import { Doc } from "../_generated/dataModel";
import { refuse } from "./refuse";

export const MAX_POINTS = 5_000;
export const MAX_COORDINATE = 1e6; // board px, before and after adding x, y
const TENTHS = 10; // points are stored in tenths of a board px
const SHAPE_ID = /^[A-Za-z0-9_-]{1,64}$/;
const COLOR = /^(black|grey|red|orange|yellow|green|teal|blue|violet|pink|#[0-9a-f]{6})$/;
const INTEGERS = /^-?\d{1,9}( -?\d{1,9})*$/;

/** `points`: whole tenths of a px relative to x, y; the first pair, then deltas, joined by spaces. */
const drawing = v.object({
  kind: v.literal("stroke"),
  z: v.number(),
  color: v.string(),
  x: v.number(),
  y: v.number(),
  rotation: v.number(),
  width: v.number(),
  opacity: v.number(),
  points: v.string(),
});
export const shapeFields = drawing.fields;
export type Drawing = Infer<typeof drawing>;

/** As a browser sends it: a new shape without `z` goes on top. */
export const shapeIn = drawing.extend({ id: v.string(), z: v.optional(v.number()) });
export type ShapeIn = Infer<typeof shapeIn>;

export const shapePatch = drawing.omit("kind", "points").partial();
export type ShapePatch = Infer<typeof shapePatch>;

/** As the log keeps it; and as readers get it. */
export const shapeLogged = drawing.extend({ id: v.string(), author: v.id("users") });
export const shapeOut = shapeLogged.extend({ ts: v.int64() });

/** The stored document's drawing, for the log and for readers. */
export function drawingOf(shape: Doc<"shapes">): Drawing {
  const { kind, z, color, x, y, rotation, width, opacity, points } = shape;
  return { kind, z, color, x, y, rotation, width, opacity, points };
}

export function checkId(id: string, field: string, index: number): void {
  if (!SHAPE_ID.test(id)) refuse("invalid", "an id is 1-64 of A-Z a-z 0-9 _ -", { field, index, limit: 64 });
}

/** @throws ConvexError `invalid`, naming the field, for a shape or patch outside the limits. */
export function checkFields(fields: ShapePatch & { points?: string }, index: number): void {
  const { x, y, z, rotation, width, opacity, color, points } = fields;
  const within = (value: number | undefined, low: number, high: number, field: string) => {
    if (value !== undefined && !(value >= low && value <= high)) {
      refuse("invalid", `${field} must be from ${low} to ${high}`, { field, index, limit: high });
    }
  };
  within(x, -MAX_COORDINATE, MAX_COORDINATE, "x");
  within(y, -MAX_COORDINATE, MAX_COORDINATE, "y");
  within(z, -1e12, 1e12, "z");
  within(rotation, -1e6, 1e6, "rotation");
  within(width, 0.5, 64, "width");
  within(opacity, 0, 1, "opacity");
  if (color !== undefined && !COLOR.test(color)) {
    refuse("invalid", "color must be a palette name or #rrggbb", { field: "color", index });
  }
  if (points !== undefined) checkPoints(points, x ?? 0, y ?? 0, index);
}

function checkPoints(points: string, x: number, y: number, index: number): void {
  const bad = (message: string, limit: number) => refuse("invalid", message, { field: "points", index, limit });
  const numbers = points.split(" ");
  if (numbers.length % 2 !== 0 || numbers.length > 2 * MAX_POINTS) {
    bad(`a stroke has 1-${MAX_POINTS} points of two numbers each`, MAX_POINTS);
  }
  if (!INTEGERS.test(points)) bad("points are whole tenths of a px, joined by spaces", MAX_POINTS);
  const at = [0, 0];
  const origin = [x, y];
  numbers.forEach((number, i) => {
    at[i % 2] += Number(number) / TENTHS;
    const far = Math.max(Math.abs(at[i % 2]), Math.abs(at[i % 2] + origin[i % 2]));
    if (far > MAX_COORDINATE) bad(`a point is within ±${MAX_COORDINATE} px`, MAX_COORDINATE);
  });
}
