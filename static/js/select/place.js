// @ts-check
/** What becomes of shapes that are moved or turned. Pure. */
import { boundPoints } from "../kinds/bind.js";

/** @import { Find, Patch, Shape } from "../types.js" */

const DEGREE = Math.PI / 180;

/** @param {Shape[]} shapes as they were @param {number} dx @param {number} dy @param {Find} find @returns {Map<string, Patch>} */
export function moved(shapes, dx, dy, find) {
  const along = new Set(shapes.map(({ id }) => id));
  return new Map(shapes.map((shape) => [shape.id, { ...loosened(shape, along, find), x: hundredths(shape.x + dx), y: hundredths(shape.y + dy) }]));
}

/** @param {Shape[]} shapes as they were @param {{ x: number, y: number }} centre @param {number} angle in radians @param {Find} find @returns {Map<string, Patch>} */
export function turned(shapes, centre, angle, find) {
  const along = new Set(shapes.map(({ id }) => id));
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return new Map(shapes.map((shape) => {
    const [dx, dy] = [shape.x - centre.x, shape.y - centre.y];
    const place = { x: hundredths(centre.x + dx * cos - dy * sin), y: hundredths(centre.y + dx * sin + dy * cos) };
    return [shape.id, { ...loosened(shape, along, find), ...place, rotation: normal(shape.rotation + angle) }];
  }));
}

/**
 * A line that goes away from what it is bound to is bound to it no more, and stays as it is seen.
 * @param {Shape} shape @param {ReadonlySet<string>} along what it stays bound to @param {Find} find
 * @returns {Patch} empty for all other shapes
 */
export function loosened(shape, along, find) {
  if (!("from" in shape)) return {};
  const [from, to] = [shape.from, shape.to].map((end) => (end && along.has(end.id) ? end : null));
  if (from === shape.from && to === shape.to) return {};
  return { points: boundPoints(shape, find).map(tenths), from, to };
}

/**
 * The shape with the points that are seen: those that a bound line keeps are from when somebody last moved it by itself.
 * @template {Shape} S
 * @param {S} shape @param {Find} find @returns {S}
 */
export function settled(shape, find) {
  return "from" in shape && (shape.from || shape.to) ? { ...shape, points: boundPoints(shape, find).map(tenths) } : shape;
}

/** Within half a turn either way, in whole hundredths of a degree, as elements are written. @param {number} angle in radians */
export function normal(angle) {
  const degrees = Math.round((angle / DEGREE) * 100) / 100;
  const turns = degrees - 360 * Math.round(degrees / 360);
  return (Math.round(turns * 100) / 100) * DEGREE;
}

/** @param {number} px */
export function hundredths(px) {
  return Math.round(px * 100) / 100;
}

/** @param {number} px */
export function tenths(px) {
  return Math.round(px * 10) / 10;
}
