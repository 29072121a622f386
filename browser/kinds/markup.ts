import type { Shape } from "../types/shape.ts";

/** How an element of a shape is written: the same as templates/shapes/ and app/drawing/render.py. Lengths are in twentieths of a px. */

/** From the board's origin, in px. */
const FAR = 100_000;

/**
 * Halves are rounded up. What was computed in two languages may differ in the last digit, and a half of the one not be a
 * half of the other: hence the little more.
 */
const HALF = 0.500001;

/** @returns whole twentieths */
export function twentieths(px: number): number {
  return Math.floor(20 * px + HALF);
}

/** A width or height in twentieths: a box without one would not be drawn. */
export function side(px: number): number {
  return Math.max(1, twentieths(px));
}

/** @returns whole tenths */
export function tenths(px: number): number {
  return Math.floor(10 * px + HALF);
}

/** At most hundredths, without trailing zeros: "12", "0.5". */
export function number(value: number) {
  return `${Math.floor(100 * value + 0.5) / 100}`;
}

/** @param shape whether its element needs a transform: it is turned or far away */
function placed({ x, y, rotation }: Shape) {
  return rotation !== 0 || isFar(x, y);
}

/** Whether a shape there is put in its place by a transform instead of by its numbers. */
export function isFar(x: number, y: number) {
  return Math.max(Math.abs(x), Math.abs(y)) > FAR;
}

/** Where the shape's origin stands in its element's numbers, in twentieths. */
export function origin(shape: Shape) {
  return placed(shape) ? { x: 0, y: 0 } : { x: twentieths(shape.x), y: twentieths(shape.y) };
}

/** The attribute that puts the shape in its place, if its numbers do not. */
export function transform(shape: Shape) {
  if (!placed(shape)) return "";
  const turn = shape.rotation ? `rotate(${number((shape.rotation % (2 * Math.PI)) * (180 / Math.PI))})` : "";
  return ` transform="translate(${number(20 * shape.x)} ${number(20 * shape.y)})${turn}"`;
}

/** The element of any shape but a plain stroke. */
export function group(shape: Shape, children: string) {
  const color = shape.color.startsWith("#") ? `color="${shape.color}"` : `class="${escaped(shape.color)}"`;
  const opacity = shape.opacity === 1 ? "" : ` opacity="${number(shape.opacity)}"`;
  return `<g id="${shape.id}" ${color} data-shape='${data(shape)}'${opacity}${transform(shape)}>${children}</g>`;
}

/** The API's form of the shape without what the element says itself. */
function data(shape: Shape) {
  const { id, z, author, ts, ...rest } = shape as unknown as Record<string, unknown>;
  return JSON.stringify(rest).replace(/[&<>']/g, (char) => ESCAPES[char]);
}

/** @param text for an element's content or an attribute in double quotes */
export function escaped(text: string) {
  return text.replace(/[&<>'"]/g, (char) => ESCAPES[char]);
}

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "'": "&#39;", '"': "&#34;" };

/** How a line of this width is dashed, as attributes. Round ends make a dash longer by a width. @param width px */
export function pencil(width: number, dash: string) {
  const line = ` stroke="currentColor" stroke-width="${number(20 * width)}"`;
  if (dash === "dashed") return `${line} stroke-dasharray="${number(40 * width)} ${number(50 * width)}"`;
  if (dash === "dotted") return `${line} stroke-dasharray="0 ${number(40 * width)}"`;
  return line;
}
