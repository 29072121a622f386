/** Checks the limits of a shape's fields. The web process checks the same before. */
import { declaredKinds, limits, numbers, palette, texts } from "./declared";
import { ID, ID_CHARACTERS, ID_LENGTH } from "./id";
import { type Drawing, has, type Kind } from "./kinds";
import { refuse } from "./refuse";

const MAX_POINTS = limits.points; // of a stroke
const MAX_PRESSED = limits.pressed; // points of a stroke with pressures
const MAX_CORNERS = limits.corners; // points of a line or an arrow
const MAX_COORDINATE = limits.coordinate; // board px, before and after adding x, y
export const MAX_Z = limits.z;
const TENTHS = 10; // points are stored in tenths of a board px
const COLOR = new RegExp(`^(${Object.keys(palette).join("|")}|#[0-9a-f]{6})$`);
const POINTS = /^-?\d{1,9}( -?\d{1,9})*$/;
const PRESSURES = /^((\d\d?|100)( (\d\d?|100))*)?$/;
const UNPRINTABLE = /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]/u;

const RANGES: Record<string, { least: number; most: number }> = {
  ...numbers,
  z: { least: -MAX_Z, most: MAX_Z },
};

/** Refuses one field of one shape. */
export type Refuse = (field: string, message: string, limit?: number) => never;

/** `where` is "put", or "patch." and the shape's id. */
export function refuser(where: string, index: number): Refuse {
  return (field, message, limit) => refuse("invalid", message, { field: `${where}.${field}`, index, limit });
}

/** @throws ConvexError `invalid` for a field outside the limits, or a field that this kind of shape does not have */
export function checkFields(shape: Drawing, fields: object, bad: Refuse): void {
  for (const [name, value] of Object.entries(fields)) {
    if (name !== "kind" && !has(shape.kind, name)) bad(name, `A shape of kind ${shape.kind} has no field ${name}.`);
    const range = RANGES[name];
    if (range && !(value >= range.least && value <= range.most))
      bad(name, `${name} must be from ${range.least} to ${range.most}.`, range.most);
    else CHECKS[name]?.(value, name, bad, shape);
  }
  if ("points" in shape && ("points" in fields || "x" in fields || "y" in fields)) checkPoints(shape, bad);
  if (shape.kind === "stroke" && ("points" in fields || "pressures" in fields)) checkPressures(shape, bad);
}

type Check = (value: any, name: string, bad: Refuse, shape: Drawing) => void;
const CHECKS: Record<string, Check> = {
  color: (value, name, bad) => COLOR.test(value) || bad(name, "color must be a palette name or #rrggbb."),
  fillColor: (value, name, bad) =>
    value === "" || COLOR.test(value) || bad(name, "fillColor must be empty, a palette name or #rrggbb."),
  group: (value, name, bad) =>
    value === "" || ID.test(value) || bad(name, `group must be empty, or ${ID_CHARACTERS}.`, ID_LENGTH),
  file: (value, name, bad) => ID.test(value) || bad(name, `file must be ${ID_CHARACTERS}.`, ID_LENGTH),
  from: checkBinding,
  to: checkBinding,
  crop: checkCrop,
  alt: (value, name, bad, { kind }) => checkText(value, name, bad, mostOf("alt", kind)),
  text: (value, name, bad, { kind }) => checkText(value, name, bad, mostOf("text", kind)),
};

/** The most characters that a field with words may have. */
export function mostOf(name: "text" | "alt", kind: Kind): number {
  return declaredKinds[kind].most?.[name] ?? texts[name];
}

export function checkText(text: string, name: string, bad: Refuse, most: number): void {
  if (text.length > most && [...text].length > most) bad(name, `${name} must have at most ${most} characters.`, most);
  if (UNPRINTABLE.test(text)) bad(name, `${name} must have no control characters except line feed and tab.`);
}

function checkBinding(binding: { id: string; at: number[] } | null, name: string, bad: Refuse): void {
  if (binding === null) return;
  if (!ID.test(binding.id)) bad(`${name}.id`, `${name}.id must be ${ID_CHARACTERS}.`, ID_LENGTH);
  if (binding.at.length !== 2 || !binding.at.every(isFraction))
    bad(`${name}.at`, `${name}.at must be two numbers from 0 to 1.`, 1);
}

function checkCrop(crop: number[] | null, name: string, bad: Refuse): void {
  if (crop === null) return;
  const [left, top, right, bottom] = crop;
  if (crop.length !== 4 || !crop.every(isFraction) || !(left < right && top < bottom)) {
    bad(name, "crop must be left, top, right, bottom, each from 0 to 1, with left < right and top < bottom.", 1);
  }
}

function isFraction(value: number): boolean {
  return value >= 0 && value <= 1;
}

function checkPoints({ kind, points, x, y }: Extract<Drawing, { points: string }>, bad: Refuse): void {
  const [least, most] = kind === "stroke" ? [1, MAX_POINTS] : [2, MAX_CORNERS];
  const numbers = points.split(" ");
  if (numbers.length % 2 !== 0 || numbers.length < 2 * least || numbers.length > 2 * most) {
    bad("points", `A shape of kind ${kind} must have ${least} to ${most} points of two numbers each.`, most);
  }
  if (!POINTS.test(points)) bad("points", "points must be whole tenths of a px, separated by spaces.");
  const at = [0, 0];
  const origin = [x, y];
  numbers.forEach((number, i) => {
    at[i % 2] += Number(number) / TENTHS;
    const far = Math.max(Math.abs(at[i % 2]), Math.abs(at[i % 2] + origin[i % 2]));
    if (far > MAX_COORDINATE) bad("points", `Each point must be within ±${MAX_COORDINATE} px.`, MAX_COORDINATE);
  });
}

function checkPressures({ points, pressures = "" }: Extract<Drawing, { kind: "stroke" }>, bad: Refuse): void {
  if (!PRESSURES.test(pressures))
    bad("pressures", "pressures must be whole numbers from 0 to 100, separated by spaces.", 100);
  const count = pressures === "" ? 0 : pressures.split(" ").length;
  if (count > 0 && (count > MAX_PRESSED || 2 * count !== points.split(" ").length)) {
    bad(
      "pressures",
      `pressures must be empty, or have one number for each of at most ${MAX_PRESSED} points.`,
      MAX_PRESSED,
    );
  }
}
