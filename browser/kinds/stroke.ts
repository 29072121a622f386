import type { Kind } from "../types/kind.ts";
import type { Stroke } from "../types/shape.ts";
import { grown, mapping, movedTo, scaled } from "./boxes.ts";
import { distance } from "./curve.ts";
import { bounds, pathData, pathPoints } from "./geometry.ts";
import { mostRadius, outlinePath } from "./ink.ts";
import { escaped, group, number, origin, transform } from "./markup.ts";

/** The width of most strokes, in px, which the group around them says once. */
const USUAL = 4;

/** Ink. One of constant width is a path without more: there are thousands of them. */
export const stroke: Kind<Stroke> = {
  resizing: "free",

  svg(shape) {
    const place = origin(shape);
    if (shape.pressures.length) {
      const outline = outlinePath(shape.points, shape.pressures, shape.width, place);
      return group(shape, `<path d="${outline}" fill="currentColor" stroke="none"/>`);
    }
    const tenths = shape.points.map((value) => Math.round(value * 10));
    const color = shape.color.startsWith("#") ? `stroke="${shape.color}"` : `class="${escaped(shape.color)}"`;
    const width = shape.width === USUAL ? "" : ` stroke-width="${number(20 * shape.width)}"`;
    const opacity = shape.opacity === 1 ? "" : ` stroke-opacity="${number(shape.opacity)}"`;
    const d = pathData(tenths, place.x, place.y);
    return `<path id="${shape.id}" ${color} d="${d}"${width}${opacity}${transform(shape)}${extras(shape, tenths)}/>`;
  },

  box({ points }) {
    return bounds(points);
  },

  ink({ points, pressures, width }) {
    return grown(bounds(points), pressures.length ? mostRadius(width) : width / 2);
  },

  distance({ points, width }, x, y) {
    const tenths = points.map((value) => value * 10);
    return Math.max(0, distance(tenths, 10 * x, 10 * y) / 10 - width / 2);
  },

  resize(shape, from, to) {
    const map = mapping(from, to);
    return { ...movedTo(shape, map.x(0), map.y(0)), points: scaled(shape.points, map) };
  },
};

/** What only few strokes have. Without `data-first` the first point is 0 0, or the path stands at the origin. */
function extras(shape: Stroke, tenths: number[]) {
  const first = !transform(shape) && (tenths[0] || tenths[1]) ? ` data-first="${tenths[0]} ${tenths[1]}"` : "";
  return `${first}${shape.group && ` data-group="${escaped(shape.group)}"`}${shape.locked ? ` data-locked="${shape.locked === "owner" ? "owner" : ""}"` : ""}`;
}

/** The shape that a plain stroke's element shows. */
export function readStroke(element: Element): Stroke {
  const attribute = (name: string, absent: string = "") => element.getAttribute(name) ?? absent;
  const [, translate, rotate] = attribute("transform").match(/^translate\(([^)]*)\)(?:rotate\(([^)]*)\))?$/) ?? [];
  const tenths = pathPoints(attribute("d", "M0 0h0"));
  const first = attribute("data-first", "0 0").split(" ").map(Number);
  // In tenths; the path of a stroke that stands elsewhere begins at its own origin.
  const [x, y] = translate
    ? translate.split(" ").map((value) => Number(value) / 2)
    : [tenths[0] - first[0], tenths[1] - first[1]];
  const points = tenths.map((value, i) => (translate ? value : value - (i % 2 ? y : x)) / 10);
  return {
    id: element.id,
    kind: "stroke",
    color: attribute("stroke") || attribute("class"),
    x: x / 10,
    y: y / 10,
    rotation: (Number(rotate ?? 0) * Math.PI) / 180,
    opacity: Number(attribute("stroke-opacity", "1")),
    group: attribute("data-group"),
    locked: attribute("data-locked") === "owner" ? "owner" : element.hasAttribute("data-locked"),
    width: Number(attribute("stroke-width", `${20 * USUAL}`)) / 20,
    points,
    pressures: [],
  };
}
