/** Checks the limits of a shape's fields. The web process checks the same before. */
import { declaredKinds, limits, numbers, palette, texts } from "./declared";
import { type Drawing, has, type Kind } from "./kinds";
import { refuse } from "./refuse";

const MAX_POINTS = limits.points; // of a stroke
const MAX_PRESSED = limits.pressed; // points of a stroke with pressures
const MAX_CORNERS = limits.corners; // points of a line or an arrow
const MAX_COORDINATE = limits.coordinate; // board px, before and after adding x, y
export const MAX_Z = limits.z;
const TENTHS = 10; // points are stored in tenths of a board px
const ID = /^[A-Za-z0-9_-]{1,64}$/;
const COLOR = new RegExp(`^(${Object.keys(palette).join("|")}|#[0-9a-f]{6})$`);
const POINTS = /^-?\d{1,9}( -?\d{1,9})*$/;
const PRESSURES = /^((\d\d?|100)( (\d\d?|100))*)?$/;
const UNPRINTABLE = /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]/u;

const RANGES: Record<string, { least: number; most: number }> = {
  ...numbers,
  z: { least: -MAX_Z, most: MAX_Z },
};

/** Refuses one field of one shape: `where` is "put", or "patch" and the shape's id. */
export type Refuse = (field: string, message: string, limit?: number) => never;

export function refuser(where: string, index: number): Refuse {
  return (field, message, limit) => refuse("invalid", message, { field: `${where}.${field}`, index, limit });
}

export function checkId(id: string, field: string, index: number): void {
  if (!ID.test(id)) refuse("invalid", "an id is 1-64 of A-Z a-z 0-9 _ -", { field, index, limit: 64 });
}

/** @throws ConvexError `invalid` for a field outside the limits, or one that this kind of shape has not */
export function checkFields(shape: Drawing, fields: object, bad: Refuse): void {
  for (const [name, value] of Object.entries(fields)) {
    if (name !== "kind" && !has(shape.kind, name)) bad(name, `a shape of the kind ${shape.kind} has no ${name}`);
    const range = RANGES[name];
    if (range && !(value >= range.least && value <= range.most))
      bad(name, `${name} is from ${range.least} to ${range.most}`, range.most);
    else CHECKS[name]?.(value, name, bad, shape);
  }
  if ("points" in shape && ("points" in fields || "x" in fields || "y" in fields)) checkPoints(shape, bad);
  if (shape.kind === "stroke" && ("points" in fields || "pressures" in fields)) checkPressures(shape, bad);
}

type Check = (value: any, name: string, bad: Refuse, shape: Drawing) => void;
const CHECKS: Record<string, Check> = {
  color: (value, name, bad) => COLOR.test(value) || bad(name, "color is a palette name or #rrggbb"),
  fillColor: (value, name, bad) =>
    value === "" || COLOR.test(value) || bad(name, "fillColor is empty, a palette name or #rrggbb"),
  group: (value, name, bad) =>
    value === "" || ID.test(value) || bad(name, "a group is empty or 1-64 of A-Z a-z 0-9 _ -", 64),
  file: (value, name, bad) => ID.test(value) || bad(name, "a file is 1-64 of A-Z a-z 0-9 _ -", 64),
  from: checkBinding,
  to: checkBinding,
  crop: checkCrop,
  alt: (value, name, bad, { kind }) => checkText(value, name, bad, mostOf("alt", kind)),
  text: (value, name, bad, { kind }) => checkText(value, name, bad, mostOf("text", kind)),
};

/** The most characters of a field that has words. */
export function mostOf(name: "text" | "alt", kind: Kind): number {
  return declaredKinds[kind].most?.[name] ?? texts[name];
}

export function checkText(text: string, name: string, bad: Refuse, most: number): void {
  if (text.length > most && [...text].length > most) bad(name, `${name} has at most ${most} characters`, most);
  if (UNPRINTABLE.test(text)) bad(name, `${name} has no control characters but line feed and tab`);
}

function checkBinding(binding: { id: string; at: number[] } | null, name: string, bad: Refuse): void {
  if (binding === null) return;
  if (!ID.test(binding.id)) bad(`${name}.id`, "an id is 1-64 of A-Z a-z 0-9 _ -", 64);
  if (binding.at.length !== 2 || !binding.at.every(isFraction)) bad(`${name}.at`, "at is two numbers from 0 to 1", 1);
}

function checkCrop(crop: number[] | null, name: string, bad: Refuse): void {
  if (crop === null) return;
  const [left, top, right, bottom] = crop;
  if (crop.length !== 4 || !crop.every(isFraction) || !(left < right && top < bottom)) {
    bad(name, "crop is left, top, right, bottom, from 0 to 1, with left < right and top < bottom", 1);
  }
}

function isFraction(value: number): boolean {
  return value >= 0 && value <= 1;
}

function checkPoints({ kind, points, x, y }: Extract<Drawing, { points: string }>, bad: Refuse): void {
  const [least, most] = kind === "stroke" ? [1, MAX_POINTS] : [2, MAX_CORNERS];
  const numbers = points.split(" ");
  if (numbers.length % 2 !== 0 || numbers.length < 2 * least || numbers.length > 2 * most) {
    bad("points", `a shape of the kind ${kind} has ${least}-${most} points of two numbers each`, most);
  }
  if (!POINTS.test(points)) bad("points", "points are whole tenths of a px, joined by spaces");
  const at = [0, 0];
  const origin = [x, y];
  numbers.forEach((number, i) => {
    at[i % 2] += Number(number) / TENTHS;
    const far = Math.max(Math.abs(at[i % 2]), Math.abs(at[i % 2] + origin[i % 2]));
    if (far > MAX_COORDINATE) bad("points", `a point is within ±${MAX_COORDINATE} px`, MAX_COORDINATE);
  });
}

function checkPressures({ points, pressures = "" }: Extract<Drawing, { kind: "stroke" }>, bad: Refuse): void {
  if (!PRESSURES.test(pressures))
    bad("pressures", "pressures are whole hundredths from 0 to 100, joined by spaces", 100);
  const count = pressures === "" ? 0 : pressures.split(" ").length;
  if (count > 0 && (count > MAX_PRESSED || 2 * count !== points.split(" ").length)) {
    bad("pressures", `pressures are none, or one a point of at most ${MAX_PRESSED} points`, MAX_PRESSED);
  }
}
