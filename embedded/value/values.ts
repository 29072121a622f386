// Values are kept in their wire form (JSON with $integer, $float, $bytes) from socket to disk: a document's
// text goes from SQLite to the function and to the client without being decoded in between.
import { FunctionError } from "./errors.ts";
import type { Json, JsonObject } from "./json.ts";

export const LIMITS = {
  documentBytes: 1 << 20,
  documentFields: 1024,
  arrayLength: 8192,
  documentNesting: 16,
  valueNesting: 64,
  fieldName: 1024,
  argumentBytes: 16 << 20,
  resultBytes: 16 << 20,
  documentsRead: 32_000,
  bytesRead: 16 << 20,
  rangesRead: 4096,
  documentsWritten: 16_000,
  bytesWritten: 16 << 20,
  functionsScheduled: 1000,
  filterOperators: 256,
  logLines: 256,
  logLineLength: 32_768,
} as const;

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The key of `{"$integer": …}` and its like; undefined for everything else. */
export function specialKey(value: JsonObject): string | undefined {
  for (const key in value) return key.charCodeAt(0) === 36 ? key : undefined;
  return undefined;
}

export const UNDEFINED: Json = { $undefined: null };
export const isUndefined = (value: Json | undefined): boolean =>
  value === undefined || (isObject(value) && "$undefined" in value);

export function encodeInt64(value: bigint): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(value);
  return bytes.toString("base64");
}

export function decodeInt64(encoded: string): bigint {
  const bytes = Buffer.from(encoded, "base64");
  if (bytes.length !== 8) throw new FunctionError(`Received ${bytes.length} bytes, expected 8 for $integer`);
  return bytes.readBigInt64LE();
}

export function decodeFloat(encoded: string): number {
  const bytes = Buffer.from(encoded, "base64");
  if (bytes.length !== 8) throw new FunctionError(`Received ${bytes.length} bytes, expected 8 for $float`);
  return bytes.readDoubleLE();
}

export function encodeNumber(value: number): Json {
  if (Number.isFinite(value) && !Object.is(value, -0)) return value;
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return { $float: bytes.toString("base64") };
}

export interface Measure {
  bytes: number;
  nesting: number;
  /** Whether an unresolved commit timestamp is somewhere inside. */
  unresolved: boolean;
}

/**
 * Checks that a wire value is well formed and returns its size in Convex's way of counting.
 * Raises FunctionError naming the path of what is wrong. `$undefined` is refused unless it is a field of the top object
 * and `allowUndefined` is set (patches).
 */
export function measure(value: Json, allowUndefined = false): Measure {
  const seen: Measure = { bytes: 0, nesting: 0, unresolved: false };
  try {
    seen.bytes = size(value, null, 0, seen, allowUndefined);
  } catch {
    size(value, "", 0, seen, allowUndefined); // fails again, and says where
  }
  return seen;
}

/** Where a value is; null if nobody wants to know. */
type Path = string | null;

function size(value: Json, path: Path, depth: number, seen: Measure, allowUndefined: boolean): number {
  if (depth > seen.nesting) seen.nesting = depth;
  switch (typeof value) {
    case "number":
      // JSON.parse reads 1e999 as Infinity, and JSON.stringify would write null.
      if (!Number.isFinite(value)) fail(path, "number out of range");
      return 9;
    case "boolean":
      return 1;
    case "string":
      if (!value.isWellFormed()) fail(path, "a string holds a lone surrogate, which is not Unicode text");
      return 2 + Buffer.byteLength(value);
  }
  if (value === null) return 1;
  if (depth >= LIMITS.valueNesting)
    fail(path, `Value is too nested (nested ${depth + 1} levels deep > maximum nesting ${LIMITS.valueNesting})`);
  if (Array.isArray(value)) {
    if (value.length > LIMITS.arrayLength) {
      fail(path, `Array length is too long (${value.length} > maximum length ${LIMITS.arrayLength})`);
    }
    let bytes = 2;
    for (let i = 0; i < value.length; i++)
      bytes += size(value[i]!, path === null ? null : `${path}[${i}]`, depth + 1, seen, false);
    return bytes;
  }
  const special = specialKey(value);
  if (special !== undefined) return specialSize(value, special, path, seen, allowUndefined && depth === 1);
  let bytes = 2;
  let fields = 0;
  for (const key in value) {
    if (++fields > LIMITS.documentFields) {
      fail(path, `Object has too many fields (${Object.keys(value).length} > maximum number ${LIMITS.documentFields})`);
    }
    checkFieldName(key, path);
    const child = value[key]!;
    const inside = path === null ? null : `${path}.${key}`;
    bytes += key.length + 1 + size(child, inside, depth + 1, seen, allowUndefined);
  }
  return bytes;
}

function specialSize(value: JsonObject, key: string, path: Path, seen: Measure, allowUndefined: boolean): number {
  const inner = value[key];
  if (Object.keys(value).length === 1) {
    if (key === "$integer" && typeof inner === "string")
      return Buffer.from(inner, "base64").length === 8 ? 9 : fail(path, "Int64 must be exactly eight bytes");
    if (key === "$float" && typeof inner === "string") return specialFloat(inner, path);
    if (key === "$bytes" && typeof inner === "string") return bytesSize(inner, path);
    if (key === "$commitTs" && inner === null) {
      seen.unresolved = true;
      return 9;
    }
    if (key === "$undefined" && inner === null && allowUndefined) return 0;
  }
  return fail(path, `Field name ${key} starts with '$', which is reserved.`);
}

function bytesSize(encoded: string, path: Path): number {
  const digits = encoded.replace(/={0,2}$/, "");
  const wrong = digits.search(/[^A-Za-z0-9+/]/);
  if (wrong >= 0) fail(path, `Invalid byte ${digits.codePointAt(wrong)}, offset ${wrong}.`);
  if (encoded.length % 4 !== 0 || digits.length % 4 === 1) fail(path, "Invalid padding");
  return 2 + Math.floor((digits.length * 3) / 4);
}

function specialFloat(encoded: string, path: Path): number {
  if (Buffer.from(encoded, "base64").length !== 8) fail(path, "Float64 must be exactly eight bytes");
  const value = decodeFloat(encoded);
  if (Number.isFinite(value) && value !== 0) fail(path, `Float64 ${value} should be encoded as a number`);
  return 9;
}

function checkFieldName(name: string, path: Path): void {
  if (name.length === 0) fail(path, "Field names must not be empty.");
  if (name.length > LIMITS.fieldName)
    fail(path, `Field name is too long (${name.length} > maximum ${LIMITS.fieldName})`);
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (code < 32 || code >= 127 || (i === 0 && code === 36)) {
      fail(
        path,
        `Field name ${name} has invalid character '${name[i]}': Field names can only contain non-control ASCII characters`,
      );
    }
  }
}

function fail(path: Path, message: string): never {
  throw new FunctionError(path ? `${message} (present at path ${path})` : message);
}

/** Replaces every unresolved commit timestamp by `ts`. What has none stays the same object. */
export function resolveCommitTs(value: Json, ts: Json): Json {
  if (Array.isArray(value)) {
    const items = value.map((item) => resolveCommitTs(item, ts));
    return items.some((item, i) => item !== value[i]) ? items : value;
  }
  if (!isObject(value)) return value;
  if ("$commitTs" in value) return ts;
  let out = value;
  for (const key in value) {
    const item = resolveCommitTs(value[key]!, ts);
    if (item === value[key]) continue;
    if (out === value) out = { ...value };
    out[key] = item;
  }
  return out;
}

/** `a.b.c` of a document, or undefined. */
export function fieldAt(document: JsonObject, path: readonly string[]): Json | undefined {
  let value: Json | undefined = document;
  for (const name of path) {
    if (!isObject(value)) return undefined;
    value = Object.hasOwn(value, name) ? value[name] : undefined;
  }
  return value;
}

/** The same value with every object's keys sorted: equal values have equal texts. */
export function sortKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isObject(value)) return value;
  const out: JsonObject = {};
  for (const key of Object.keys(value).sort()) out[key] = sortKeys(value[key]!);
  return out;
}
