// The schema and the functions with validators, made from their descriptions.
import { defineSchema, defineTable, queryGeneric } from "convex/server";
import { type GenericValidator, v } from "convex/values";
import type { Shape } from "../shapes.ts";
import type { Table } from "../tables.ts";

function validator(shape: Shape): GenericValidator {
  switch (shape.is) {
    case "literal":
      return v.literal(shape.value);
    case "id":
      return v.id(shape.table);
    case "array":
      return v.array(validator(shape.of));
    case "record":
      return v.record(v.string(), validator(shape.of) as never);
    case "union":
      return v.union(...shape.of.map(validator));
    case "object":
      return v.object(fieldsOf(shape.fields));
    default:
      return v[shape.is]();
  }
}

const fieldsOf = (fields: Table["fields"]): Record<string, GenericValidator> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, { of, optional }]) => [
      name,
      optional ? v.optional(validator(of) as never) : validator(of),
    ]),
  );

export function schema(tables: Table[]) {
  const defined = tables.map(({ name, fields, indexes, filterFields }) => {
    let table: any = defineTable(fieldsOf(fields) as never);
    for (const [index, columns] of Object.entries(indexes)) table = table.index(index, columns);
    return [name, table.searchIndex("search", { searchField: "text", filterFields })];
  });
  const history = defineTable({ seed: v.number(), op: v.string(), ts: v.commitTs(), done: v.any() });
  return defineSchema({ ...Object.fromEntries(defined), history: history.index("by_seed", ["seed", "ts"]) });
}

/** A query that returns its argument: with a validator for each. */
export const echo = (argument: Shape, result: Shape) =>
  queryGeneric({
    args: { value: v.optional(validator(argument) as never) },
    returns: validator(result) as never,
    handler: (_ctx, { value }) => (value === undefined ? null : value) as never,
  });
