import assert from "node:assert/strict";
import { cpSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { test } from "node:test";
import { ConvexHttpClient } from "convex/browser";
import { readZip } from "../../../embedded/command/zip.ts";
import { api } from "../convex/_generated/api.js";
import { FUNCTIONS, folder, post, start } from "../start.ts";
import { npx, ROOT } from "./npx.ts";

const envFile = join(folder(), ".env");
writeFileSync(
  envFile,
  '# comment\nAUTH_PROVIDERS=[]\nCOLOUR="sea green"\nCONVEX_SITE_URL=https://site.example.invalid\n',
);
const running = await start({ functions: relative(process.cwd(), FUNCTIONS), more: ["--env-file", envFile] });
const { url, data } = running;

test("the command takes a relative folder and a file of NAME=value lines", async () => {
  const { env, site } = (await new ConvexHttpClient(url).action(api.work.web, { url: "data:text/plain,abc" })) as any;
  assert.deepEqual([env, site], ["sea green", "https://site.example.invalid"]);
});

/** A copy of Easel's functions, since some commands write there. */
const project = folder();
cpSync(join(ROOT, "convex"), join(project, "convex"), { recursive: true });
writeFileSync(join(project, "package.json"), '{"dependencies":{"convex":"*"}}');
for (const name of ["node_modules", "browser", "shapes"]) symlinkSync(join(ROOT, name), join(project, name));

const convex = (...args: string[]): ReturnType<typeof npx> => npx(running, project, ...args);

test("npx convex run calls any function, as any user", async () => {
  const run = async (...args: string[]): Promise<unknown> => JSON.parse((await convex("run", ...args)).stdout);
  assert.equal(await run("work:secret"), "secret");
  const user = { subject: "ana", issuer: "https://example.invalid" };
  assert.deepEqual(await run("--identity", JSON.stringify(user), "notes:whoami"), {
    ...user,
    tokenIdentifier: "https://example.invalid|ana",
  });
});

test("npx convex data, env, function-spec and export look into it", async () => {
  const printed = async (...args: string[]): Promise<string> => (await convex(...args)).stdout;
  const client = new ConvexHttpClient(url);
  const id = await client.mutation(api.notes.add, { room: "seen", body: "from outside" });
  assert.deepEqual((await printed("data")).trim().split("\n"), ["log", "notes", "points", "values"]);
  const rows = (await printed("data", "notes", "--format", "jsonl"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    rows.map(({ _id, body }) => [_id, body]),
    [[id, "from outside"]],
  );
  await printed("env", "set", "COLOUR", "brick red");
  const colour = async (): Promise<string> =>
    ((await client.action(api.work.web, { url: "data:text/plain,abc" })) as any).env;
  assert.equal(await colour(), "brick red");
  assert.match(await printed("env", "list"), /^AUTH_PROVIDERS=.*\nCOLOUR=brick red\n/m);
  await printed("env", "remove", "COLOUR");
  assert.equal(await colour(), "sea green");
  const { functions } = JSON.parse(await printed("function-spec"));
  assert.ok(
    functions.some(
      ({ identifier, functionType, visibility }: any) =>
        identifier === "work.js:write" && functionType === "Mutation" && visibility.kind === "internal",
    ),
  );
  assert.deepEqual(
    functions.filter(({ functionType, path }: any) => functionType === "HttpAction" && /echo|under/.test(path)),
    [
      { functionType: "HttpAction", method: "POST", path: "/echo" },
      { functionType: "HttpAction", method: "GET", path: "/under/*" },
    ],
  );
  const zip = join(folder(), "snapshot.zip");
  await printed("export", "--path", zip);
  assert.match(Object.fromEntries(readZip(zip))["notes/documents.jsonl"]!.toString(), /from outside/);
});

test("npx convex codegen works, and nothing is pushed", async () => {
  await convex("codegen", "--typecheck", "disable");
  for (const name of readdirSync(join(ROOT, "convex/_generated"))) {
    const [made, ours] = [project, ROOT].map((place) => readFileSync(join(place, "convex/_generated", name), "utf8"));
    assert.equal(ours, made, `convex/_generated/${name} is out of date: run make codegen`);
  }
  await assert.rejects(convex("deploy"), /there is nothing to push/);
});

test("npx convex import asks before it deletes, and says what is wrong", async () => {
  const [good, bad] = ["good.jsonl", "bad.json"].map((name) => join(folder(), name)) as [string, string];
  writeFileSync(good, '{"room": "imported", "body": "one"}\n{"room": "imported", "body": "two"}\n');
  writeFileSync(bad, '[{"room": "imported", "body": "three"}, {"room": 4}]');
  const replace = ["import", "--table", "notes", "--replace"];
  await assert.rejects(convex(...replace, good), /notes: 2 documents are added, \d+ deleted[^]*Cannot prompt/);
  assert.match((await convex(...replace, "--yes", good)).stderr, /Added 2 documents to table/);
  await assert.rejects(convex(...replace, "--yes", bad), /Element 2 does not match the schema of "notes"/);
  const client = new ConvexHttpClient(url);
  assert.deepEqual(await client.query(api.notes.bodies, { room: "imported" }), ["one", "two"]);
});

test("npx convex run --inline-query runs a query of one line", async () => {
  const { stdout, stderr } = await convex("run", "--inline-query", 'const n = 6; console.log("hm"); return n * 7');
  assert.deepEqual([stdout, stderr], ["42\n", "[LOG] 'hm'\n"]);
});

test("commands that do not work here fail at once with advice", async () => {
  await assert.rejects(convex("dev", "--once"), ({ stderr }: { stderr: string }) => {
    assert.match(stderr, /reads the functions folder .* there is nothing to push\./);
    assert.doesNotMatch(stderr, /Retrying request/);
    return true;
  });
});

test("other clients get 404 for paths that are none", async () => {
  assert.equal((await post(url, "/api/deploy2/evaluate_push", {})).status, 404);
  assert.equal((await fetch(`${url}/api/v1/get_canonical_urls`)).status, 404);
  assert.equal(await (await fetch(`${url}/echo`, { method: "POST", body: "there" })).text(), "there");
});

test("command line requests need the admin key and must make sense", async () => {
  const key = readFileSync(join(data, "admin_key"), "utf8").trim();
  const authorization = { authorization: `Convex ${key}` };
  for (const path of ["/api/update_environment_variables", "/api/export/request/zip"]) {
    assert.deepEqual((({ status, body }) => [status, body.code])(await post(url, path, {})), [403, "BadDeployKey"]);
  }
  assert.equal((await fetch(`${url}/api/stream_function_logs?cursor=0`)).status, 403);
  const refused = await post(
    url,
    "/api/update_environment_variables",
    { changes: [{ name: "no name", value: "x" }] },
    authorization,
  );
  assert.deepEqual([refused.status, refused.body.code], [400, "EnvironmentVariableNameInvalid"]);
  const broken = await post(
    url,
    "/api/update_environment_variables",
    { changes: [{ name: "AUTH_PROVIDERS", value: "no JSON" }] },
    authorization,
  );
  assert.deepEqual([broken.status, broken.body.code], [400, "InvalidEnvironment"]);
  assert.equal(await new ConvexHttpClient(url).query(api.notes.whoami, {}), null);
  assert.equal((await post(url, "/api/query", { path: "_system/cli/tables", args: {} })).body.status, "error");
});

test("executions are reported with lines and errors, to waiters too", async () => {
  const authorization = { authorization: `Convex ${readFileSync(join(data, "admin_key"), "utf8").trim()}` };
  const logs = async (cursor: number): Promise<{ entries: any[]; newCursor: number }> =>
    (await fetch(`${url}/api/stream_function_logs?cursor=${cursor}`, { headers: authorization })).json() as never;
  const { newCursor } = await logs(0);
  const waiting = logs(newCursor);
  await post(url, "/api/query", { path: "notes:runs", args: { room: "told" } });
  const { entries } = await waiting;
  assert.deepEqual(
    entries.map(({ identifier, udfType, logLines, success }) => ({ identifier, udfType, logLines, success })),
    [{ identifier: "notes:runs", udfType: "Query", logLines: ["[LOG] 'ran' 'told'"], success: {} }],
  );
  await post(url, "/api/query", { path: "notes:throwPlain", args: {} });
  assert.match((await logs(newCursor)).entries.at(-1).error, /^Uncaught Error: plain trouble\n {4}at handler/);
});

test("a deployment stops within a second of SIGTERM despite an action", async () => {
  void new ConvexHttpClient(url, { logger: false }).action(api.work.wait, { ms: 60_000 }).catch(() => {});
  const started = Date.now();
  running.process.kill("SIGTERM");
  assert.equal(await running.ended, 0);
  assert.ok(Date.now() - started < 1500);
});
