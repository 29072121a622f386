/** What a box on the board touches, and what lies within it. */

import type { Box, Find, Shape } from "../types/shape.ts";
import { boxOnBoard } from "./boxes.ts";
import { flattened } from "./course.ts";
import { polygon } from "./figures.ts";
import { kindOf, toBoard, toLocal } from "./index.ts";
import { linePoints } from "./line.ts";

/** Sides of the polygon that stands for an ellipse: at 1,000 px across it is 1 px off. */
const SIDES = 48;

/** A stroke of fewer coordinates is drawn in long curves, which take more pieces. */
const FEW = 200;

/** The box around a shape on the board, without the widths of lines. */
export function frameOf(shape: Shape, find: Find): Box {
  return boxOnBoard(shape, kindOf(shape).box(shape, find));
}

export function inside(inner: Box, outer: Box) {
  return (
    inner.left >= outer.left && inner.top >= outer.top && inner.right <= outer.right && inner.bottom <= outer.bottom
  );
}

/** Whether a box touches a shape's outline or its filled body. A frame is only touched by what is around all of it. */
export function touches(shape: Shape, box: Box, find: Find) {
  if (inside(frameOf(shape, find), box)) return true;
  if (shape.kind === "frame") return false;
  const line = outline(shape, find);
  for (let i = 0; i + 2 < line.length; i += 2)
    if (crosses(line[i], line[i + 1], line[i + 2], line[i + 3], box)) return true;
  const corner = toLocal(shape, box.left, box.top);
  return kindOf(shape).distance(shape, corner.x, corner.y, find) === 0;
}

/** A polyline around the shape, or along it, on the board. @returns flat px */
export function outline(shape: Shape, find: Find): number[] {
  return onBoard(shape, localOutline(shape, find));
}

/** The shape's own box, which may be turned, on the board. @returns flat px, closed */
export function corners(shape: Shape, find: Find): number[] {
  const { left, top, right, bottom } = kindOf(shape).box(shape, find);
  return onBoard(shape, [left, top, right, top, right, bottom, left, bottom, left, top]);
}

function onBoard(shape: Shape, local: number[]) {
  const line = [];
  for (let i = 0; i < local.length; i += 2) {
    const { x, y } = toBoard(shape, local[i], local[i + 1]);
    line.push(x, y);
  }
  return line;
}

/** @returns flat px */
function localOutline(shape: Shape, find: Find): number[] {
  if (shape.kind === "stroke") return smoothed(shape.points);
  if ("points" in shape) return flattened(linePoints(shape, find), shape.curved);
  const { left, top, right, bottom } = kindOf(shape).box(shape, find);
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  if ("radius" in shape && shape.kind !== "rectangle" && shape.kind !== "ellipse")
    return polygon(shape).flatMap((place) => [place.x, place.y]);
  if (shape.kind !== "ellipse") return [left, top, right, top, right, bottom, left, bottom, left, top];
  return Array.from({ length: 2 * SIDES + 2 }, (_, i) => {
    const angle = ((i >> 1) * 2 * Math.PI) / SIDES;
    return i % 2 ? y + ((bottom - top) / 2) * Math.sin(angle) : x + ((right - left) / 2) * Math.cos(angle);
  });
}

/** A polyline along the drawn curve of a stroke, from the middle of each leg to that of the next. */
function smoothed(points: number[]) {
  const pieces = points.length < FEW ? 8 : 2;
  const line = points.slice(0, 2);
  for (let i = 2; i + 2 < points.length; i += 2) {
    const [ax, ay, x, y, bx, by] = points.slice(i - 2, i + 4);
    for (let piece = 0; piece < pieces; piece++) {
      const t = piece / pieces;
      const [a, b, c] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t];
      line.push((a * (ax + x) + c * (x + bx)) / 2 + b * x, (a * (ay + y) + c * (y + by)) / 2 + b * y);
    }
  }
  line.push(...points.slice(-2));
  return line;
}

/** Whether a segment has a place in the box (Liang and Barsky's method). */
function crosses(x0: number, y0: number, x1: number, y1: number, box: Box) {
  let from = 0;
  let to = 1;
  for (const [step, room] of [
    [x0 - x1, x0 - box.left],
    [x1 - x0, box.right - x0],
    [y0 - y1, y0 - box.top],
    [y1 - y0, box.bottom - y0],
  ]) {
    if (step === 0 && room < 0) return false;
    if (step < 0) from = Math.max(from, room / step);
    else if (step > 0) to = Math.min(to, room / step);
  }
  return from <= to;
}
