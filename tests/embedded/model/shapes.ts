// Validators as data: drawn by chance, given values, and judged naively.
import { CommitTsPlaceholder, compareValues, type Value } from "convex/values";
import type { Random } from "./random.ts";

export type Shape =
  | { is: "any" | "null" | "number" | "int64" | "boolean" | "string" | "bytes" | "commitTs" }
  | { is: "literal"; value: string | number | bigint | boolean }
  | { is: "id"; table: string }
  | { is: "array" | "record"; of: Shape }
  | { is: "union"; of: Shape[] }
  | { is: "object"; fields: Record<string, { of: Shape; optional: boolean }> };

/** The table of an id, or null. */
export type TableOf = (id: string) => string | null;

const SIMPLE = ["any", "null", "number", "int64", "boolean", "string", "bytes"] as const;

export function randomShape(random: Random, depth = 2): Shape {
  if (depth === 0 || random.chance(0.4)) return { is: random.pick(SIMPLE) };
  const of = (): Shape => randomShape(random, depth - 1);
  switch (random.below(7)) {
    case 0:
      return { is: "any" };
    case 1:
      return { is: "literal", value: random.pick(["a", "b", 0, 1, 1n, true]) };
    case 2:
      return { is: random.pick(["array", "record"]), of: of() };
    case 3:
      return { is: "union", of: [of(), of(), of()].slice(random.below(3)) };
    case 4: // a union with a tag
      return {
        is: "union",
        of: ["a", "b"].map((value) => ({
          is: "object",
          fields: {
            xx: { of: { is: "literal", value }, optional: false },
            x: { of: of(), optional: random.chance(0.5) },
          },
        })),
      };
    default:
      return {
        is: "object",
        fields: Object.fromEntries(random.list(2, () => [random.field(), { of: of(), optional: random.chance(0.5) }])),
      };
  }
}

/** A value that fits, except for ids, which nobody knows yet: there is none. */
export function fitting(shape: Shape, random: Random): Value {
  switch (shape.is) {
    case "any":
      return random.value();
    case "null":
    case "id":
      return null;
    case "number":
      return random.float();
    case "int64":
    case "commitTs":
      return random.integer();
    case "boolean":
      return random.chance(0.5);
    case "string":
      return random.text();
    case "bytes":
      return random.bytes();
    case "literal":
      return shape.value;
    case "array":
      return random.list(2, () => fitting(shape.of, random));
    case "record":
      return Object.fromEntries(random.list(2, () => [random.field(), fitting(shape.of, random)]));
    case "union":
      return fitting(random.pick(shape.of), random);
    case "object":
      return Object.fromEntries(
        Object.entries(shape.fields)
          .filter(([, { optional }]) => !optional || random.chance(0.6))
          .map(([name, { of }]) => [name, fitting(of, random)]),
      );
  }
}

export function fits(shape: Shape, value: Value | CommitTsPlaceholder, tableOf: TableOf): boolean {
  const isTs = value instanceof CommitTsPlaceholder;
  switch (shape.is) {
    case "any":
      return true;
    case "null":
      return value === null;
    case "int64":
    case "commitTs":
      return typeof value === "bigint" || isTs;
    case "number":
    case "boolean":
    case "string":
      return typeof value === shape.is;
    case "bytes":
      return value instanceof ArrayBuffer;
    case "literal":
      return !isTs && compareValues(value, shape.value) === 0;
    case "id":
      return typeof value === "string" && tableOf(value) === shape.table;
    case "array":
      return Array.isArray(value) && value.every((item) => fits(shape.of, item, tableOf));
    case "union":
      return shape.of.some((member) => fits(member, value, tableOf));
    case "record":
      return isRecord(value) && Object.values(value).every((item) => fits(shape.of, item!, tableOf));
    case "object":
      return (
        isRecord(value) &&
        Object.keys(value).every((name) => Object.hasOwn(shape.fields, name)) &&
        Object.entries(shape.fields).every(([name, { of, optional }]) =>
          Object.hasOwn(value, name) ? fits(of, value[name]!, tableOf) : optional,
        )
      );
  }
}

export const isRecord = (value: unknown): value is Record<string, Value> =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof ArrayBuffer) &&
  !(value instanceof CommitTsPlaceholder);
