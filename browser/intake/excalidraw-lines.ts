// Excalidraw's lines: their points, heads and bindings. Pure.
import excalidraw from "../../shapes/excalidraw.json" with { type: "json" };
import { simplify } from "../kinds/curve.ts";
import { toTenths } from "../kinds/rounding.ts";
import type { Binding, Head } from "../types/shape.ts";
import { aim } from "./excalidraw-aims.ts";
import type { Element } from "./excalidraw-element.ts";
import { between, number } from "./values.ts";

const HEADS = excalidraw.heads as Record<string, Head>;

/** Their fixed point is a fraction of the box; in older drawings the line shows where it is. */
export function binding(
  line: Element,
  bound: Element | null | undefined,
  end: number[],
  before: number[],
  ids: Map<string, string>,
  byId: Map<string, Element>,
): Binding | null {
  const id = ids.get(bound?.elementId);
  const holder = byId.get(bound?.elementId);
  if (!bound || !id || !holder) return null;
  if (!Array.isArray(bound.fixedPoint)) return { id, at: aim(line, bound, holder, end, before) };
  const [u, v] = bound.fixedPoint;
  return { id, at: [between(0, number(u, 0.5), 1), between(0, number(v, 0.5), 1)] };
}

/** x, y, x, y in whole tenths. */
export function flat({ points }: Element): number[] {
  if (!Array.isArray(points)) return [];
  const found = points.filter(Array.isArray).flatMap(([x, y]) => [number(x), number(y)].map(toTenths));
  return found.length === 2 ? [...found, ...found] : found;
}

/** The thinnest that looks the same and is no more than so many points. */
export function fewer(points: number[], most: number) {
  let found = points;
  for (let tolerance = 3; found.length > 2 * most; tolerance *= 2)
    found = simplify(
      points.map((value) => value * 10),
      tolerance,
    ).map((value) => value / 10);
  return found;
}

/** @param length without points */
export function extent(points: number[], axis: 0 | 1, length: number) {
  const values = points.filter((_, i) => i % 2 === axis);
  return values.length
    ? [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))]
    : [0, length];
}

export function head(value: unknown): Head {
  if (typeof value !== "string") return "none";
  return Object.hasOwn(HEADS, value) ? HEADS[value] : "arrow";
}
