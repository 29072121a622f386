// `make push`, with the unmodified CLI of npm convex, against a stand-in for a backend.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folder } from "../start.ts";
import { KEY, NO_COMMIT_TS, SCHEMA_FAILED, type Standin, standin } from "./standin.ts";

const ROOT = join(import.meta.dirname, "../../..");
const data = folder();
const OLD = { AUTH_PROVIDERS: "old", LIMITS: '{"mine": "a secret"}', OTHER: "not ours" };

interface Pushed {
  process: ChildProcess;
  said: () => string;
  ended: Promise<number | string>;
}

/** With an empty URL, `.env` has it, and the key. */
function start(url: string, env: Record<string, string> = { CONVEX_ADMIN_KEY: KEY }): Pushed {
  // With CI, the CLI does not report errors to its makers.
  const own = {
    PATH: process.env.PATH!,
    HOME: data,
    CI: "1",
    DATA_DIR: data,
    PYTHONPATH: ROOT,
    CONVEX_URL: url,
    ...env,
  };
  // A group of its own, as at a terminal, where Ctrl-C reaches the CLI too.
  const child = spawn(join(ROOT, ".venv/bin/python"), ["-m", "launch.push"], { cwd: data, env: own, detached: true });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += String(chunk)));
  const ended = new Promise<number | string>((resolve) =>
    child.on("close", (code, signal) => resolve(code ?? signal!)),
  );
  return { process: child, said: () => said, ended };
}

async function push(url: string, env?: Record<string, string>): Promise<{ status: number | string; said: string }> {
  const pushed = start(url, env);
  const status = await pushed.ended;
  assert.doesNotMatch(pushed.said(), /0123456789abcdef|a secret/);
  return { status, said: pushed.said() };
}

const set = ({ variables }: Standin): object =>
  Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== null));
const variables = [
  ...readFileSync(join(ROOT, "launch/variables.py"), "utf8")
    .split("VARIABLES:")[1]!
    .matchAll(/"(\w+)":/g),
];
const journal = (url: string): string =>
  join(data, `push-${createHash("sha256").update(url).digest("hex").slice(0, 12)}.json`);

test("a push sets the variables, then sends all functions and the schema", async () => {
  const backend = await standin();
  writeFileSync(join(data, ".env"), `CONVEX_URL=${backend.url}\nCONVEX_ADMIN_KEY=${KEY}\n`);
  assert.equal((await push("", {})).status, 0);
  rmSync(join(data, ".env"));
  const asked = backend.asked.filter((path) => path !== "report_push_completed"); // after the end, if at all
  assert.deepEqual(asked, [
    ...["/instance_name", "/version", "query", "query", "update_environment_variables"],
    ...["get_config_hashes", "evaluate_schema", "start_push", "wait_for_schema", "finish_push"],
  ]);
  const { changes } = backend.bodies.update_environment_variables;
  assert.deepEqual(
    changes.map(({ name }: { name: string }) => name),
    variables.map(([, name]) => name),
  );
  assert.equal(JSON.parse(changes[0].value)[0].algorithm, "ES256");
  const { adminKey, dryRun, functions, appDefinition, componentDefinitions, nodeDependencies } =
    backend.bodies.start_push;
  assert.deepEqual([adminKey, dryRun, functions], [KEY, false, "convex/"]);
  assert.deepEqual(appDefinition.unchangedModuleHashes, []);
  const sources = globSync("**/*.ts", { cwd: join(ROOT, "convex"), exclude: ["_generated/**", "schema.ts"] });
  const sent = new Map<string, any>(appDefinition.changedModules.map((module: any) => [module.path, module]));
  const own = [...sent.keys()].filter((path) => !path.startsWith("_deps/")).sort();
  assert.deepEqual(
    own,
    sources
      .filter((path) => path !== "convex.config.ts" && !path.endsWith(".d.ts"))
      .map((path) => path.replace(/ts$/, "js"))
      .sort(),
  );
  for (const { source, environment } of sent.values())
    assert.ok(typeof source === "string" && ["isolate", "node"].includes(environment));
  assert.match(sent.get("auth.config.js").source, /process\.env\.AUTH_PROVIDERS/);
  assert.match(appDefinition.schema.source, /commitTs\(\)/);
  assert.ok(Array.isArray(componentDefinitions) && Array.isArray(nodeDependencies));
  assert.deepEqual(backend.bodies.finish_push.startPush.schemaChange, backend.bodies.wait_for_schema.schemaChange);
  assert.equal(existsSync(journal(backend.url)), false);
});

test("a push that cannot succeed is refused, and changes nothing", async () => {
  const cases: [RegExp, (backend: Standin) => void, Record<string, string>?][] = [
    [/CONVEX_URL \S+ is an embedded deployment\. .* nothing to push\./, (backend) => (backend.name = "embedded")],
    [/CONVEX_ADMIN_KEY is the key of standin, and CONVEX_URL \S+ is other\./, (backend) => (backend.name = "other")],
    [/is of 2025-11: Easel needs one of 2026-07 or later\./, (backend) => (backend.version = "2025-11-30")],
    [/CONVEX_ADMIN_KEY is no key of the deployment/, () => {}, { CONVEX_ADMIN_KEY: "standin|another" }],
    [/CONVEX_DEPLOY_KEY is the key of happy-cat/, () => {}, { CONVEX_DEPLOY_KEY: "prod:happy-cat|another" }],
    [/CONVEX_DEPLOY_KEY must be the key of one deployment/, () => {}, { CONVEX_DEPLOY_KEY: "preview:a:b|c" }],
    [/CONVEX_URL \S+ is no Convex deployment/, (backend) => (backend.name = "<!doctype html>")],
    [/Set CONVEX_DEPLOY_KEY \(Convex Cloud\) or CONVEX_ADMIN_KEY/, () => {}, {}],
    [/CONVEX_URL http:\/\/127.0.0.1:9 does not answer/, (backend) => (backend.url = "http://127.0.0.1:9")],
  ];
  for (const [sentence, change, env] of cases) {
    const backend = await standin();
    change(backend);
    const { status, said } = await push(backend.url, env);
    assert.match(said, sentence);
    assert.deepEqual([status, said.trim().split("\n").length], [1, 1]);
    assert.ok(!backend.asked.includes("update_environment_variables"));
  }
});

test("a push that fails at any step leaves the variables as they were", async () => {
  const failures: [Record<string, [number, unknown]>, RegExp][] = [
    [{ start_push: [400, NO_COMMIT_TS] }, /unknown variant `commitTs`/],
    [{ wait_for_schema: [200, SCHEMA_FAILED] }, /a board is no board/],
    [{ finish_push: [400, { code: "Race", message: "pushed elsewhere" }] }, /pushed elsewhere/],
  ];
  for (const [wrong, sentence] of failures) {
    const backend = await standin();
    backend.variables = { ...OLD };
    backend.wrong = wrong;
    const { status, said } = await push(backend.url);
    assert.equal(status, 1);
    assert.match(said, sentence);
    assert.match(said, /what it changed was put back: AUTH_PROVIDERS, .*LIMITS\./);
    assert.deepEqual(set(backend), OLD);
    assert.equal(existsSync(journal(backend.url)), false);
  }
});

test("Ctrl-C puts the variables back", async () => {
  const backend = await standin();
  const pushed = await hung(backend);
  process.kill(-pushed.process.pid!, "SIGINT");
  assert.equal(await pushed.ended, 130);
  assert.deepEqual(set(backend), {});
});

test("a push that was killed is undone by the next one that fails", async () => {
  const backend = await standin();
  backend.variables = { ...OLD };
  const pushed = await hung(backend);
  process.kill(-pushed.process.pid!, "SIGKILL");
  await pushed.ended;
  assert.notDeepEqual(set(backend), OLD);
  assert.equal(statSync(journal(backend.url)).mode & 0o777, 0o600);
  assert.equal(JSON.parse(readFileSync(journal(backend.url), "utf8")).before.AUTH_PROVIDERS, "old");
  backend.hang = null;
  backend.wrong = { start_push: [400, NO_COMMIT_TS] };
  assert.equal((await push(backend.url)).status, 1);
  assert.deepEqual(set(backend), OLD);
});

async function hung(backend: Standin): Promise<Pushed> {
  const hangs = new Promise<void>((resolve) => (backend.hang = resolve));
  const pushed = start(backend.url);
  await Promise.race([hangs, pushed.ended.then(() => assert.fail(pushed.said()))]);
  return pushed;
}
