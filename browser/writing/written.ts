import type { Shape } from "../types/shape.ts";

/** A shape with a text. */
export type Written = Extract<Shape, { text: string }>;
