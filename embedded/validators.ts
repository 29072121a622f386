// Validators (`v.object({...})` as JSON) compiled to checks over wire values.
import { isObject, isUndefined, specialKey, type Json, type JsonObject } from "./values.ts";

export type ValidatorJson =
  | { type: "null" | "number" | "bigint" | "commitTs" | "boolean" | "string" | "bytes" | "any" }
  | { type: "literal"; value: Json }
  | { type: "id"; tableName: string }
  | { type: "array"; value: ValidatorJson }
  | { type: "record"; keys: ValidatorJson; values: FieldJson }
  | { type: "object"; value: Record<string, FieldJson> }
  | { type: "union"; value: ValidatorJson[] };
export type FieldJson = { fieldType: ValidatorJson; optional: boolean };

/** Null, or what is wrong, in Convex's words. */
export type Check = (value: Json, path: string) => string | null;
export type IsIdOf = (id: string, table: string) => boolean;

export function compile(validator: ValidatorJson, isIdOf: IsIdOf): Check {
  const test = (accepts: (value: Json) => boolean): Check => {
    return (value, path) => (accepts(value) ? null : mismatch(value, path, validator));
  };
  switch (validator.type) {
    case "any":
      return () => null;
    case "null":
      return test((value) => value === null);
    case "boolean":
      return test((value) => typeof value === "boolean");
    case "string":
      return test((value) => typeof value === "string");
    case "number":
      return test((value) => typeof value === "number" || is(value, "$float"));
    case "bigint":
    case "commitTs":
      return test((value) => is(value, "$integer") || is(value, "$commitTs"));
    case "bytes":
      return test((value) => is(value, "$bytes"));
    case "id":
      return (value, path) => {
        if (typeof value === "string" && isIdOf(value, validator.tableName)) return null;
        if (typeof value !== "string") return mismatch(value, path, validator);
        return `Found ID "${value}" from a different table or malformed, which does not match the table name in validator \`v.id("${validator.tableName}")\`.${at(path)}`;
      };
    case "literal": {
      const text = JSON.stringify(validator.value);
      return test((value) => value === validator.value || (isObject(value) && JSON.stringify(value) === text));
    }
    case "array":
      return compileArray(validator, isIdOf);
    case "object":
      return compileObject(validator, isIdOf);
    case "record":
      return compileRecord(validator, isIdOf);
    case "union": {
      const members = validator.value.map((member) => compile(member, isIdOf));
      return (value, path) => {
        for (const member of members) if (member(value, path) === null) return null;
        return members.length === 1 ? members[0]!(value, path) : mismatch(value, path, validator);
      };
    }
  }
}

function compileArray(validator: ValidatorJson & { type: "array" }, isIdOf: IsIdOf): Check {
  const item = compile(validator.value, isIdOf);
  return (value, path) => {
    if (!Array.isArray(value)) return mismatch(value, path, validator);
    for (let i = 0; i < value.length; i++) {
      const wrong = item(value[i]!, `${path}[${i}]`);
      if (wrong !== null) return wrong;
    }
    return null;
  };
}

function compileObject(validator: ValidatorJson & { type: "object" }, isIdOf: IsIdOf): Check {
  const fields = new Map<string, { check: Check; optional: boolean }>();
  for (const [name, field] of Object.entries(validator.value)) {
    fields.set(name, { check: compile(field.fieldType, isIdOf), optional: field.optional });
  }
  const required = [...fields].filter(([, field]) => !field.optional).map(([name]) => name);
  return (value, path) => {
    if (!isObject(value) || specialKey(value) !== undefined) return mismatch(value, path, validator);
    for (const name of required) {
      if (!Object.hasOwn(value, name)) {
        return `Object is missing the required field \`${name}\`. Consider wrapping the field validator in \`v.optional(...)\` if this is expected.${at(path)}\n\nObject: ${show(value)}\nValidator: ${describe(validator)}`;
      }
    }
    for (const name in value) {
      const field = fields.get(name);
      if (field === undefined) {
        return `Object contains extra field \`${name}\` that is not in the validator.${at(path)}\n\nObject: ${show(value)}\nValidator: ${describe(validator)}`;
      }
      const wrong = field.check(value[name]!, `${path}.${name}`);
      if (wrong !== null) return wrong;
    }
    return null;
  };
}

function compileRecord(validator: ValidatorJson & { type: "record" }, isIdOf: IsIdOf): Check {
  const keys = compile(validator.keys, isIdOf);
  const values = compile(validator.values.fieldType, isIdOf);
  return (value, path) => {
    if (!isObject(value) || specialKey(value) !== undefined) return mismatch(value, path, validator);
    for (const key in value) {
      const wrong = keys(key, path) ?? values(value[key]!, `${path}.${key}`);
      if (wrong !== null) return wrong;
    }
    return null;
  };
}

const is = (value: Json, key: string): boolean => isObject(value) && Object.hasOwn(value, key);
const at = (path: string): string => (path ? `\nPath: ${path}` : "");
const mismatch = (value: Json, path: string, validator: ValidatorJson): string =>
  `Value does not match validator.${at(path)}\nValue: ${show(value)}\nValidator: ${describe(validator)}`;

const SHOWN = 4096;

function show(value: Json): string {
  const text = showValue(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}[...truncated]` : text;
}

function showValue(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(showValue).join(", ")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  if (isUndefined(value)) return "undefined";
  if (typeof value.$integer === "string") return `${Buffer.from(value.$integer, "base64").readBigInt64LE()}n`;
  const fields = Object.entries(value as JsonObject).map(([name, inner]) => `${name}: ${showValue(inner)}`);
  return `{${fields.join(", ")}}`;
}

/** A validator as the source that makes it, for messages. */
export function describe(validator: ValidatorJson): string {
  switch (validator.type) {
    case "number":
      return "v.float64()";
    case "bigint":
      return "v.int64()";
    case "literal":
      return `v.literal(${show(validator.value)})`;
    case "id":
      return `v.id("${validator.tableName}")`;
    case "array":
      return `v.array(${describe(validator.value)})`;
    case "record":
      return `v.record(${describe(validator.keys)}, ${describe(validator.values.fieldType)})`;
    case "union":
      return `v.union(${validator.value.map(describe).join(", ")})`;
    case "object":
      return `v.object({${Object.entries(validator.value)
        .map(([name, field]) => `${name}: ${field.optional ? `v.optional(${describe(field.fieldType)})` : describe(field.fieldType)}`)
        .join(", ")}})`;
    default:
      return `v.${validator.type}()`;
  }
}
