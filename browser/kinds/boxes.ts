/** Boxes, and places turned about a shape's origin. */

import type { Box, Shape } from "../types/shape.ts";
import { bounds } from "./geometry.ts";
import { toHundredths, toTenths, toTwentieths } from "./rounding.ts";

/** @returns from the origin */
export function sized(w: number, h: number): Box {
  return { left: 0, top: 0, right: w, bottom: h };
}

export function grown(box: Box, by: number): Box {
  return { left: box.left - by, top: box.top - by, right: box.right + by, bottom: box.bottom + by };
}

/** @param share of its own width and height, on each side */
export function widened({ left, top, right, bottom }: Box, share: number): Box {
  const [width, height] = [(right - left) * share, (bottom - top) * share];
  return { left: left - width, top: top - height, right: right + width, bottom: bottom + height };
}

/** From a place to a box: 0 inside. */
export function distanceTo(box: Box, x: number, y: number) {
  return Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
}

/** A place on the board in the shape's own coordinates. */
export function toLocal(shape: Shape, x: number, y: number) {
  return turned(x - shape.x, y - shape.y, -shape.rotation);
}

/** A place in the shape's own coordinates on the board. */
export function toBoard(shape: Shape, x: number, y: number) {
  const place = turned(x, y, shape.rotation);
  return { x: place.x + shape.x, y: place.y + shape.y };
}

/** The box on the board around a local one. */
export function boxOnBoard(shape: Shape, { left, top, right, bottom }: Box): Box {
  const corners = [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
  return bounds(corners.flatMap(([x, y]) => Object.values(toBoard(shape, x, y))));
}

/** How a local place goes along when `from` becomes `to`. A side without length only moves. */
export function mapping(from: Box, to: Box) {
  const scaleX = from.right === from.left ? 1 : (to.right - to.left) / (from.right - from.left);
  const scaleY = from.bottom === from.top ? 1 : (to.bottom - to.top) / (from.bottom - from.top);
  return {
    scaleX,
    scaleY,
    x: (x: number) => to.left + (x - from.left) * scaleX,
    y: (y: number) => to.top + (y - from.top) * scaleY,
  };
}

/** The patch that brings the shape's origin to a local place: whole twentieths of a px. */
export function movedTo(shape: Shape, x: number, y: number) {
  const place = toBoard(shape, x, y);
  return { x: toTwentieths(place.x), y: toTwentieths(place.y) };
}

/** Points whose box goes along with a mapping: whole tenths of a px. */
export function scaled(points: number[], { scaleX, scaleY }: ReturnType<typeof mapping>) {
  return points.map((value, i) => toTenths(value * (i % 2 ? scaleY : scaleX)) || 0);
}

/** The patch of w and h, with the origin, for shapes that are their box. */
export function resizedBox(shape: Shape, from: Box, to: Box) {
  const map = mapping(from, to);
  const sides = [map.x(from.left), map.x(from.right), map.y(from.top), map.y(from.bottom)];
  const [left, right, top, bottom] = [
    Math.min(sides[0], sides[1]),
    Math.max(sides[0], sides[1]),
    Math.min(sides[2], sides[3]),
    Math.max(sides[2], sides[3]),
  ];
  return { ...movedTo(shape, left, top), w: toHundredths(right - left), h: toHundredths(bottom - top) };
}

/** A place after a turn about the origin. @param angle in radians */
export function turned(x: number, y: number, angle: number) {
  if (!angle) return { x, y };
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return { x: x * cos - y * sin, y: x * sin + y * cos };
}
