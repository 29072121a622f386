// What Convex refuses of a functions folder when it is pushed, and how it says so.
import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { bundle } from "../../../embedded/functions/bundle.ts";
import { Catalog } from "../../../embedded/functions/catalog.ts";
import { Environment } from "../../../embedded/functions/environment.ts";
import { type Listing, list } from "../../../embedded/functions/listing.ts";
import { checkNodeFunctions } from "../../../embedded/functions/module_rules.ts";
import { type Calls, loadAuthConfig, Runtime } from "../../../embedded/sandbox/runtime.ts";
import { checkCrons } from "../../../embedded/schedule/scheduler.ts";
import type { Database } from "../../../embedded/store/database.ts";
import { folder } from "../start.ts";

const SERVER = 'import * as s from "convex/server"; import { v } from "convex/values";\n';
const QUERY = "s.queryGeneric({ args: {}, handler: () => null })";
const root = folder();
symlinkSync(join(import.meta.dirname, "../../../node_modules"), join(root, "node_modules"));
let folders = 0;

/** Raises what the deployment would say of these modules. */
async function push(modules: Record<string, string>): Promise<void> {
  const functions = join(root, String(folders++));
  for (const [name, code] of Object.entries(modules)) {
    mkdirSync(dirname(join(functions, name)), { recursive: true });
    writeFileSync(join(functions, name), code.includes("use node") ? code : SERVER + code);
  }
  const version = await bundle(functions);
  const app = { path: "", folder: "", env: {}, mount: null };
  const [listing] = new Runtime(version, [app], {} as Calls).listings as [Listing];
  const catalog = new Catalog({} as Database, listing, version.trace, []);
  checkCrons(listing.crons, catalog);
  loadAuthConfig(version, {});
}

const schema = (table: string): Record<string, string> => ({
  "schema.ts": `export default s.defineSchema({ rows: ${table} });`,
});
const rows = "s.defineTable({ name: v.string(), tag: v.string(), vector: v.array(v.number()) })";
const nested = (depth: number): string => (depth === 0 ? "v.null()" : `v.array(${nested(depth - 1)})`);

const REFUSED: [string, Record<string, string>, string][] = [
  [
    "a dash in a module's name",
    { "a-b.ts": `export const f = ${QUERY};` },
    "a-b.js is not a valid path to a Convex module. Path component a-b.js can only contain alphanumeric characters, underscores, or periods.",
  ],
  [
    "a module without letters",
    { "_/_.ts": `export const f = ${QUERY};` },
    "_/_.js is not a valid path to a Convex module. Path component _ must have at least one alphanumeric character.",
  ],
  [
    "a long module's name",
    { [`${"x".repeat(65)}.ts`]: `export const f = ${QUERY};` },
    `${"x".repeat(65)}.js is not a valid path to a Convex module. Path component is too long (68 > maximum 64): ${"x".repeat(64)}...`,
  ],
  [
    "two modules of one name",
    { "m.ts": `export const f = ${QUERY};`, "m.js": `export const f = ${QUERY};` },
    "Multiple modules canonicalize to the same name.",
  ],
  [
    "a folder for dependencies",
    { "_deps/m.ts": `export const f = ${QUERY};` },
    'The path "_deps/m.js" is within the "_deps" directory',
  ],
  [
    "a function's name with $",
    { "m.ts": `export const $f = ${QUERY};` },
    "Invalid function name used in `m.js`: Invalid first character '$' in $f: Identifiers must start with an alphabetic character or underscore",
  ],
  [
    "a function's long name",
    { "m.ts": `export const ${"f".repeat(65)} = ${QUERY};` },
    "Invalid function name used in `m.js`: Identifier is too long (65 > maximum 64)",
  ],
  [
    "http.ts without a default export",
    { "http.ts": `export const f = ${QUERY};` },
    "`convex/http.js` must have a default export of a Router.",
  ],
  [
    "http.ts that exports something else",
    { "http.ts": "export default {};" },
    "The default export of `convex/http.js` is not a Router.",
  ],
  [
    "crons.ts without a default export",
    { "crons.ts": "export const a = 1;" },
    "`convex/crons.js` must have a default export of a Crons object.",
  ],
  [
    "crons.ts that exports something else",
    { "crons.ts": "export default {};" },
    "The default export of `convex/crons.js` is not a Crons object.",
  ],
  [
    "schema.ts without a default export",
    { "schema.ts": "export const a = 1;" },
    "Schema file missing default export. To learn more, see the schema documentation at https://docs.convex.dev/database/schemas.",
  ],
  [
    "schema.ts that exports something else",
    { "schema.ts": "export default 5;" },
    "Default export from schema file isn't a Convex schema.",
  ],
  [
    "auth.config.ts without a default export",
    { "auth.config.ts": "export const a = 1;" },
    "auth config file is missing default export.",
  ],
  ["http.ts in Node", { "http.ts": '"use node"; export default {};' }, "http.js can't be analyzed in Node.js!"],
  [
    "a record by numbers",
    {
      "m.ts":
        "export const f = s.queryGeneric({ args: { x: v.record(v.number() as any, v.null()) }, handler: () => null });",
    },
    "In the arguments of m:f: Records can only have string keys. Your validator contains a record with key typed as `v.float64()`, which is not a subtype of `v.string()`",
  ],
  [
    "a record by a literal",
    schema('s.defineTable({ x: v.record(v.union(v.literal("a"), v.string()), v.null()) })'),
    'In table "rows": Records cannot have string literal keys',
  ],
  [
    "an id of a table that cannot be",
    schema('s.defineTable({ x: v.id("a b") })'),
    "In table \"rows\": Identifier a b has invalid character ' ': Identifiers can only contain alphanumeric characters or underscores",
  ],
  [
    "a table of texts",
    schema("s.defineTable(v.string() as any)"),
    "The document validator in a schema must be an object, a union of objects, or `v.any()`. Found v.string().",
  ],
  [
    "a table of objects or texts",
    schema("s.defineTable(v.union(v.object({}), v.string()) as any)"),
    "The document validator in a schema must be an object, a union of objects, or `v.any()`. Found v.union(v.object({}), v.string()).",
  ],
  [
    "an index of a field that cannot be",
    schema(`${rows}.index("by", ["a..b"] as any)`),
    'In table "rows": In index "by": Invalid index field: "a..b"',
  ],
  [
    "a staged index of nothing",
    schema(`${rows}.index("by", { fields: [], staged: true } as any)`),
    'In table "rows" staged index "by" must have at least one field.',
  ],
  [
    "a staged index like another",
    schema(`${rows}.index("by", ["name"]).index("later", { fields: ["name"], staged: true } as any)`),
    'In table "rows" index "later" and index "by" have the same fields.',
  ],
  [
    "a staged index of the same name",
    schema(`${rows}.index("by", ["name"]).index("by", { fields: ["tag"], staged: true } as any)`),
    'Table "rows" has two or more definitions of index "by".',
  ],
  [
    "two search indexes of the same fields",
    schema(`${rows}.searchIndex("a", { searchField: "name" }).searchIndex("b", { searchField: "name" })`),
    'In table "rows" search index "b" and search index "a" have the same `searchField`.',
  ],
  [
    "65 indexes",
    schema(`Array.from({ length: 65 }).reduce((t: any, _, i) => t.index("i" + i, ["name"]), ${rows}) as any`),
    'Table "rows" cannot have more than 64 indexes.',
  ],
  [
    "17 filter fields of vectors",
    schema(
      `${rows}.vectorIndex("near", { vectorField: "vector", dimensions: 2, filterFields: Array(17).fill("name") as any })`,
    ),
    "Search indexes may have up to 16 filter fields.",
  ],
  [
    "10,001 tables",
    {
      "schema.ts":
        'export default s.defineSchema(Object.fromEntries(Array.from({ length: 10001 }, (_, i) => ["t" + i, s.defineTable({})])));',
    },
    "Number of tables cannot exceed 10000.",
  ],
  [
    "a cron's name that is not ASCII",
    { "crons.ts": 'const c = s.cronJobs(); c.interval("é", { seconds: 1 }, "m:f" as any); export default c;' },
    "Invalid cron identifier é: use ASCII letters that are not control characters",
  ],
  [
    "a cron's name twice",
    {
      "crons.ts":
        'const c = s.cronJobs(); for (let i = 0; i < 2; i++) c.interval("a", { seconds: 1 }, "m:f" as any); export default c;',
    },
    "Cron identifier registered twice: a",
  ],
  [
    "a cron without a time",
    { "crons.ts": 'const c = s.cronJobs(); c.interval("a", {} as any, "m:f" as any); export default c;' },
    "Must specify one of seconds, minutes, or hours",
  ],
  [
    "a cron every half second",
    { "crons.ts": 'const c = s.cronJobs(); c.interval("a", { seconds: 0.5 }, "m:f" as any); export default c;' },
    "Interval must be an integer greater than 0",
  ],
  [
    "a route without a slash",
    {
      "http.ts":
        'const h = s.httpRouter(); h.route({ path: "x", method: "GET", handler: s.httpActionGeneric(async () => new Response()) }); export default h;',
    },
    "path 'x' does not start with a /",
  ],
  [
    "a route of another method",
    {
      "http.ts":
        'const h = s.httpRouter(); h.route({ path: "/x", method: "TRACE" as any, handler: s.httpActionGeneric(async () => new Response()) }); export default h;',
    },
    "'TRACE' is not an allowed HTTP method (like GET, POST, PUT etc.)",
  ],
];

for (const [title, modules, message] of REFUSED) {
  test(`refused: ${title}`, async () => {
    await assert.rejects(
      push(modules),
      (error: Error) => error.message.includes(message) || assert.fail(error.message),
    );
  });
}

test("what Convex takes is taken", async () => {
  await push({
    "m.ts": `export default ${QUERY}; export const f = s.queryGeneric({ args: { x: v.record(v.id("rows"), ${nested(20)}) }, handler: () => null });`,
    "folder/m_1.js": `export const f = ${QUERY};`,
    "a file.ts": "export const f = 1;",
    "a-b.test.ts": "export const f = 1;",
    ...schema(
      `${rows}.searchIndex("a", { searchField: "name" }).searchIndex("b", { searchField: "name", filterFields: ["tag"] })
        .vectorIndex("c", { vectorField: "vector", dimensions: 2 }).vectorIndex("d", { vectorField: "vector", dimensions: 3 })`,
    ),
  });
});

test("only actions can be in Node", () => {
  const functions = JSON.parse(
    list({
      m: {
        q: Object.assign(() => {}, { isQuery: true, exportArgs: () => '{"type":"any"}', exportReturns: () => "null" }),
      },
    }),
  ).functions;
  assert.throws(() => checkNodeFunctions(functions), {
    message:
      "`q` defined in `m.js` is a Query function. Only actions can be defined in Node.js. See https://docs.convex.dev/functions/actions for more details.",
  });
});

test("environment variables have limits", () => {
  const environment = new Environment({ CONVEX_CLOUD_URL: "x" }, { GIVEN: "1" }, root);
  const many = (count: number, size: number) =>
    Array.from({ length: count }, (_, i) => ({ name: `V${i}`, value: "x".repeat(size) }));
  const refused: [object[], string][] = [
    [[{ name: "1A", value: "x" }], "The environment variable name 1A is invalid."],
    [[{ name: "A-B", value: "x" }], "The environment variable name A-B is invalid."],
    [[{ name: "A".repeat(257), value: "x" }], "must be less than 256."],
    [[{ name: "A", value: "é".repeat(4097) }], "The environment variable value is 8194 bytes, which is too large."],
    [
      [{ name: "CONVEX_CLOUD_URL", value: "x" }],
      'Environment variable with name "CONVEX_CLOUD_URL" is built-in and cannot be overridden',
    ],
    [many(512, 1), "The environment variable limit (512) has been met."],
    [many(64, 8192), "The total size of all environment variables (524476 bytes) exceeds the limit (524288 bytes)."],
  ];
  for (const [changes, message] of refused)
    assert.throws(
      () => environment.change(changes as never),
      (error: Error) => error.message.includes(message) || assert.fail(error.message),
    );
  assert.deepEqual(environment.set, { GIVEN: "1" });
});
