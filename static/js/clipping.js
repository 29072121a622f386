// @ts-check
// Shapes as text on a clipboard, and back. Pure. What comes from a clipboard may be anything: only what is sound is taken.
import { complete, has, KINDS } from "./defaults.js";
import { clean } from "./text/clean.js";

/** @import { Binding, Shape } from "./types.js" */

const COLORS = /^(black|grey|red|orange|yellow|green|teal|blue|violet|pink|#[0-9a-f]{6})$/;
const ENDS = ["none", "arrow", "triangle", "dot", "bar"];

/** The server's limits. @type {Record<string, [number, number]>} */
const RANGES = { x: [-1e6, 1e6], y: [-1e6, 1e6], rotation: [-1e6, 1e6], opacity: [0, 1], w: [0, 1e6], h: [0, 1e6], width: [0.5, 64], size: [8, 400], radius: [0, 1_000] };
/** @type {Record<string, string[]>} */
const CHOICES = { dash: ["solid", "dashed", "dotted"], fill: ["none", "tint", "solid"], align: ["left", "center", "right"], start: ENDS, end: ENDS, flip: ["", "x", "y", "xy"] };
const ID = /^[A-Za-z0-9_-]{1,64}$/;
const MOST = { text: 5_000, title: 200, alt: 1_000 };

/** @param {Shape[]} shapes @param {string} board whose pictures they show @returns {string} HTML that carries them */
export function wrap(shapes, board) {
  // No markup in it: whatever mends the HTML on its way has nothing to mend.
  const json = JSON.stringify({ board, shapes }).replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
  return `<meta charset="utf-8"><div data-easel>${json}</div>`;
}

/** @param {string} html @returns {{ board: string, shapes: Shape[] } | null} null if nothing of ours is in it */
export function unwrap(html) {
  const json = /<div data-easel(?:="")?>([^<]*)<\/div>/.exec(html)?.[1];
  if (!json) return null;
  try {
    const { board, shapes } = JSON.parse(json.replace(/&quot;/g, '"'));
    return { board: String(board), shapes: shapes.flatMap((/** @type {unknown} */ shape) => sound(shape) ?? []) };
  } catch {
    return null;
  }
}

/** What somebody reads who pastes them into a text. @param {Shape[]} shapes */
export function spelled(shapes) {
  return shapes.flatMap((shape) => ("text" in shape && shape.text ? [shape.text] : "alt" in shape && shape.alt ? [shape.alt] : [])).join("\n\n");
}

/** A shape with those fields that are as they should be; null if it cannot be drawn. @param {any} raw @returns {Shape | null} */
export function sound(raw) {
  if (!raw || !KINDS.includes(raw.kind) || !is(ID, raw.id)) return null;
  const fields = Object.entries(raw).filter(([name, value]) => has(raw.kind, name) && fits(raw.kind, name, value)).map(([name, value]) => [name, cleaned(raw.kind, name, value)]);
  const shape = complete(/** @type {Shape["kind"]} */ (raw.kind), raw.id, Object.fromEntries(fields));
  if ("points" in shape && !fields.some(([name]) => name === "points")) return null;
  if (shape.kind === "stroke" && shape.pressures.length !== shape.points.length / 2) shape.pressures = [];
  return shape.kind === "image" && !shape.file ? null : shape;
}

/** @param {string} kind @param {string} name @param {any} value */
function fits(kind, name, value) {
  if (name in RANGES) return Number.isFinite(value) && value >= RANGES[name][0] && value <= RANGES[name][1];
  if (name in CHOICES) return CHOICES[name].includes(value);
  if (name === "color" || (name === "fillColor" && value !== "")) return is(COLORS, value);
  if (name === "fillColor") return true;
  if (name === "text" || name === "alt") return typeof value === "string";
  if (name === "group") return value === "" || is(ID, value);
  if (name === "file") return is(ID, value);
  if (name === "locked" && value === "owner") return true;
  if (name === "locked" || name === "curved") return typeof value === "boolean";
  if (name === "points") return numbers(value, kind === "stroke" ? 2 : 4, kind === "stroke" ? 10_000 : 200, -1e6, 1e6) && value.length % 2 === 0;
  if (name === "pressures") return numbers(value, 0, 600, 0, 1);
  if (name === "crop") return value === null || (numbers(value, 4, 4, 0, 1) && value[0] < value[2] && value[1] < value[3]);
  return value === null || binds(value);
}

/** Text as the server takes it. @param {string} kind @param {string} name @param {any} value */
function cleaned(kind, name, value) {
  if (name === "alt") return clean(value, MOST.alt);
  return name === "text" ? clean(value, kind === "frame" ? MOST.title : MOST.text) : value;
}

/** @param {unknown} value @returns {value is string} */
export function isId(value) {
  return is(ID, value);
}

/** @param {RegExp} pattern @param {unknown} value @returns {value is string} */
function is(pattern, value) {
  return typeof value === "string" && pattern.test(value);
}

/** @param {any} value @param {number} fewest @param {number} most @param {number} low @param {number} high @returns {value is number[]} */
function numbers(value, fewest, most, low, high) {
  return Array.isArray(value) && value.length >= fewest && value.length <= most && value.every((each) => Number.isFinite(each) && each >= low && each <= high);
}

/** @param {any} value @returns {value is Binding} */
function binds(value) {
  return is(ID, value?.id) && numbers(value?.at, 2, 2, 0, 1);
}
