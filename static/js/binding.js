// @ts-check
import { grown } from "./kinds/boxes.js";
import { kindOf, toLocal } from "./kinds/index.js";
import { inside } from "./kinds/outline.js";

/** @import { Shapes } from "./shapes.js" */
/** @import { Binding, Shape } from "./types.js" */

/** What ends of lines are bound to. A frame only near its line: else an arrow inside one could not be free. */
const BINDABLE = ["rectangle", "ellipse", "diamond", "text", "note", "image", "frame"];

/**
 * What a line's end at a place would be bound to: the topmost shape there. Near its middle it goes for the middle.
 * @param {Pick<Shapes, "near" | "sorted" | "find">} shapes @param {number} x @param {number} y @param {number} reach px
 * @param {string} [except] the line itself
 * @returns {Binding | null}
 */
export function bindingAt(shapes, x, y, reach, except) {
  const found = shapes.near({ left: x - reach, top: y - reach, right: x + reach, bottom: y + reach }).filter((shape) => shape.id !== except && binds(shape, x, y, reach, shapes));
  const id = shapes.sorted(found.map((shape) => shape.id)).at(-1);
  const shape = found.find((each) => each.id === id);
  return shape ? { id: shape.id, at: anchor(shape, x, y, reach, shapes) } : null;
}

/** @param {Shape} shape @param {number} x @param {number} y @param {number} reach @param {Pick<Shapes, "find">} shapes */
function binds(shape, x, y, reach, { find }) {
  if (!BINDABLE.includes(shape.kind)) return false;
  const place = toLocal(shape, x, y);
  if (shape.kind === "frame") return kindOf(shape).distance(shape, place.x, place.y, find) <= reach;
  return inside(shape, grown(kindOf(shape).box(shape, find), reach), place.x, place.y);
}

/** @param {Shape} shape @param {number} x @param {number} y @param {number} reach @param {Pick<Shapes, "find">} shapes @returns {[number, number]} */
function anchor(shape, x, y, reach, { find }) {
  const { left, top, right, bottom } = kindOf(shape).box(shape, find);
  const place = toLocal(shape, x, y);
  if (Math.hypot(place.x - (left + right) / 2, place.y - (top + bottom) / 2) <= reach) return [0.5, 0.5];
  return [fraction(place.x, left, right), fraction(place.y, top, bottom)];
}

/** @param {number} at @param {number} low @param {number} high in thousandths, within the box */
function fraction(at, low, high) {
  if (high === low) return 0.5;
  return Math.round(1000 * Math.min(1, Math.max(0, (at - low) / (high - low)))) / 1000;
}
