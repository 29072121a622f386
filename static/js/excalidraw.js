// @ts-check
// Excalidraw's elements, from its clipboard or a .excalidraw file, as our shapes. Pure.
import { complete } from "./defaults.js";
import { colors, hex } from "./excalidraw-colors.js";
import { picture } from "./excalidraw-pictures.js";
import { newId } from "./identifiers.js";
import { simplify } from "./curve.js";
import { clean } from "./text/clean.js";

/** @import { Binding, Head, Shape } from "./types.js" */

/** Kinds with a line and a body. @type {Shape["kind"][]} */
const BOXES = ["rectangle", "ellipse", "diamond"];

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
  const filled = onFills(known);
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
    .map((element) => complete(KINDS[element.type], ids.get(element.id) ?? newId(), { ...look(element, filled.has(element)), group: groupOf(element), ...geometry(element, ids), ...(element.type === "image" ? picture(element) : {}), ...words(element, labels.get(element.id)) }));
}

/** The kinds among them that become nothing here, each once. @param {Element[]} elements @returns {string[]} */
export function unknown(elements) {
  return [...new Set(elements.filter(({ type }) => !Object.hasOwn(KINDS, type)).map(({ type }) => String(type).slice(0, 40)))];
}

/** Those whose middle lies on a solid fill below them. @param {Element[]} elements */
function onFills(elements) {
  /** @type {Element[]} */
  const fills = [];
  return new Set(
    elements.filter((element) => {
      const points = flat(element);
      const middle = (/** @type {0 | 1} */ axis, /** @type {"width" | "height"} */ side) => extent(points, axis, number(element[side])).reduce((a, b) => a + b) / 2;
      const [x, y] = [number(element.x) + middle(0, "width"), number(element.y) + middle(1, "height")];
      const on = fills.some((fill) => x >= fill.x && x <= fill.x + fill.width && y >= fill.y && y <= fill.y + fill.height);
      if (BOXES.includes(KINDS[element.type]) && element.fillStyle === "solid" && hex(element.backgroundColor)) fills.push(element);
      return on;
    }),
  );
}

/** @param {Element} element @param {boolean} onFill */
function look(element, onFill) {
  const { type, strokeWidth, strokeStyle, opacity, roundness, locked } = element;
  return {
    ...colors(element, BOXES.includes(KINDS[type]), onFill),
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
