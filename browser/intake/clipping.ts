// Shapes as text on a clipboard, and back. Pure. What comes from a clipboard may be anything: only what is sound is taken.
import { complete, has, KINDS } from "../kinds/defaults.ts";
import { clean } from "../text/clean.ts";
import type { Binding, Shape } from "../types/shape.ts";

const COLORS = /^(black|grey|red|orange|yellow|green|teal|blue|violet|pink|#[0-9a-f]{6})$/;
const ENDS = ["none", "arrow", "triangle", "dot", "bar"];

/** The server's limits. */
const RANGES: Record<string, [number, number]> = {
  x: [-1e6, 1e6],
  y: [-1e6, 1e6],
  rotation: [-1e6, 1e6],
  opacity: [0, 1],
  w: [0, 1e6],
  h: [0, 1e6],
  width: [0.5, 64],
  size: [8, 400],
  radius: [0, 1_000],
};
const CHOICES: Record<string, string[]> = {
  dash: ["solid", "dashed", "dotted"],
  fill: ["none", "tint", "solid"],
  align: ["left", "center", "right"],
  start: ENDS,
  end: ENDS,
  flip: ["", "x", "y", "xy"],
};
const ID = /^[A-Za-z0-9_-]{1,64}$/;
const MOST = { text: 5_000, title: 200, alt: 1_000 };

/** @param board whose pictures they show @returns HTML that carries them */
export function wrap(shapes: Shape[], board: string): string {
  // No markup in it: whatever mends the HTML on its way has nothing to mend.
  const json = JSON.stringify({ board, shapes }).replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
  return `<meta charset="utf-8"><div data-easel>${json}</div>`;
}

/** @returns null if nothing of ours is in it */
export function unwrap(html: string): { board: string; shapes: Shape[] } | null {
  const json = /<div data-easel(?:="")?>([^<]*)<\/div>/.exec(html)?.[1];
  if (!json) return null;
  try {
    const { board, shapes } = JSON.parse(json.replace(/&quot;/g, '"'));
    return { board: String(board), shapes: shapes.flatMap((shape: unknown) => sound(shape) ?? []) };
  } catch {
    return null;
  }
}

/** What somebody reads who pastes them into a text. */
export function spelled(shapes: Shape[]) {
  return shapes
    .flatMap((shape) => ("text" in shape && shape.text ? [shape.text] : "alt" in shape && shape.alt ? [shape.alt] : []))
    .join("\n\n");
}

/** A shape with those fields that are as they should be; null if it cannot be drawn. */
export function sound(raw: any): Shape | null {
  if (!raw || !KINDS.includes(raw.kind) || !is(ID, raw.id)) return null;
  const fields = Object.entries(raw)
    .filter(([name, value]) => has(raw.kind, name) && fits(raw.kind, name, value))
    .map(([name, value]) => [name, cleaned(raw.kind, name, value)]);
  const shape = complete(raw.kind as Shape["kind"], raw.id, Object.fromEntries(fields));
  if ("points" in shape && !fields.some(([name]) => name === "points")) return null;
  if (shape.kind === "stroke" && shape.pressures.length !== shape.points.length / 2) shape.pressures = [];
  return shape.kind === "image" && !shape.file ? null : shape;
}

function fits(kind: string, name: string, value: any) {
  if (name in RANGES) return Number.isFinite(value) && value >= RANGES[name][0] && value <= RANGES[name][1];
  if (name in CHOICES) return CHOICES[name].includes(value);
  if (name === "color" || (name === "fillColor" && value !== "")) return is(COLORS, value);
  if (name === "fillColor") return true;
  if (name === "text" || name === "alt") return typeof value === "string";
  if (name === "group") return value === "" || is(ID, value);
  if (name === "file") return is(ID, value);
  if (name === "locked" && value === "owner") return true;
  if (name === "locked" || name === "curved") return typeof value === "boolean";
  if (name === "points")
    return (
      numbers(value, kind === "stroke" ? 2 : 4, kind === "stroke" ? 10_000 : 200, -1e6, 1e6) && value.length % 2 === 0
    );
  if (name === "pressures") return numbers(value, 0, 600, 0, 1);
  if (name === "crop")
    return value === null || (numbers(value, 4, 4, 0, 1) && value[0] < value[2] && value[1] < value[3]);
  return value === null || binds(value);
}

/** Text as the server takes it. */
function cleaned(kind: string, name: string, value: any) {
  if (name === "alt") return clean(value, MOST.alt);
  return name === "text" ? clean(value, kind === "frame" ? MOST.title : MOST.text) : value;
}

export function isId(value: unknown): value is string {
  return is(ID, value);
}

function is(pattern: RegExp, value: unknown): value is string {
  return typeof value === "string" && pattern.test(value);
}

function numbers(value: any, fewest: number, most: number, low: number, high: number): value is number[] {
  return (
    Array.isArray(value) &&
    value.length >= fewest &&
    value.length <= most &&
    value.every((each) => Number.isFinite(each) && each >= low && each <= high)
  );
}

function binds(value: any): value is Binding {
  return is(ID, value?.id) && numbers(value?.at, 2, 2, 0, 1);
}
