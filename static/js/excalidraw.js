// @ts-check
// Excalidraw's elements, from its clipboard or a .excalidraw file, as our shapes. Pure.
import { complete } from "./defaults.js";
import { picture } from "./excalidraw-pictures.js";
import { newId } from "./identifiers.js";
import { simplify } from "./curve.js";
import { clean } from "./text/clean.js";

/** @import { Binding, Head, Shape } from "./types.js" */

/** Their colours by name, so that they are right on dark paper too: the default palette, stroke and background. @type {Record<string, string>} */
const COLORS = {
  "#1e1e1e": "black", "#000000": "black", "#343a40": "black", "#868e96": "grey", "#e9ecef": "grey", "#ced4da": "grey",
  "#e03131": "red", "#c92a2a": "red", "#ffc9c9": "red", "#fa5252": "red", "#e8590c": "orange", "#d9480f": "orange", "#ffd8a8": "orange", "#fd7e14": "orange",
  "#f08c00": "yellow", "#e67700": "yellow", "#ffec99": "yellow", "#fab005": "yellow", "#2f9e44": "green", "#b2f2bb": "green", "#40c057": "green",
  "#099268": "teal", "#0c8599": "teal", "#96f2d7": "teal", "#99e9f2": "teal", "#12b886": "teal", "#15aabf": "teal",
  "#1971c2": "blue", "#1864ab": "blue", "#a5d8ff": "blue", "#228be6": "blue", "#4c6ef5": "blue",
  "#6741d9": "violet", "#9c36b5": "violet", "#d0bfff": "violet", "#eebefa": "violet", "#7950f2": "violet", "#c2255c": "pink", "#fcc2d7": "pink", "#e64980": "pink",
};

/** Their freehand ink is this much wider than its `strokeWidth`. */
const INK = 1.4;

/** @type {Record<string, Head>} */
const HEADS = { arrow: "arrow", triangle: "triangle", triangle_outline: "triangle", diamond: "triangle", dot: "dot", circle: "dot", circle_outline: "dot", bar: "bar", crowfoot_one: "bar" };

/** @type {Record<string, Shape["kind"]>} */
const KINDS = { rectangle: "rectangle", embeddable: "rectangle", iframe: "rectangle", diamond: "diamond", ellipse: "ellipse", freedraw: "stroke", line: "line", arrow: "arrow", text: "text", frame: "frame", magicframe: "frame", image: "image" };

const MOST = { line: 100, stroke: 5_000, text: 5_000, title: 200 };

/** @typedef {Record<string, any>} Element of Excalidraw's; whatever a clipboard may hold */

/**
 * The elements of a clipboard or a file; null if the text is neither.
 * @param {string} text
 * @returns {Element[] | null}
 */
export function elements(text) {
  if (!/^\s*\{/.test(text) || !text.includes('"excalidraw')) return null;
  try {
    const { type, elements } = JSON.parse(text);
    return /^excalidraw(\/clipboard)?$/.test(type) && Array.isArray(elements) ? elements.filter((element) => element && !element.isDeleted) : null;
  } catch {
    return null;
  }
}

/**
 * Our shapes for these, from the bottom up; a text in a box or on an arrow becomes its label. What we have no kind for is left out.
 * @param {Element[]} elements
 * @returns {Shape[]}
 */
export function shapes(elements) {
  const known = elements.filter(({ type, id }) => Object.hasOwn(KINDS, type) && typeof id === "string");
  const ids = new Map(known.map(({ id }) => [id, newId()]));
  const holders = new Set(known.filter(({ type }) => type !== "text").map(({ id }) => id));
  const labels = new Map(known.filter(({ type, containerId }) => type === "text" && holders.has(containerId)).map((label) => [label.containerId, label]));
  /** @type {Map<string, string>} */
  const groups = new Map();
  const groupOf = (/** @type {Element} */ { groupIds }) => {
    const outermost = Array.isArray(groupIds) ? groupIds.at(-1) : undefined;
    if (typeof outermost !== "string") return "";
    if (!groups.has(outermost)) groups.set(outermost, newId());
    return groups.get(outermost) ?? "";
  };
  return known
    .filter((element) => labels.get(element.containerId) !== element)
    .map((element) => complete(KINDS[element.type], ids.get(element.id) ?? newId(), { ...look(element), group: groupOf(element), ...geometry(element, ids), ...(element.type === "image" ? picture(element) : {}), ...words(element, labels.get(element.id)) }));
}

/** @param {Element} element */
function look({ type, strokeColor, backgroundColor, fillStyle, strokeWidth, strokeStyle, opacity, roundness, locked }) {
  const stroke = color(strokeColor);
  const body = backgroundColor && backgroundColor !== "transparent" ? color(backgroundColor) : null;
  return {
    // We have one colour for line and body: the more telling of the two.
    color: body && stroke === "black" ? body : stroke,
    fill: body ? (fillStyle === "solid" ? "solid" : "tint") : "none",
    width: between(0.5, number(strokeWidth, 2) * (type === "freedraw" ? INK : 1), 64),
    dash: strokeStyle === "dashed" || strokeStyle === "dotted" ? strokeStyle : "solid",
    opacity: between(0, number(opacity, 100) / 100, 1),
    radius: roundness && type === "rectangle" ? 12 : 0,
    curved: Boolean(roundness),
    locked: locked === true,
  };
}

/** Theirs turn about their middle, ours about their origin. @param {Element} element @param {Map<string, string>} ids */
function geometry(element, ids) {
  const [x, y, w, h] = [number(element.x), number(element.y), number(element.width), number(element.height)];
  const rotation = number(element.angle);
  const points = flat(element);
  const [left, right] = extent(points, 0, w);
  const [top, bottom] = extent(points, 1, h);
  const [cx, cy] = [(left + right) / 2, (top + bottom) / 2];
  const cos = Math.cos(rotation);
  const sin = Math.sin(rotation);
  const place = { x: hundredths(x + cx - cx * cos + cy * sin), y: hundredths(y + cy - cx * sin - cy * cos), rotation };
  if (points.length === 0) return { ...place, w: Math.abs(w), h: Math.abs(h) };
  if (element.type === "freedraw") return { ...place, points: fewer(points, MOST.stroke) };
  const ends = { start: head(element.startArrowhead), end: head(element.endArrowhead) };
  return { ...place, ...ends, points: fewer(points, MOST.line), from: binding(element.startBinding, ids), to: binding(element.endBinding, ids) };
}

/** @param {Element} element @param {Element} [label] */
function words(element, label) {
  const { type, name } = element;
  if (type === "frame" || type === "magicframe") return { text: written(name ?? "Frame", MOST.title), color: "grey" };
  const from = type === "text" ? element : label;
  if (!from) return {};
  const said = written(from.originalText ?? from.text, MOST.text);
  const align = ["left", "center", "right"].includes(from.textAlign) ? from.textAlign : "left";
  const size = between(8, number(from.fontSize, 20), 400);
  return type === "text" ? { text: said, align, size, w: from.autoResize === false ? Math.abs(number(from.width)) : 0 } : { text: said, align, size };
}

/** Their fixed point is a fraction of the box; older ones have none, and aim at the middle. @param {Element | null | undefined} bound @param {Map<string, string>} ids @returns {Binding | null} */
function binding(bound, ids) {
  const id = ids.get(bound?.elementId);
  if (!id) return null;
  const [u, v] = Array.isArray(bound?.fixedPoint) ? bound.fixedPoint : [];
  return { id, at: [between(0, number(u, 0.5), 1), between(0, number(v, 0.5), 1)] };
}

/** x, y, x, y in whole tenths. @param {Element} element @returns {number[]} */
function flat({ points }) {
  if (!Array.isArray(points)) return [];
  const found = points.filter(Array.isArray).flatMap(([x, y]) => [number(x), number(y)].map((value) => Math.round(value * 10) / 10));
  return found.length === 2 ? [...found, ...found] : found;
}

/** The thinnest that looks the same and is no more than so many points. @param {number[]} points @param {number} most */
function fewer(points, most) {
  let found = points;
  for (let tolerance = 3; found.length > 2 * most; tolerance *= 2) found = simplify(points.map((value) => value * 10), tolerance).map((value) => value / 10);
  return found;
}

/** @param {number[]} points @param {0 | 1} axis @param {number} length without points */
function extent(points, axis, length) {
  const values = points.filter((_, i) => i % 2 === axis);
  return values.length ? [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))] : [0, length];
}

/** @param {unknown} value */
function color(value) {
  const hex = typeof value === "string" ? value.toLowerCase() : "";
  return (Object.hasOwn(COLORS, hex) && COLORS[hex]) || (/^#[0-9a-f]{6}$/.test(hex) ? hex : "black");
}

/** @param {unknown} value @returns {Head} */
function head(value) {
  if (typeof value !== "string") return "none";
  return Object.hasOwn(HEADS, value) ? HEADS[value] : "arrow";
}

/** @param {unknown} value @param {number} most characters */
function written(value, most) {
  return typeof value === "string" ? clean(value, most) : "";
}

/** @param {unknown} value @param {number} [otherwise] */
function number(value, otherwise = 0) {
  return typeof value === "number" && Number.isFinite(value) ? value : otherwise;
}

/** @param {number} least @param {number} value @param {number} most */
function between(least, value, most) {
  return Math.min(most, Math.max(least, value));
}

/** @param {number} value */
function hundredths(value) {
  return Math.round(value * 100) / 100;
}
