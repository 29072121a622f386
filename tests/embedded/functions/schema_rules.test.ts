// What Convex refuses of a schema, although `defineSchema` takes it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
import { checkSchema } from "../../../embedded/functions/schema_rules.ts";

const rows = () =>
  defineTable({
    name: v.string(),
    at: v.optional(v.object({ x: v.number() })),
    either: v.union(v.object({ a: v.string() }), v.object({ b: v.array(v.number()) })),
    free: v.any(),
    vector: v.optional(v.array(v.float64())),
  });
const check = (tables: Record<string, unknown>, options: object = {}): void =>
  checkSchema(
    JSON.parse((defineSchema(tables as never, options as never) as unknown as { export(): string }).export()),
  );
const index = (name: string, ...fields: string[]): any => (rows() as any).index(name, fields);

test("indexes of fields that may be there are fine", () => {
  const table = index("by_name", "name")
    .index("by_x", ["at.x", "name"])
    .index("by_a", ["either.a"])
    .index("by_free", ["free.to.be"]);
  check({
    rows: table
      .searchIndex("words", { searchField: "name", filterFields: ["at.x"] })
      .vectorIndex("near", { vectorField: "vector", dimensions: 3, filterFields: ["name"] }),
    links: defineTable({ to: v.id("elsewhere") }),
    open: (defineTable(v.any()) as any).index("by_it", ["it"]),
  });
});

test("fields have names that are identifiers", () => {
  for (const name of ["a-b", "$a", "é", "a b", "1a", "", "___", "x".repeat(65)]) {
    const wrong = new RegExp(`In table "rows": Invalid field name "${name.replace("$", "\\$")}": `);
    assert.throws(() => check({ rows: defineTable({ [name]: v.string() }) }), wrong, name);
    const inner = v.optional(v.array(v.union(v.null(), v.record(v.string(), v.object({ [name]: v.any() })))));
    assert.throws(() => check({ rows: defineTable({ inner }) }), wrong, name);
  }
  check({ rows: defineTable({ _id: v.id("rows"), a_1: v.object({ _creationTime: v.number() }) }) });
});

test("a broken rule is named", () => {
  const cases: [Record<string, unknown>, RegExp][] = [
    [
      { rows: index("by_it", "it") },
      /^In table "rows" the index "by_it" is invalid because it references the field "it" that does not exist\.$/,
    ],
    [{ rows: index("by_y", "at.y") }, /references the field "at\.y" that does not exist/],
    [{ rows: index("by_deep", "name.x") }, /references the field "name\.x" that does not exist/],
    [
      { rows: (rows() as any).searchIndex("words", { searchField: "name", filterFields: ["it"] }) },
      /the index "words" is invalid because it references the field "it"/,
    ],
    [
      { rows: (rows() as any).vectorIndex("near", { vectorField: "name", dimensions: 3 }) },
      /neither an array of float64 or optional array of float64\.$/,
    ],
    [
      { rows: (rows() as any).vectorIndex("near", { vectorField: "vector", dimensions: 1 }) },
      /^Dimensions 1 must be between 2 and 4096\.$/,
    ],
    [{ rows: index("none") }, /^In table "rows" index "none" must have at least one field\.$/],
    [
      { rows: index("twice", "name", "name") },
      /In index "twice": Duplicate field "name"\. Index fields must be unique within an index\.$/,
    ],
    [{ rows: index("by_time", "_creationTime") }, /`_creationTime` is automatically added to the end of each index\./],
    [{ rows: index("by_own_id", "_id") }, /`_id` is not a valid index field\./],
    [
      { rows: index("one", "name").index("two", ["name"]) },
      /^In table "rows" index "two" and index "one" have the same fields\. Indexes must be unique within a table\.$/,
    ],
    [
      { rows: index("same", "name").index("same", ["free"]) },
      /^Table "rows" has two or more definitions of index "same"\.$/,
    ],
    [{ rows: index("by_id", "name") }, /^In table "rows" cannot name an index "by_id" because the name is reserved\./],
    [{ rows: index("_own", "name") }, /cannot name an index "_own" because the name is reserved/],
    [{ rows: index("odd name", "name") }, /^Invalid index name: "odd name"\./],
    [
      { rows: index("wide", ...Array.from({ length: 17 }, (_, i) => `free.f${i}`)) },
      /Indexes may have up to 16 fields\.$/,
    ],
    [{ _rows: rows() }, /^_rows is a reserved table name\.$/],
    [{ "my-rows": rows() }, /^Invalid table name: "my-rows"\./],
  ];
  for (const [tables, message] of cases) assert.throws(() => check(tables), { message });
});

test("without schema validation an index may be of any field", () => {
  check({ rows: index("by_it", "it") }, { schemaValidation: false });
  assert.throws(() => check({ rows: index("by_id", "name") }, { schemaValidation: false }), /reserved/);
});
