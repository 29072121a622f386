// Errors in Convex's words, through Convex's own client.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { ConvexError } from "convex/values";
import { api } from "../convex/_generated/api.js";
import { post, start, until } from "../start.ts";

const running = await start();
const { url } = running;
const client = new ConvexHttpClient(url, { logger: false });

/** The error's text without the request's number, and without the trace. */
async function errorOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => assert.fail("no error"),
    (error: Error) => error,
  );
  return error.message
    .replace(/^\[Request ID: [0-9a-f]{16}\] Server Error\n/, "")
    .replace(/\n {4}at [^]*$/, "")
    .trimEnd();
}
const raised = (what: string): Promise<string> => errorOf(client.query(api.errors.raise, { what }));
const written = (how: string, value: unknown, id?: string): Promise<string> =>
  errorOf(client.mutation(api.errors.write, { how, value, ...(id === undefined ? {} : { id }) } as never));
const note = (body: string): Promise<string> => client.mutation(api.notes.add, { room: "errors", body });

test("what is thrown is named as V8 names it", async () => {
  assert.equal(await raised("text"), "Uncaught only text");
  assert.equal(await raised("object"), "Uncaught #<Object>");
  assert.equal(await raised("type"), "Uncaught TypeError: of another type");
  assert.equal(await raised("empty"), "Uncaught Error");
});

test("arguments that do not fit are shown with what they should be", async () => {
  const call = (args: object): Promise<string> => errorOf(client.query(api.errors.exact, args as never));
  const validator =
    'v.object({counts: v.optional(v.record(v.string(), v.float64())), either: v.optional(v.union(v.literal("b"), v.literal(1.0))), inner: v.optional(v.object({a: v.string(), n: v.float64()})), kind: v.literal("a")})';
  assert.equal(
    await call({ kind: "b" }),
    'ArgumentValidationError: `"b"` does not match literal validator `v.literal("a")`.Path: .kind',
  );
  assert.equal(
    await call({}),
    `ArgumentValidationError: Object is missing the required field \`kind\`. Consider wrapping the field validator in \`v.optional(...)\` if this is expected.\n\nObject: {}\nValidator: ${validator}`,
  );
  assert.equal(
    await call({ kind: "a", more: [2n, new Uint8Array([1]).buffer, 0.5] }),
    `ArgumentValidationError: Object contains extra field \`more\` that is not in the validator.\n\nObject: {kind: "a", more: [2, b"AQ==", 0.5]}\nValidator: ${validator}`,
  );
  assert.equal(
    await call({ kind: "a", inner: { n: 1 } }),
    "ArgumentValidationError: Object is missing the required field `a`. Consider wrapping the field validator in `v.optional(...)` if this is expected.\nPath: .inner\nObject: {n: 1.0}\nValidator: v.object({a: v.string(), n: v.float64()})",
  );
  assert.equal(
    await call({ kind: "a", inner: { n: "1", a: "a" } }),
    'ArgumentValidationError: Value does not match validator.\nPath: .inner.n\nValue: "1"\nValidator: v.float64()',
  );
  assert.equal(
    await call({ kind: "a", either: 2 }),
    'ArgumentValidationError: Value does not match validator.\nPath: .either\nValue: 2.0\nValidator: v.union(v.literal("b"), v.literal(1.0))',
  );
  assert.equal(
    await call({ kind: "a", counts: { x: "y" } }),
    'ArgumentValidationError: Value does not match validator.\nPath: .counts.values()\nValue: "y"\nValidator: v.float64()',
  );
});

test("arguments other than one object of values are refused beforehand", async () => {
  const call = async (args: unknown): Promise<string> =>
    (await post(url, "/api/query", { path: "values:echo", args })).body.errorMessage.split("\n").slice(1).join("\n");
  const wrong: [unknown, string][] = [
    [{ $integer: "AA==" }, "Int64 must be exactly eight bytes"],
    [{ $float: "AAAAAAAA8D8=" }, "Float64 1 should be encoded as a number"],
    [{ $bad: 1 }, "Field name $bad starts with '$', which is reserved."],
    [{ ["k".repeat(1025)]: 1 }, "Field name is too long (1025 > maximum 1024)"],
    [Array(8193).fill(0), "Array length is too long (8193 > maximum length 8192)"],
  ];
  for (const [value, reason] of wrong)
    assert.equal(await call({ value }), `Invalid arguments for values.js:echo: ${reason} (present at path .value)`);
  assert.equal(
    await call([{ value: 1 }, 2]),
    "Expected to receive a single object as the function's argument. Instead received 2 arguments: [{value: 1.0}, 2.0]",
  );
  assert.equal(
    await call("text"),
    'Expected to receive an object as the function\'s argument. Instead received: "text"',
  );
  assert.match(await call({ value: 1, more: "a\u0001\n" }), /more: "a\\u\{1\}\\n"/);
});

test("a result with too many items or fields is refused", async () => {
  assert.equal((await client.query(api.errors.many, { n: 8192 })).length, 8192);
  assert.equal(
    await errorOf(client.query(api.errors.many, { n: 8193 })),
    "Function errors.js:many return value invalid: Array length is too long (8193 > maximum length 8192)",
  );
  assert.equal(Object.keys(await client.query(api.errors.fields, { n: 1024 })).length, 1024);
  assert.equal(
    await errorOf(client.query(api.errors.fields, { n: 1025 })),
    "Function errors.js:fields return value invalid: Object has too many fields (1025 > maximum number 1024)",
  );
});

test("an unawaited promise's rejection is printed and stops nothing", async () => {
  const id = await client.mutation(api.errors.forget, {});
  await until(
    () =>
      /was rejected: Error: nobody hears of\n {4}at handler \(\.\.\/convex\/errors\.ts:/.test(running.stderr()) &&
      /was rejected: Error: Uncaught Error: of the inner function/.test(running.stderr()),
    "the lines",
  );
  assert.equal(((await client.query(api.errors.get, { id })) as { value?: unknown }).value, "kept");
  assert.doesNotMatch(running.stderr(), /crashed/);
});

test("an id of another table is not just any text", async () => {
  const id = await client.mutation(api.values.put, { value: 1 });
  assert.equal(
    await errorOf(client.query(api.notes.get, { id: id as never })),
    `ArgumentValidationError: Found ID "${id}" from table \`values\`, which does not match the table name in validator \`v.id("notes")\`.Path: .id`,
  );
  assert.match(
    await errorOf(client.query(api.notes.get, { id: "x" as never })),
    /^ArgumentValidationError: Value does not match validator\.\nPath: \.id\nValue: "x"\nValidator: v\.id\("notes"\)$/,
  );
});

test("functions that are missing, internal or of another kind", async () => {
  const call = (name: string): Promise<string> => errorOf(client.query(makeFunctionReference<"query">(name)));
  assert.match(await call("errors:nothing"), /^Could not find public function for 'errors:nothing'\./);
  assert.match(await call("nowhere:nothing"), /^Could not find public function for 'nowhere:nothing'\./);
  assert.match(await call("errors:fail"), /^Could not find public function for 'errors:fail'\./);
  assert.equal(
    await call("errors:write"),
    "Trying to execute errors.js:write as Query, but it is defined as Mutation.",
  );
  assert.match(
    await errorOf(client.action(api.errors.callMissing, {})),
    /^Uncaught Error: Could not find public function for 'errors:nothing'\./,
  );
  const { body } = await post(url, "/api/run/errors/nothing", { args: {} });
  assert.match(
    body.errorMessage,
    /Could not find function for 'errors:nothing'\. Did you forget to run `npx convex dev`\?/,
  );
});

test("ranges that an index cannot answer", async () => {
  const range = (...expressions: unknown[][]): Promise<string> =>
    errorOf(client.query(api.errors.ranged, { expressions }));
  assert.equal(
    await range(["eq", "n", 1]),
    'Uncaught Error: Tried to query index notes.by_room_and_n but the query didn\'t use the index fields in order.\nIndex fields: ["room", "n", "_creationTime"]\nQuery fields: ["n"]\nFirst incorrect field: "n"\nFor more information see https://docs.convex.dev/using/indexes.',
  );
  assert.match(
    await range(["eq", "body", 1]),
    /The index range included a comparison with "body", but notes\.by_room_and_n with fields \["room", "n", "_creationTime"\] doesn't index this field\./,
  );
  assert.match(
    await range(["gt", "room", "a"], ["lt", "n", 1]),
    /attempted to set a range bound on both "room" and "n"/,
  );
  assert.match(
    await range(["gt", "room", "a"], ["gte", "room", "b"]),
    /Already defined lower bound in index range\. Can't add "room" >= "b"\./,
  );
  assert.match(
    await range(["eq", "room", "a"], ["eq", "room", "b"]),
    /Already defined equality bound in index range\. Can't add "room" == "a"\./,
  );
  assert.equal(
    await errorOf(client.query(api.errors.indexed, { index: "by_nothing" })),
    "Uncaught Error: Index notes.by_nothing not found.",
  );
});

test("filters that do not compute, and searches that cannot be filtered", async () => {
  await note("not a number");
  assert.match(
    await errorOf(client.query(api.errors.filtered, { how: "sum" })),
    /^Uncaught Error: Cannot add ".*" \(type String\) and 1\.0 \(type Float64\)$/,
  );
  assert.equal(
    await errorOf(client.query(api.errors.filtered, { how: "zero" })),
    "Uncaught Error: Cannot divide 1 by zero",
  );
  assert.match(
    await errorOf(client.query(api.errors.filtered, { how: "text" })),
    /^Uncaught Error: Cannot use value "/,
  );
  assert.match(
    await errorOf(client.query(api.errors.searched, { field: "n" })),
    /contains an equality filter on "n" but that field isn't indexed for filtering in `filterFields`\.$/,
  );
});

test("documents and ids that cannot be", async () => {
  const id = await note("here");
  assert.equal(
    await errorOf(client.query(api.errors.get, { id: "x" })),
    "Uncaught Error: Invalid argument `id` for `db.get`: Unable to decode ID: Invalid ID length 1",
  );
  assert.equal(
    await written("insert", [1]),
    "Uncaught Error: Invalid argument `value` for `db.insert`: Value must be an Object",
  );
  assert.equal(
    await written("insert", { _odd: 1 }),
    "Uncaught Error: {_odd: 1.0} isn't a valid document: Field '_odd' starts with an underscore, which is only allowed for system fields like '_id'",
  );
  assert.match(
    await written("insert into", {}, "no-name"),
    /^Uncaught Error: Invalid argument `table` for `db\.insert`:/,
  );
  assert.match(
    await written("patch", { _id: "other" }, id),
    /^Uncaught Error: Provided document ID ".*" doesn't match '_id' field "other"$/,
  );
  assert.match(
    await written("patch", { _creationTime: 1 }, id),
    /^Uncaught Error: Provided creation time \d+\.\d+ doesn't match '_creationTime' field in \{_creationTime: 1\.0\}$/,
  );
  assert.match(
    await written("patch", { extra: 1 }, id),
    /^Uncaught Error: Failed to insert or update a document in table "notes" because it does not match the schema: Object contains extra field `extra` that is not in the validator\.\n/,
  );
  await client.mutation(api.notes.remove, { id: id as never });
  for (const [how, verb] of [
    ["patch", "Update"],
    ["replace", "Replace"],
    ["delete", "Delete"],
  ] as const) {
    assert.equal(await written(how, {}, id), `Uncaught Error: ${verb} on nonexistent document ID ${id}`);
  }
});

test("a whole document, its system fields too, may be put back", async () => {
  const id = await note("before");
  const row = await client.query(api.errors.get, { id });
  await client.mutation(api.errors.write, { how: "replace", id, value: { ...row, body: "after" } });
  assert.deepEqual(await client.query(api.errors.get, { id }), { ...row, body: "after" });
});

test("limits are named", async () => {
  assert.match(
    await errorOf(client.query(api.errors.readTooOften, {})),
    /^Uncaught Error: Too many reads in a single function execution \(limit: 4096\)\. Consider using smaller limits/,
  );
  assert.equal(
    await errorOf(client.mutation(api.errors.writeTooMuch, {})),
    "Uncaught Error: Too many bytes written in a single function execution (limit: 16 MiB)",
  );
  assert.match(
    await errorOf(client.query(api.errors.twoPages, {})),
    /ran multiple paginated queries\. Convex only supports a single paginated query in each function\./,
  );
});

test("another query's cursor is an error that restarts usePaginatedQuery", async () => {
  const error = await client
    .query(api.notes.page, { room: "x", paginationOpts: { numItems: 1, cursor: "AAAAAAAAAAAA." } })
    .then(
      () => null,
      (error: unknown) => error,
    );
  assert.ok(error instanceof ConvexError);
  assert.deepEqual(error.data, { isConvexSystemError: true, paginationError: "InvalidCursor" });
  assert.match(error.message, /InvalidCursor/);
});

test("an error of an inner function keeps its own trace", async () => {
  const { body } = await post(url, "/api/mutation", { path: "errors:rethrow", args: {} });
  assert.match(
    body.errorMessage,
    /Uncaught Error: Uncaught Error: of the inner function\n {4}at handler \(\.\.\/convex\/errors\.ts:/,
  );
});

test("a page counts the rows that its filter leaves out", async () => {
  for (let i = 0; i < 6; i++) await note(i < 5 ? "hay" : "needle");
  let cursor: string | null = null;
  const found: string[] = [];
  for (let pages = 0; ; pages++) {
    const page: any = await client.query(api.errors.sparse, { body: "needle", maximumRowsRead: 2, cursor });
    found.push(...page.page.map(({ body }: { body: string }) => body));
    if (page.isDone) break;
    assert.equal(page.pageStatus, "SplitRequired");
    assert.ok(pages < 10);
    cursor = page.continueCursor;
  }
  assert.deepEqual(found, ["needle"]);
});
