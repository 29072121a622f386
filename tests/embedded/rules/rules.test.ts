// What a function may not do, and how Convex says so. Some calls are fine: Convex takes them too.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { post, start } from "../start.ts";
import { CASES } from "./convex/cases.ts";

const messages = new Map(
  readFileSync(join(import.meta.dirname, "messages.txt"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => line.split(" → ", 2) as [string, string]),
);
const { url } = await start({ functions: join(import.meta.dirname, "convex") });
await post(url, "/api/mutation", { path: "run:seed", args: {} });

/** What is said without what is new in each run. */
function said({ errorMessage }: { errorMessage?: string }): string {
  if (errorMessage === undefined) return "fine";
  return errorMessage
    .replace(/^.* Server Error\n(Uncaught Error: )?/, "")
    .replace(/\n +at [^]*/, "")
    .replace(/\b(?!n31g)[0-9a-z]{31,37}\b/g, "ID")
    .replace(/\b\d{10,13}(\.\d+)?\b/g, "TIME")
    .trimEnd()
    .replaceAll("\n", "\\n");
}

for (const [kind, subjects] of Object.entries(CASES)) {
  for (const [subject, cases] of Object.entries(subjects)) {
    test(`${subject} are refused in Convex's words`, async () => {
      const found: Record<string, string> = {};
      const wanted: Record<string, string | undefined> = {};
      for (const name of Object.keys(cases)) {
        const { body } = await post(url, `/api/${kind}`, { path: `run:${kind}`, args: { subject, name } });
        found[name] = said(body);
        wanted[name] = messages.get(`${subject}: ${name}`);
      }
      assert.deepEqual(found, wanted);
    });
  }
}

test("an action in Node prints with all that Node's console has", async () => {
  const { body } = await post(url, "/api/action", { path: "printing:print", args: {} });
  const lines = body.logLines.map((line: string) => line.replace(/\d+ms/, "0ms"));
  const table = lines.splice(3, 1)[0];
  assert.match(table, /^\[LOG\] '┌/);
  const trace = lines.pop();
  assert.deepEqual(lines, [
    "[LOG] 'times: 1'",
    "[LOG] 'times: 2'",
    "[LOG] 'group'",
    "[WARN] 'Assertion failed: wrong'",
    "[INFO] timer: 0ms 7",
    "[INFO] timer: 0ms",
    "[WARN] Timer 'timer' does not exist",
  ]);
  assert.match(trace, /^\[LOG\] 'here'\n {4}at handler \(\.\.\/convex\/printing\.ts:18:13\)$/);
});

test("a result nested too deep is refused, however short", async () => {
  const nested = async (depth: number) => (await post(url, "/api/query", { path: "run:nested", args: { depth } })).body;
  assert.match(
    (await nested(65)).errorMessage,
    /run\.js:nested return value invalid: Value is too nested \(nested 65 /,
  );
  assert.equal((await nested(63)).status, "success");
});

test("a caller may give its request's id, which an error then has", async () => {
  const ask = async (headers: Record<string, string>) =>
    (await post(url, "/api/query", { path: "run:missing", args: {} }, headers)).body.errorMessage;
  assert.match(await ask({ "convex-request-id": "abc123" }), /^\[Request ID: abc123\] Server Error\n/);
  assert.match(await ask({ "convex-request-id": "x y" }), /^\[Request ID: [0-9a-f]{16}\] Server Error\n/);
});

test("paths that no function can have, and bytes that are none, are refused", async () => {
  const ask = async (path: string, args: object) => (await post(url, "/api/query", { path, args })).body;
  const cases = {
    "a b:c": "Path component a b can only contain alphanumeric characters, underscores, or periods.",
    "../m:f": "Path component .. must have at least one alphanumeric character.",
    "": "Path component  must have at least one alphanumeric character.",
    [`m:${"f".repeat(65)}`]: `Path component is too long (65 > maximum 64): ${"f".repeat(64)}...`,
  };
  for (const [path, wrong] of Object.entries(cases))
    assert.equal((await ask(path, {})).message, `${path} is not a valid path to a Convex function. ${wrong}`);
  for (const [bytes, wrong] of [
    ["AA!A", /Invalid byte 33, offset 2\./],
    ["AAA", /Invalid padding/],
    ["A===", /Invalid byte 61, offset 1\./],
  ] as const)
    assert.match((await ask("run:nested", { depth: { $bytes: bytes } })).errorMessage, wrong);
});
