// @ts-check
/** The box around what is selected, which may be turned, and its handles. Pure. */
import { union } from "../geometry.js";
import { kindOf, toBoard, toLocal } from "../kinds/index.js";
import { frameOf } from "../touch.js";

/** @import { Box, Find, Shape } from "../types.js" */

/** @typedef {{ x: number, y: number, rotation: number, box: Box }} TransformBox `box` is local: relative to x, y and turned about it */
/** @typedef {"nw" | "n" | "ne" | "e" | "se" | "s" | "sw" | "w"} Side */

/** Where on the box each handle is, in fractions of it. @type {Record<Side, [number, number]>} */
export const SIDES = { nw: [0, 0], n: [0.5, 0], ne: [1, 0], e: [1, 0.5], se: [1, 1], s: [0.5, 1], sw: [0, 1], w: [0, 0.5] };

/** @type {Side[]} */
const CORNERS = ["nw", "ne", "se", "sw"];
/** @type {Side[]} */
const ALL = [...CORNERS, "n", "e", "s", "w"];

/** How far above the box it is turned, in screen px. */
export const TURNING = 28;

/** Cursors for each eighth of a turn. */
const CURSORS = ["ns-resize", "nesw-resize", "ew-resize", "nwse-resize"];

/** One shape's own box, or the upright box around several. @param {Shape[]} shapes @param {Find} find @returns {TransformBox | null} */
export function boxAround(shapes, find) {
  if (shapes.length === 1) {
    const [{ x, y, rotation }] = shapes;
    return { x, y, rotation, box: kindOf(shapes[0]).box(shapes[0], find) };
  }
  /** @type {Box | null} */
  let box = null;
  for (const shape of shapes) box = union(box, frameOf(shape, find));
  return box && { x: 0, y: 0, rotation: 0, box };
}

/**
 * How several shapes keep their ratio: always when one of them could not follow otherwise, being turned, or being text.
 * @param {Shape[]} shapes
 */
export function uniform(shapes) {
  return shapes.length > 1 && shapes.some((shape) => shape.rotation !== 0 || ["ratio", "width"].includes(kindOf(shape).resizing));
}

/** The handles that resize these. @param {Shape[]} shapes @returns {Side[]} */
export function handlesOf(shapes) {
  if (!shapes.length) return [];
  if (shapes.length > 1) return uniform(shapes) ? CORNERS : ALL;
  const { resizing } = kindOf(shapes[0]);
  if (resizing === "ends") return [];
  return resizing === "width" ? [...CORNERS, "e", "w"] : ALL;
}

/** The place on the board of a fraction of the box. @param {TransformBox} box @param {[number, number]} at */
export function placeOf(box, [u, v]) {
  const { left, top, right, bottom } = box.box;
  return toBoard(asShape(box), left + (right - left) * u, top + (bottom - top) * v);
}

/** Where it is turned by. @param {TransformBox} box @param {number} above px of the board */
export function turningPlace(box, above) {
  const { left, top, right } = box.box;
  return toBoard(asShape(box), (left + right) / 2, top - above);
}

/** A place on the board in the box's own coordinates. @param {TransformBox} box @param {number} x @param {number} y */
export function within(box, x, y) {
  return toLocal(asShape(box), x, y);
}

/** @param {TransformBox} box @param {number} x @param {number} y */
export function contains(box, x, y) {
  const place = within(box, x, y);
  const { left, top, right, bottom } = box.box;
  return place.x >= left && place.x <= right && place.y >= top && place.y <= bottom;
}

/**
 * The handle at a place. Inside a small box handles shrink, so that there is a middle left to take it by.
 * @param {TransformBox} box @param {Side[]} handles @param {number} x @param {number} y @param {number} reach
 * @returns {Side | null}
 */
export function handleAt(box, handles, x, y, reach) {
  const { left, top, right, bottom } = box.box;
  const place = within(box, x, y);
  const inside = contains(box, x, y);
  const reachX = inside ? Math.min(reach, (right - left) / 4) : reach;
  const reachY = inside ? Math.min(reach, (bottom - top) / 4) : reach;
  /** @type {Side | null} */
  let nearest = null;
  let least = Infinity;
  for (const side of handles) {
    const [u, v] = SIDES[side];
    // A side is taken anywhere along it, but from half as far, and after the corners.
    const part = u === 0.5 || v === 0.5 ? 0.5 : 1;
    const dx = u === 0.5 ? Math.max(left - place.x, 0, place.x - right) : Math.abs(place.x - left - (right - left) * u);
    const dy = v === 0.5 ? Math.max(top - place.y, 0, place.y - bottom) : Math.abs(place.y - top - (bottom - top) * v);
    const far = Math.hypot(dx, dy) / part + (part < 1 ? reach : 0);
    if (dx > reachX * part || dy > reachY * part || far >= least) continue;
    least = far;
    nearest = side;
  }
  return nearest;
}

/** @param {Side} side @param {number} rotation */
export function cursorOf(side, rotation) {
  const [u, v] = SIDES[side];
  const angle = Math.atan2(u - 0.5, 0.5 - v) + rotation;
  return CURSORS[(Math.round(angle / (Math.PI / 4)) + 8) % 4];
}

/** @param {TransformBox} box @returns {Shape} what can be asked about places */
function asShape(box) {
  return /** @type {any} */ (box);
}
