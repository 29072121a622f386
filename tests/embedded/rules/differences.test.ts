// Each row of "What differs from Convex" in embedded/README.md has a test that fails once the row is no longer true.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { nextRun } from "../../../embedded/schedule/crons.ts";
import { checkCrons } from "../../../embedded/schedule/scheduler.ts";
import { post, start } from "../start.ts";

const TESTS = join(import.meta.dirname, "..");
const { url, data, stderr } = await start({ functions: join(import.meta.dirname, "convex") });
const call = async (kind: string, name: string, args: object = {}) =>
  (await post(url, `/api/${kind}`, { path: `differences:${name}`, args })).body;
const asked = async (kind: string, name: string, args: object = {}): Promise<any> => {
  const { errorMessage, value } = await call(kind, name, args);
  assert.equal(errorMessage, undefined);
  return value;
};
const failed = async (kind: string, name: string, args: object = {}): Promise<string> =>
  (await call(kind, name, args)).errorMessage;
const key = (): Record<string, string> => ({
  authorization: `Convex ${readFileSync(join(data, "admin_key"), "utf8").trim()}`,
});

await asked("mutation", "points", { count: 2000 });

/** By the first column of the row: the test, or the file and the title of one elsewhere. */
const ROWS: Record<string, (() => Promise<void>) | [file: string, title: string]> = {
  async components() {
    assert.equal(await asked("query", "touched"), false);
    await asked("mutation", "touch");
    const { body } = await post(url, "/api/query", { path: "run:touched", args: {} });
    assert.equal(body.value, true);
  },

  async "`.paginate()` in a component"() {
    assert.match(await failed("query", "page"), /paginate\(\) is only supported in the app/);
    assert.deepEqual(await asked("mutation", "pageInMutation"), []);
  },

  async "`ctx.auth` in a component"() {
    const user = btoa(JSON.stringify({ tokenIdentifier: "i|s", issuer: "i", subject: "s" }));
    const headers = { authorization: `${key().authorization}:${user}` };
    const { body } = await post(url, "/api/query", { path: "differences:who", args: {} }, headers);
    assert.deepEqual([body.value[0].subject, body.value[1]], ["s", null]);
  },

  async "a scheduled function of another component"() {
    const { name, component } = await asked("mutation", "scheduleElsewhere");
    assert.deepEqual([name, component], ["main.js:touch", "part"]);
  },

  "`npx convex deploy`, `dev`": ["command/command.test.ts", "commands that do not work here fail at once with advice"],
  "`npx convex import`": ["command/import.test.ts", "requests that make no sense are refused"],
  "`npx convex run --inline-query`": ["command/inline.test.ts", "it can do nothing else, and its errors are answered"],

  async "`npx convex export`"() {
    let isExported = false;
    const exported = post(url, "/api/export/request/zip", {}, key()).then(() => (isExported = true));
    let meanwhile = -1; // the first mutation may have come before the export
    for (; !isExported; meanwhile++) await asked("mutation", "called");
    await exported;
    assert.ok(meanwhile <= 1, `${meanwhile} mutations ran`);
  },

  async actions() {
    const before = await asked("action", "calledAction");
    assert.equal(await asked("action", "calledAction"), before + 1);
    const order: string[] = [];
    await Promise.all([
      asked("action", "busy", { ms: 300 }).then(() => order.push("busy")),
      asked("action", "calledAction").then(() => order.push("quick")),
      asked("mutation", "called").then(() => order.push("mutation")),
    ]);
    assert.deepEqual(order, ["mutation", "busy", "quick"]);
  },

  async crons() {
    assert.equal(nextRun({ type: "hourly", minuteUTC: 7 }, 0) % 60_000, 0);
    const crons = { mine: { name: "m:missing", args: [{}], schedule: { type: "interval", seconds: 1 } } } as const;
    assert.throws(
      () => checkCrons(crons as never, { find: () => undefined } as never),
      /which is no mutation or action/,
    );
  },

  "`ctx.scheduler`": [
    "schedule/scheduler.test.ts",
    "many slow scheduled actions do not keep scheduled mutations waiting",
  ],

  async "vector search"() {
    assert.deepEqual(await asked("action", "nearest"), ["0", "1", "2", "3", "4"]);
  },

  async "`signJwt`, `auditLog`, `getServiceToken`, `getServiceUrl`, the file counts of `getTransactionMetrics`"() {
    for (const name of ["1.0/signJwt", "1.0/auditLog"])
      assert.match(await failed("mutation", "syscallInMutation", { name }), /Unknown async operation/);
    for (const name of ["1.0/createServiceToken", "1.0/getServiceUrl"])
      assert.match(await failed("action", "syscall", { name }), /Unknown async operation/);
    const metrics: string[] = await asked("mutation", "metrics");
    assert.deepEqual(
      metrics.filter((name) => name.startsWith("file")),
      [],
    );
  },

  async "deployment metadata"() {
    assert.deepEqual(await asked("query", "deployment"), { name: "embedded", region: null, class: "s16" });
  },

  async mutations() {
    const before = await asked("mutation", "called");
    const all = await Promise.all(Array.from({ length: 20 }, () => asked("mutation", "called")));
    assert.deepEqual(
      all.sort((a, b) => a - b),
      Array.from({ length: 20 }, (_, i) => before + 1 + i),
    );
  },

  "`query_at_ts`": ["store/past.test.ts", "the history keeps a minute, and no more text than it may"],

  async "`useStaleSnapshot`"() {
    assert.equal(await asked("mutation", "stale"), 1);
  },

  errors: ["auth/admin.test.ts", "in production clients get a ConvexError's data, but no other text"],

  async "a value that is none of Convex's"() {
    assert.match(await failed("mutation", "surrogate"), /lone surrogate.*\(present at path \.x\)/);
  },

  async "a table's first document"() {
    const id = /Error: (\w+)/.exec(await failed("mutation", "failInNewTable"))![1]!;
    assert.equal(await asked("query", "normalized", { id }), id);
  },

  async search() {
    await asked("mutation", "fill", { count: 2060 });
    assert.equal(await asked("query", "search", { other: "many" }), 10);
    assert.equal(await asked("query", "search", { other: "last" }), 0);
  },

  async "Web APIs in queries and mutations"() {
    assert.match(await failed("query", "body"), /Returned promise will never resolve/);
  },

  async "a promise that a query or mutation does not await and that is rejected"() {
    assert.equal(await asked("query", "unawaited"), null);
    await asked("mutation", "called");
    assert.match(stderr(), /A promise that nobody awaits was rejected: Error: nobody awaits this/);
  },

  async "HTTP API"() {
    for (const path of ["list_snapshot", "document_deltas"])
      assert.equal((await fetch(`${url}/api/${path}`, { headers: key() })).status, 404);
    const { body } = await post(url, "/api/query", { args: {} });
    assert.match(body.message, /^Failed to deserialize the JSON body into the target type: missing field `path`/);
  },
};

for (const [row, proof] of Object.entries(ROWS)) {
  const title = row.length > 50 ? `${row.slice(0, 50)}…` : row;
  test(`differs: ${title}`, async () => {
    if (typeof proof === "function") return proof();
    const [file, title] = proof;
    assert.ok(readFileSync(join(TESTS, file), "utf8").includes(`test("${title}"`), title);
  });
}

test("the README has these rows and no others", () => {
  const readme = readFileSync(join(TESTS, "../../embedded/README.md"), "utf8");
  const table = readme.slice(readme.indexOf("## What differs from Convex"), readme.indexOf("## All data as a ZIP"));
  const rows = [...table.matchAll(/^\| (.+?) \| .*\|$/gm)].map(([, first]) => first);
  assert.deepEqual(rows.sort(), Object.keys(ROWS).sort());
});
