// @ts-check
/** Boxes, and places turned about a shape's origin. */
import { bounds } from "../geometry.js";

/** @import { Box, Shape } from "../types.js" */

/** @param {number} w @param {number} h @returns {Box} from the origin */
export function sized(w, h) {
  return { left: 0, top: 0, right: w, bottom: h };
}

/** @param {Box} box @param {number} by @returns {Box} */
export function grown(box, by) {
  return { left: box.left - by, top: box.top - by, right: box.right + by, bottom: box.bottom + by };
}

/** From a place to a box: 0 inside. @param {Box} box @param {number} x @param {number} y */
export function distanceTo(box, x, y) {
  return Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
}

/** A place on the board in the shape's own coordinates. @param {Shape} shape @param {number} x @param {number} y */
export function toLocal(shape, x, y) {
  return turned(x - shape.x, y - shape.y, -shape.rotation);
}

/** A place in the shape's own coordinates on the board. @param {Shape} shape @param {number} x @param {number} y */
export function toBoard(shape, x, y) {
  const place = turned(x, y, shape.rotation);
  return { x: place.x + shape.x, y: place.y + shape.y };
}

/** The box on the board around a local one. @param {Shape} shape @param {Box} box @returns {Box} */
export function boxOnBoard(shape, { left, top, right, bottom }) {
  const corners = [[left, top], [right, top], [right, bottom], [left, bottom]];
  return bounds(corners.flatMap(([x, y]) => Object.values(toBoard(shape, x, y))));
}

/**
 * How a local place goes along when `from` becomes `to`. A side without length only moves.
 * @param {Box} from @param {Box} to
 */
export function mapping(from, to) {
  const scaleX = from.right === from.left ? 1 : (to.right - to.left) / (from.right - from.left);
  const scaleY = from.bottom === from.top ? 1 : (to.bottom - to.top) / (from.bottom - from.top);
  return {
    scaleX,
    scaleY,
    /** @param {number} x */
    x: (x) => to.left + (x - from.left) * scaleX,
    /** @param {number} y */
    y: (y) => to.top + (y - from.top) * scaleY,
  };
}

/** The patch that brings the shape's origin to a local place: whole twentieths of a px. @param {Shape} shape @param {number} x @param {number} y */
export function movedTo(shape, x, y) {
  const place = toBoard(shape, x, y);
  return { x: Math.round(place.x * 20) / 20, y: Math.round(place.y * 20) / 20 };
}

/** Points whose box goes along with a mapping: whole tenths of a px. @param {number[]} points @param {ReturnType<typeof mapping>} map */
export function scaled(points, { scaleX, scaleY }) {
  return points.map((value, i) => Math.round(value * (i % 2 ? scaleY : scaleX) * 10) / 10 || 0);
}

/** @param {number} px as lengths are kept */
export function hundredths(px) {
  return Math.round(px * 100) / 100;
}

/** The patch of w and h, with the origin, for shapes that are their box. @param {Shape} shape @param {Box} from @param {Box} to */
export function resizedBox(shape, from, to) {
  const map = mapping(from, to);
  const sides = [map.x(from.left), map.x(from.right), map.y(from.top), map.y(from.bottom)];
  const [left, right, top, bottom] = [Math.min(sides[0], sides[1]), Math.max(sides[0], sides[1]), Math.min(sides[2], sides[3]), Math.max(sides[2], sides[3])];
  return { ...movedTo(shape, left, top), w: hundredths(right - left), h: hundredths(bottom - top) };
}

/** @param {number} x @param {number} y @param {number} angle */
function turned(x, y, angle) {
  if (!angle) return { x, y };
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return { x: x * cos - y * sin, y: x * sin + y * cos };
}
