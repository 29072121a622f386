// @ts-check
// What a hand has, as others are told of it: within the server's limits, which are for one report.
import { lean } from "../defaults.js";

/** @import { Patch, Shape } from "../types.js" */

const MOST_SHAPES = 200;
/** In characters; the body of a report has 64 KiB. */
const MOST = 20_000;

/** Fields of a patch that others see live, and the longest list of points among them. */
const LIVE = /** @type {const} */ (["x", "y", "rotation", "w", "h", "size", "width", "points", "opacity", "text", "base", "caret"]);
const MOST_POINTS = 800;

/** @typedef {Record<string, Patch & { shape?: Partial<Shape> }>} Held by the shapes' ids; one that is not on the board yet is told whole, as `shape` */

/** @param {ReadonlyMap<string, Patch>} patches what is previewed @param {readonly Shape[]} [sketches] what is being made @returns {Held | null} null is nothing */
export function heldOf(patches, sketches = []) {
  /** @type {Held} */
  const held = {};
  let [count, room] = [0, MOST];
  /** @param {string} id @param {object} what */
  const tell = (id, what) => {
    const { length } = JSON.stringify(what);
    if (count === MOST_SHAPES || length > room) return;
    held[id] = what;
    count++;
    room -= length;
  };
  for (const shape of sketches) if (shown(shape)) tell(shape.id, { shape: lean(shape) });
  for (const [id, patch] of patches) {
    if (count === MOST_SHAPES) break;
    const fields = LIVE.filter((name) => name in patch).map((name) => [name, /** @type {any} */ (patch)[name]]);
    const long = fields.some(([name, value]) => name === "points" && value.length > MOST_POINTS);
    if (fields.length && !long) tell(id, Object.fromEntries(fields.map(([name, value]) => [name, rounded(value)])));
  }
  return count ? held : null;
}

/** Whether others are to see it: ink is told by itself, and what has no id is no shape. @param {Shape} shape */
function shown(shape) {
  return shape.id !== "" && shape.kind !== "stroke" && (shape.kind !== "text" || shape.text !== "");
}

/** @param {number | number[] | string} value */
function rounded(value) {
  if (typeof value === "string") return value;
  return Array.isArray(value) ? value.map((each) => Math.round(each * 100) / 100) : Math.round(value * 1e4) / 1e4;
}
