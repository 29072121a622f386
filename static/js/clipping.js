// @ts-check
// Shapes as text on a clipboard, and back. Pure. What comes from a clipboard may be anything: only what is sound is taken.
import { complete, has, KINDS } from "./defaults.js";

/** @import { Binding, Shape } from "./types.js" */

const COLORS = /^(black|grey|red|orange|yellow|green|teal|blue|violet|pink|#[0-9a-f]{6})$/;
const ENDS = ["none", "arrow", "triangle", "dot", "bar"];

/** The server's limits. @type {Record<string, [number, number]>} */
const RANGES = { x: [-1e6, 1e6], y: [-1e6, 1e6], rotation: [-1e6, 1e6], opacity: [0, 1], w: [0, 1e6], h: [0, 1e6], width: [0.5, 64], size: [8, 400], radius: [0, 1_000] };
/** @type {Record<string, string[]>} */
const CHOICES = { dash: ["solid", "dashed", "dotted"], fill: ["none", "tint", "solid"], align: ["left", "center", "right"], start: ENDS, end: ENDS, flip: ["", "x", "y", "xy"] };
const ID = /^[A-Za-z0-9_-]{1,64}$/;

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
  if (!raw || !KINDS.includes(raw.kind) || !ID.test(raw.id)) return null;
  const fields = Object.entries(raw).filter(([name, value]) => has(raw.kind, name) && fits(raw.kind, name, value));
  const shape = complete(/** @type {Shape["kind"]} */ (raw.kind), raw.id, Object.fromEntries(fields));
  if ("points" in shape && !Array.isArray(raw.points)) return null;
  if (shape.kind === "stroke" && shape.pressures.length !== shape.points.length / 2) shape.pressures = [];
  return shape.kind === "image" && !shape.file ? null : shape;
}

/** @param {string} kind @param {string} name @param {any} value */
function fits(kind, name, value) {
  if (name in RANGES) return Number.isFinite(value) && value >= RANGES[name][0] && value <= RANGES[name][1];
  if (name in CHOICES) return CHOICES[name].includes(value);
  if (name === "color") return COLORS.test(value);
  if (name === "text" || name === "alt") return typeof value === "string" && value.length <= 5_000 && !/[^\P{Cc}\n]/u.test(value);
  if (name === "group") return value === "" || ID.test(value);
  if (name === "file") return ID.test(value);
  if (name === "locked" || name === "curved") return typeof value === "boolean";
  if (name === "points") return numbers(value, kind === "stroke" ? 10_000 : 200, 1e6) && value.length > 1 && value.length % 2 === 0;
  if (name === "pressures") return numbers(value, 600, 1);
  if (name === "crop") return value === null || (numbers(value, 4, 1) && value.length === 4);
  return value === null || binds(value);
}

/** @param {any} value @param {number} most @param {number} largest @returns {value is number[]} */
function numbers(value, most, largest) {
  return Array.isArray(value) && value.length <= most && value.every((each) => Number.isFinite(each) && Math.abs(each) <= largest);
}

/** @param {any} value @returns {value is Binding} */
function binds(value) {
  return ID.test(value?.id) && numbers(value?.at, 2, 1) && value.at.length === 2;
}
