// Index keys: byte strings (one char a byte) whose order is Convex's order of values:
// undefined < null < int64 < float64 < boolean < string < bytes < array < object. Each encoding ends itself, so keys of several
// fields are their concatenation.

import type { Json } from "./json.ts";
import { decodeFloat, isObject } from "./values.ts";

const UNDEFINED = "\x01";
const NULL = "\x03";
const INT64 = "\x04";
const FLOAT64 = "\x0d";
const FALSE = "\x0e";
const TRUE = "\x0f";
const STRING = "\x10";
const BYTES = "\x11";
const ARRAY = "\x12";
const OBJECT = "\x15";
const END = "\0";
const FIELD = "\x01";
const MAX_INT64 = INT64 + "\xff".repeat(8);

const scratch = Buffer.alloc(8);
const ascii = /^[\x01-\x7f]*$/;

export function encodeKey(value: Json | undefined): string {
  switch (typeof value) {
    case "undefined":
      return UNDEFINED;
    case "string":
      return STRING + encodeText(value);
    case "number":
      return encodeFloat(value);
    case "boolean":
      return value ? TRUE : FALSE;
  }
  if (value === null) return NULL;
  if (Array.isArray(value)) return ARRAY + value.map(encodeKey).join("") + END;
  return encodeObject(value);
}

function encodeObject(value: { [key: string]: Json }): string {
  if (typeof value.$integer === "string") return encodeInt64(value.$integer);
  if (typeof value.$float === "string") return encodeFloat(decodeFloat(value.$float));
  if (typeof value.$bytes === "string") {
    return BYTES + escaped(Buffer.from(value.$bytes, "base64").toString("latin1")) + END;
  }
  if ("$commitTs" in value) return MAX_INT64;
  if ("$undefined" in value) return UNDEFINED;
  const fields = Object.keys(value).sort();
  return OBJECT + fields.map((name) => FIELD + encodeText(name) + encodeKey(value[name])).join("") + END;
}

const escaped = (bytes: string): string => (bytes.includes("\0") ? bytes.replaceAll("\0", "\0\xff") : bytes);
const encodeText = (text: string): string =>
  (ascii.test(text) ? text : escaped(Buffer.from(text, "utf8").toString("latin1"))) + END;

function encodeInt64(base64: string): string {
  scratch.write(base64, "base64");
  scratch.reverse();
  scratch[0]! ^= 0x80;
  return INT64 + scratch.toString("latin1");
}

function encodeFloat(value: number): string {
  scratch.writeDoubleBE(value);
  if (scratch[0]! & 0x80) for (let i = 0; i < 8; i++) scratch[i]! ^= 0xff;
  else scratch[0]! ^= 0x80;
  return FLOAT64 + scratch.toString("latin1");
}

/** Above every key. */
export const LAST_KEY = "\xff";

/**
 * Above every key that starts with these whole encodings, below all others that follow. What comes next in a key is a type's tag;
 * 0xff comes next only where a longer string or byte string goes on behind an escaped zero.
 */
export const endOf = (encodings: string): string => `${encodings}\xff`;

/** Above every key that starts with this unfinished encoding of a string. */
export function endOfText(prefix: string): string {
  return prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1);
}

/** -1, 0 or 1 in the order of index keys. */
export function compareValues(a: Json | undefined, b: Json | undefined): number {
  if (typeof a === typeof b && !isObject(a) && !Array.isArray(a) && a === b) return 0;
  const left = encodeKey(a);
  const right = encodeKey(b);
  return left < right ? -1 : left > right ? 1 : 0;
}

export const toBlob = (key: string): Buffer => Buffer.from(key, "latin1");
export const fromBlob = (blob: Uint8Array): string =>
  Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength).toString("latin1");
