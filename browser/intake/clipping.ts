// Shapes as text on a clipboard, and back. Pure. What comes from a clipboard may be anything: only what is sound is taken.
import { choices, kinds, limits, numbers, palette, texts } from "../kinds/declared.ts";
import { complete, has, KINDS } from "../kinds/defaults.ts";
import { clean } from "../text/clean.ts";
import type { Binding, Shape } from "../types/shape.ts";

const COLORS = new RegExp(`^(${Object.keys(palette).join("|")}|#[0-9a-f]{6})$`);
const CHOICES: Record<string, object> = choices;
const ID = /^[A-Za-z0-9_-]{1,64}$/;
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
  const [fewest, most] = kind === "stroke" ? [2, limits.points] : [4, limits.corners];
  if (name in numbers) return Number.isFinite(value) && value >= numbers[name].least && value <= numbers[name].most;
  if (name in CHOICES) return typeof value === "string" && Object.hasOwn(CHOICES[name], value);
  if (name === "color" || (name === "fillColor" && value !== "")) return is(COLORS, value);
  if (name === "fillColor") return true;
  if (name === "text" || name === "alt") return typeof value === "string";
  if (name === "group") return value === "" || is(ID, value);
  if (name === "file") return is(ID, value);
  if (name === "locked" && value === "owner") return true;
  if (name === "locked" || name === "curved") return typeof value === "boolean";
  if (name === "points")
    return areNumbers(value, fewest, 2 * most, -limits.coordinate, limits.coordinate) && value.length % 2 === 0;
  if (name === "pressures") return areNumbers(value, 0, limits.pressed, 0, 1);
  if (name === "crop")
    return value === null || (areNumbers(value, 4, 4, 0, 1) && value[0] < value[2] && value[1] < value[3]);
  return value === null || binds(value);
}

/** Text as the server takes it. */
function cleaned(kind: Shape["kind"], name: string, value: any) {
  if (name !== "text" && name !== "alt") return value;
  return clean(value, kinds[kind].most?.[name] ?? texts[name]);
}

export function isId(value: unknown): value is string {
  return is(ID, value);
}

function is(pattern: RegExp, value: unknown): value is string {
  return typeof value === "string" && pattern.test(value);
}

function areNumbers(value: any, fewest: number, most: number, low: number, high: number): value is number[] {
  return (
    Array.isArray(value) &&
    value.length >= fewest &&
    value.length <= most &&
    value.every((each) => Number.isFinite(each) && each >= low && each <= high)
  );
}

function binds(value: any): value is Binding {
  return is(ID, value?.id) && areNumbers(value?.at, 2, 2, 0, 1);
}
