// Validators (`v.object({...})` as JSON) compiled to checks over wire values.
import { describe, describeLiteral, display } from "./display.ts";
import type { Json, ValidatorJson } from "./json.ts";
import { isObject, specialKey } from "./values.ts";

/** Null, or what is wrong, in Convex's words. */
export type Check = (value: Json, path: string) => string | null;
/** The name of the table whose id this is, or null. */
export type TableOf = (id: string) => string | null;

/** The message is made lazily: a member of a union that does not fit is no error by itself. */
type Test = (value: Json, path: string) => (() => string) | null;

export function compile(validator: ValidatorJson, tableOf: TableOf): Check {
  const test = compileTest(validator, tableOf);
  return (value, path) => test(value, path)?.() ?? null;
}

function compileTest(validator: ValidatorJson, tableOf: TableOf): Test {
  const test = (accepts: (value: Json) => boolean): Test => {
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
        const table = typeof value === "string" ? tableOf(value) : null;
        if (table === null) return mismatch(value, path, validator);
        if (table === validator.tableName) return null;
        const found = table.startsWith("_") ? "a system table" : `table \`${table}\``;
        return () =>
          `Found ID "${value as string}" from ${found}, which does not match the table name in validator \`${describe(validator)}\`.${at(path)}`;
      };
    case "literal": {
      const text = JSON.stringify(validator.value);
      return (value, path) => {
        if (value === validator.value || (isObject(value) && JSON.stringify(value) === text)) return null;
        return () =>
          `\`${display(value)}\` does not match literal validator \`v.literal(${describeLiteral(validator.value)})\`.${at(path)}`;
      };
    }
    case "array":
      return compileArray(validator, tableOf);
    case "object":
      return compileObject(validator, tableOf);
    case "record":
      return compileRecord(validator, tableOf);
    case "union": {
      const members = validator.value.map((member) => compileTest(member, tableOf));
      return (value, path) => {
        for (const member of members) if (member(value, path) === null) return null;
        return members.length === 1 ? members[0]!(value, path) : mismatch(value, path, validator);
      };
    }
  }
}

function compileArray(validator: ValidatorJson & { type: "array" }, tableOf: TableOf): Test {
  const item = compileTest(validator.value, tableOf);
  return (value, path) => {
    if (!Array.isArray(value)) return mismatch(value, path, validator);
    for (let i = 0; i < value.length; i++) {
      const wrong = item(value[i]!, `${path}[${i}]`);
      if (wrong !== null) return wrong;
    }
    return null;
  };
}

function compileObject(validator: ValidatorJson & { type: "object" }, tableOf: TableOf): Test {
  const fields = new Map<string, { check: Test; optional: boolean }>();
  for (const [name, field] of Object.entries(validator.value).sort(([a], [b]) => (a < b ? -1 : 1))) {
    fields.set(name, { check: compileTest(field.fieldType, tableOf), optional: field.optional });
  }
  const text = describe(validator);
  return (value, path) => {
    if (!isObject(value) || specialKey(value) !== undefined) return mismatch(value, path, validator);
    for (const [name, field] of fields) {
      if (Object.hasOwn(value, name)) {
        const wrong = field.check(value[name]!, `${path}.${name}`);
        if (wrong !== null) return wrong;
      } else if (!field.optional) {
        return () =>
          `Object is missing the required field \`${name}\`. Consider wrapping the field validator in \`v.optional(...)\` if this is expected.\n${at(path)}\nObject: ${display(value)}\nValidator: ${text}`;
      }
    }
    for (const name in value) {
      if (!fields.has(name))
        return () =>
          `Object contains extra field \`${name}\` that is not in the validator.\n${at(path)}\nObject: ${display(value)}\nValidator: ${text}`;
    }
    return null;
  };
}

function compileRecord(validator: ValidatorJson & { type: "record" }, tableOf: TableOf): Test {
  const keys = compileTest(validator.keys, tableOf);
  const values = compileTest(validator.values.fieldType, tableOf);
  return (value, path) => {
    if (!isObject(value) || specialKey(value) !== undefined) return mismatch(value, path, validator);
    for (const key in value) {
      const wrong = keys(key, `${path}.keys()`) ?? values(value[key]!, `${path}.values()`);
      if (wrong !== null) return wrong;
    }
    return null;
  };
}

const is = (value: Json, key: string): boolean => isObject(value) && Object.hasOwn(value, key);
const at = (path: string): string => (path ? `Path: ${path}` : "");
const mismatch = (value: Json, path: string, validator: ValidatorJson) => (): string =>
  `Value does not match validator.\n${at(path)}\nValue: ${display(value)}\nValidator: ${describe(validator)}`;
