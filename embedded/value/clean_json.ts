// The HTTP API's own JSON, which differs from the wire form.

import type { Json, JsonObject } from "./json.ts";
import { decodeFloat, decodeInt64, isObject, specialKey } from "./values.ts";

/** JSON has -0, but JSON.stringify writes it as 0. */
const MINUS_ZERO = (JSON as unknown as { rawJSON(text: string): Json }).rawJSON("-0.0");

/** The "json" format: easier to read than the wire form, but it cannot be decoded. An int64 is a decimal string, bytes are base64, special floats are strings. */
export function toCleanJson(value: Json): Json {
  if (Array.isArray(value)) return value.map(toCleanJson);
  if (!isObject(value)) return value;
  const key = specialKey(value);
  if (key === "$integer") return decodeInt64(value.$integer as string).toString();
  if (key === "$bytes") return value.$bytes!;
  if (key === "$float") {
    const number = decodeFloat(value.$float as string);
    return Object.is(number, -0) ? MINUS_ZERO : String(number);
  }
  const out: JsonObject = {};
  for (const name in value) out[name] = toCleanJson(value[name]!);
  return out;
}

/** Writes every number of the JSON text with a fraction: 1 as 1.0. */
export const withDecimals = (text: string): string =>
  text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
    /^-?\d+$/.test(token) ? `${token}.0` : token,
  );
