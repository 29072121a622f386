// Excalidraw's elements, from its clipboard or a .excalidraw file, as our shapes. Pure.

import excalidraw from "../../shapes/excalidraw.json" with { type: "json" };
import { newId } from "../ground/identifiers.ts";
import { kinds, limits, texts } from "../kinds/declared.ts";
import { complete } from "../kinds/defaults.ts";
import { toHundredths } from "../kinds/rounding.ts";
import { lines } from "../text/layout.ts";
import type { Shape } from "../types/shape.ts";
import { colors, hex } from "./excalidraw-colors.ts";
import type { Element } from "./excalidraw-element.ts";
import { labelsOf } from "./excalidraw-labels.ts";
import { binding, extent, fewer, flat, head } from "./excalidraw-lines.ts";
import { picture } from "./excalidraw-pictures.ts";
import { between, number, written } from "./values.ts";

/** Kinds with a line and a body. */
const BOXES: Shape["kind"][] = ["rectangle", "ellipse", "diamond"];

/** `ink`: their freehand ink is this much wider than its `strokeWidth`. `radius` of their round corners, in px. */
const { ink: INK, radius: RADIUS } = excalidraw;

const KINDS = excalidraw.kinds as Record<string, Shape["kind"]>;

/** Of the room that a narrower font leaves, on a text's left. */
const SHARE = { left: 0, center: 0.5, right: 1 };

const MOST = { line: limits.corners, stroke: limits.points, text: texts.text, title: kinds.frame.most?.text ?? 0 };

/** The elements of a clipboard or a file; null if the text is neither. */
export function elements(text: string): Element[] | null {
  if (!/^\s*\{/.test(text) || !text.includes('"excalidraw')) return null;
  try {
    const { type, elements } = JSON.parse(text);
    return /^excalidraw(\/clipboard)?$/.test(type) && Array.isArray(elements)
      ? elements.filter((element) => element && !element.isDeleted)
      : null;
  } catch {
    return null;
  }
}

/** Our shapes for these, from the bottom up; a text in a box or on an arrow becomes its label. What we have no kind for is left out. */
export function shapes(elements: Element[]): Shape[] {
  const known = elements.filter(({ type, id }) => Object.hasOwn(KINDS, type) && typeof id === "string");
  const ids = new Map(known.map(({ id }) => [id, newId()]));
  const byId = new Map(known.map((element) => [element.id, element]));
  const { labels, ties } = labelsOf(known);
  const filled = onFills(known);
  const groups: Map<string, string> = new Map();
  const groupOf = ({ id, groupIds }: Element) => {
    const outermost = ties.get(id) ?? (Array.isArray(groupIds) ? groupIds.at(-1) : undefined);
    if (typeof outermost !== "string") return "";
    if (!groups.has(outermost)) groups.set(outermost, newId());
    return groups.get(outermost) ?? "";
  };
  return known
    .filter((element) => labels.get(element.containerId) !== element)
    .map((element) =>
      complete(KINDS[element.type], ids.get(element.id) ?? newId(), {
        ...look(element, filled.has(element)),
        group: groupOf(element),
        ...geometry(element, ids, byId),
        ...(element.type === "image" ? picture(element) : {}),
        ...words(element, labels.get(element.id)),
      }),
    );
}

/** The kinds among them that become nothing here, each once. */
export function unknown(elements: Element[]): string[] {
  return [
    ...new Set(elements.filter(({ type }) => !Object.hasOwn(KINDS, type)).map(({ type }) => String(type).slice(0, 40))),
  ];
}

/** Those whose middle lies on a solid fill below them. */
function onFills(elements: Element[]) {
  const fills: Element[] = [];
  return new Set(
    elements.filter((element) => {
      const points = flat(element);
      const middle = (axis: 0 | 1, side: "width" | "height") =>
        extent(points, axis, number(element[side])).reduce((a, b) => a + b) / 2;
      const [x, y] = [number(element.x) + middle(0, "width"), number(element.y) + middle(1, "height")];
      const on = fills.some(
        (fill) => x >= fill.x && x <= fill.x + fill.width && y >= fill.y && y <= fill.y + fill.height,
      );
      if (BOXES.includes(KINDS[element.type]) && element.fillStyle === "solid" && hex(element.backgroundColor))
        fills.push(element);
      return on;
    }),
  );
}

function look(element: Element, onFill: boolean) {
  const { type, strokeWidth, strokeStyle, opacity, roundness, elbowed, locked } = element;
  return {
    ...colors(element, BOXES.includes(KINDS[type]), onFill),
    width: between(0.5, number(strokeWidth, 2) * (type === "freedraw" ? INK : 1), 64),
    dash: strokeStyle === "dashed" || strokeStyle === "dotted" ? strokeStyle : "solid",
    opacity: between(0, number(opacity, 100) / 100, 1),
    radius: roundness && type === "rectangle" ? RADIUS : 0,
    curved: Boolean(roundness) && elbowed !== true,
    locked: locked === true,
  };
}

/** Theirs turn about their middle, ours about their origin. */
function geometry(element: Element, ids: Map<string, string>, byId: Map<string, Element>) {
  const [x, y, w, h] = [number(element.x), number(element.y), number(element.width), number(element.height)];
  const rotation = number(element.angle);
  const points = flat(element);
  const [left, right] = extent(points, 0, w);
  const [top, bottom] = extent(points, 1, h);
  const [cx, cy] = [(left + right) / 2, (top + bottom) / 2];
  const cos = Math.cos(rotation);
  const sin = Math.sin(rotation);
  const place = {
    x: toHundredths(x + cx - cx * cos + cy * sin),
    y: toHundredths(y + cy - cx * sin - cy * cos),
    rotation,
  };
  if (points.length === 0) return { ...place, w: Math.abs(w), h: Math.abs(h) };
  if (element.type === "freedraw") return { ...place, ...pressed(element, points) };
  const ends = { start: head(element.startArrowhead), end: head(element.endArrowhead) };
  return {
    ...place,
    ...ends,
    points: fewer(points, MOST.line),
    from: binding(element, element.startBinding, points.slice(0, 2), points.slice(2, 4), ids, byId),
    to: binding(element, element.endBinding, points.slice(-2), points.slice(-4, -2), ids, byId),
  };
}

/** Pressures of a pen are kept; those that Excalidraw only pretends are none. */
function pressed({ pressures, simulatePressure }: Element, points: number[]) {
  const real = Array.isArray(pressures) && simulatePressure === false;
  if (real && pressures.length === points.length / 2 && pressures.length <= limits.pressed) {
    const found = pressures.map((value: unknown) => toHundredths(between(0, number(value, 0.5), 1)));
    if (new Set(found).size > 1) return { points, pressures: found };
  }
  return { points: fewer(points, MOST.stroke) };
}

function words(element: Element, label?: Element) {
  const { type, name } = element;
  if (type === "frame" || type === "magicframe") return { text: written(name ?? "Frame", MOST.title), color: "grey" };
  if ((type === "embeddable" || type === "iframe") && !label) return { text: written(element.link, MOST.text) };
  const from = type === "text" ? element : label;
  if (!from) return {};
  const said = written(from.originalText ?? from.text, MOST.text);
  const align = ["left", "center", "right"].includes(from.textAlign) ? from.textAlign : "left";
  const size = between(8, number(from.fontSize, 20), 400);
  const fields = { text: said, align, size };
  if (type !== "text") return fields;
  const wide = Math.abs(number(from.width));
  if (from.autoResize === false) return { ...fields, w: toHundredths(wide) };
  // Ours may be as wide as theirs or not: a centred text stays centred.
  const room = wide - Math.max(...lines(said, size).map(({ width }) => width));
  const shift = from.angle ? 0 : SHARE[align as keyof typeof SHARE] * room;
  return { ...fields, w: 0, ...(shift ? { x: toHundredths(number(from.x) + shift) } : {}) };
}
