import type { Align, Box, Find, Shape } from "./shape.ts";

/** Lines in local px */
export interface Label {
  lines: readonly { text: string; width: number }[];
  size: number;
  align: Align;
  /** Where the lines begin, have their middle or end */
  x: number;
  top: number;
  /** What they are broken at, or as wide as they are */
  w: number;
  /** Around the lines */
  box: Box;
}

/** How one kind of shape is drawn and measured. Pure; local coordinates are relative to x, y, before rotation. */
export interface Kind<S extends Shape = Shape> {
  /** The whole element, the same markup as the server's. */
  svg(shape: S, find: Find): string;
  /** Local, without the stroke's width, heads of arrows and what a label needs more. */
  box(shape: S, find: Find): Box;
  /** Local, around everything that is drawn. */
  ink(shape: S, find: Find): Box;
  /** From a local place: 0 on ink, and inside a body that is filled or has text. */
  distance(shape: S, x: number, y: number, find: Find): number;
  /** The patch, x and y included, that maps its local box `from` to `to` (both in the shape's present local coordinates). */
  resize(shape: S, from: Box, to: Box): Partial<S>;
  resizing: "free" | "ratio" | "width" | "ends";
  /** Where its text stands, or would; kinds that have none have no `label`. */
  label?(shape: S, find: Find): Label;
}
