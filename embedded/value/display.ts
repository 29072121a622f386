// Values, validators and sizes as Convex's error messages write them.

import type { Json, ValidatorJson } from "./json.ts";
import { decodeFloat, decodeInt64, isObject, isUndefined } from "./values.ts";

const SHOWN = 4096;
const UNITS = ["B", "KiB", "MiB", "GiB"];

/** `{body: "x", n: 1.0}`, cut off after 4,096 characters. */
export function display(value: Json | undefined): string {
  const text = value === undefined ? "undefined" : displayWhole(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}[...truncated]` : text;
}

function displayWhole(value: Json): string {
  if (typeof value === "number") return displayFloat(value);
  if (Array.isArray(value)) return `[${value.map(displayWhole).join(", ")}]`;
  if (!isObject(value))
    return JSON.stringify(value).replace(
      /\\u00([0-9a-f]{2})|\\([bf])/g,
      (_all, code: string | undefined, letter) =>
        `\\u{${code === undefined ? (letter === "b" ? "8" : "c") : code.replace(/^0/, "")}}`,
    );
  if (isUndefined(value)) return "undefined";
  if (typeof value.$integer === "string") return String(decodeInt64(value.$integer));
  if (typeof value.$float === "string") return displayFloat(decodeFloat(value.$float));
  if (typeof value.$bytes === "string") return `b${JSON.stringify(value.$bytes)}`;
  return `{${sorted(value)
    .map(([name, inner]) => `${name}: ${displayWhole(inner)}`)
    .join(", ")}}`;
}

/** `1.0`, `0.1`, `1e16`, `-0.0`, `inf`. */
function displayFloat(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  const size = Math.abs(value);
  if (size >= 1e16 || (size < 1e-4 && size > 0)) return value.toExponential().replace("+", "");
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** A validator as the source that makes it. */
export function describe(validator: ValidatorJson): string {
  switch (validator.type) {
    case "number":
      return "v.float64()";
    case "bigint":
      return "v.int64()";
    case "literal":
      return `v.literal(${describeLiteral(validator.value)})`;
    case "id":
      return `v.id("${validator.tableName}")`;
    case "array":
      return `v.array(${describe(validator.value)})`;
    case "record":
      return `v.record(${describe(validator.keys)}, ${describe(validator.values.fieldType)})`;
    case "union":
      return `v.union(${validator.value.map(describe).join(", ")})`;
    case "object":
      return `v.object({${sorted(validator.value)
        .map(
          ([name, { fieldType, optional }]) =>
            `${name}: ${optional ? `v.optional(${describe(fieldType)})` : describe(fieldType)}`,
        )
        .join(", ")}})`;
    default:
      return `v.${validator.type}()`;
  }
}

export const describeLiteral = (value: Json): string => (isObject(value) ? "<bigint>" : display(value));

/** `1.00 MiB`, `16 MiB`. */
export function displaySize(bytes: number): string {
  let unit = 0;
  for (; bytes >= 1024 && unit < UNITS.length - 1; unit++) bytes /= 1024;
  return `${Number.isInteger(bytes) ? bytes : bytes.toFixed(2)} ${UNITS[unit]}`;
}

/** What a JSON value is, as Convex's errors about arguments of another type call it. */
export function displayType(value: Json | undefined): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "sequence";
  if (typeof value === "object") return "map";
  if (typeof value === "number") return `${Number.isInteger(value) ? "integer" : "floating point"} \`${value}\``;
  return typeof value === "string" ? `string ${JSON.stringify(value)}` : `boolean \`${value}\``;
}

const sorted = <T>(fields: Record<string, T>): [string, T][] =>
  Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
