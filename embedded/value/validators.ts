// Validators (`v.object({...})` as JSON) compiled to checks over wire values.
import { describe, describeLiteral, display } from "./display.ts";
import type { Json, ValidatorJson } from "./json.ts";
import { isObject, specialKey } from "./values.ts";

/** Null, or what is wrong, in Convex's words. */
export type Check = (value: Json, path: string) => string | null;
/** The name of the table whose id this is, or null. */
export type TableOf = (id: string) => string | null;

/** Makes the message: where the value is wrong, a member of a union may still fit it, and most values are right. */
type Wrong = (path: string) => string;
type Test = (value: Json) => Wrong | null;

export function compile(validator: ValidatorJson, tableOf: TableOf): Check {
  const test = compileTest(validator, tableOf);
  return (value, path) => test(value)?.(path) ?? null;
}

function compileTest(validator: ValidatorJson, tableOf: TableOf): Test {
  const test = (accepts: (value: Json) => boolean): Test => {
    return (value) => (accepts(value) ? null : mismatch(value, validator));
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
      return (value) => {
        const table = typeof value === "string" ? tableOf(value) : null;
        if (table === null) return mismatch(value, validator);
        if (table === validator.tableName) return null;
        const found = table.startsWith("_") ? "a system table" : `table \`${table}\``;
        return (path) =>
          `Found ID "${value as string}" from ${found}, which does not match the table name in validator \`${describe(validator)}\`.${at(path)}`;
      };
    case "literal": {
      const text = JSON.stringify(validator.value);
      return (value) => {
        if (value === validator.value || (isObject(value) && JSON.stringify(value) === text)) return null;
        return (path) =>
          `\`${display(value)}\` does not match literal validator \`v.literal(${describeLiteral(validator.value)})\`.${at(path)}`;
      };
    }
    case "array":
      return compileArray(validator, tableOf);
    case "object":
      return compileObject(validator, tableOf);
    case "record":
      return compileRecord(validator, tableOf);
    case "union":
      return compileUnion(validator, tableOf);
  }
}

function compileUnion(validator: ValidatorJson & { type: "union" }, tableOf: TableOf): Test {
  const members = validator.value.map((member) => compileTest(member, tableOf));
  const only = members.length === 1 ? members[0] : undefined;
  if (only !== undefined) return only;
  const tag = tagOf(validator.value);
  if (tag !== null) {
    const tagged = new Map(validator.value.map((member, i) => [literalOf(member, tag), members[i]!]));
    return (value) => {
      const member = isObject(value) && Object.hasOwn(value, tag) ? tagged.get(value[tag]!) : undefined;
      return member !== undefined && member(value) === null ? null : mismatch(value, validator);
    };
  }
  return (value) => {
    for (const member of members) if (member(value) === null) return null;
    return mismatch(value, validator);
  };
}

/** A field that has a different literal in each member, such as `kind`: it tells which member to check. */
function tagOf(members: readonly ValidatorJson[]): string | null {
  const [first] = members;
  if (first?.type !== "object") return null;
  for (const name of Object.keys(first.value)) {
    const literals = members.map((member) => literalOf(member, name));
    if (!literals.includes(undefined) && new Set(literals).size === members.length) return name;
  }
  return null;
}

function literalOf(member: ValidatorJson, name: string): Json | undefined {
  const field = member.type === "object" ? member.value[name] : undefined;
  const literal = field?.optional === false && field.fieldType.type === "literal" ? field.fieldType.value : undefined;
  return typeof literal === "string" ? literal : undefined;
}

function compileArray(validator: ValidatorJson & { type: "array" }, tableOf: TableOf): Test {
  const item = compileTest(validator.value, tableOf);
  return (value) => {
    if (!Array.isArray(value)) return mismatch(value, validator);
    for (let i = 0; i < value.length; i++) {
      const wrong = item(value[i]!);
      if (wrong !== null) return (path) => wrong(`${path}[${i}]`);
    }
    return null;
  };
}

function compileObject(validator: ValidatorJson & { type: "object" }, tableOf: TableOf): Test {
  const fields = Object.entries(validator.value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { fieldType, optional }]) => ({ name, check: compileTest(fieldType, tableOf), optional }));
  const names = new Set(fields.map(({ name }) => name));
  const text = describe(validator);
  return (value) => {
    if (!isObject(value) || specialKey(value) !== undefined) return mismatch(value, validator);
    for (const { name, check, optional } of fields) {
      if (Object.hasOwn(value, name)) {
        const wrong = check(value[name]!);
        if (wrong !== null) return (path) => wrong(`${path}.${name}`);
      } else if (!optional) {
        return (path) =>
          `Object is missing the required field \`${name}\`. Consider wrapping the field validator in \`v.optional(...)\` if this is expected.\n${at(path)}\nObject: ${display(value)}\nValidator: ${text}`;
      }
    }
    for (const name in value) {
      if (!names.has(name))
        return (path) =>
          `Object contains extra field \`${name}\` that is not in the validator.\n${at(path)}\nObject: ${display(value)}\nValidator: ${text}`;
    }
    return null;
  };
}

function compileRecord(validator: ValidatorJson & { type: "record" }, tableOf: TableOf): Test {
  const keys = compileTest(validator.keys, tableOf);
  const values = compileTest(validator.values.fieldType, tableOf);
  return (value) => {
    if (!isObject(value) || specialKey(value) !== undefined) return mismatch(value, validator);
    for (const key in value) {
      const wrongKey = keys(key);
      if (wrongKey !== null) return (path) => wrongKey(`${path}.keys()`);
      const wrong = values(value[key]!);
      if (wrong !== null) return (path) => wrong(`${path}.values()`);
    }
    return null;
  };
}

const is = (value: Json, key: string): boolean => isObject(value) && Object.hasOwn(value, key);
const at = (path: string): string => (path ? `Path: ${path}` : "");
const mismatch =
  (value: Json, validator: ValidatorJson): Wrong =>
  (path) =>
    `Value does not match validator.\n${at(path)}\nValue: ${display(value)}\nValidator: ${describe(validator)}`;
