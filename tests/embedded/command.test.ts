import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { ConvexHttpClient } from "convex/browser";
import { api } from "./convex/_generated/api.js";
import { folder, FUNCTIONS, start } from "./start.ts";

const envFile = join(folder(), ".env");
writeFileSync(envFile, '# comment\nAUTH_PROVIDERS=[]\nCOLOUR="sea green"\nCONVEX_SITE_URL=https://site.example.invalid\n');
const running = await start({ functions: relative(process.cwd(), FUNCTIONS), more: ["--env-file", envFile] });
const { url, data } = running;

test("the functions folder may be relative, the environment file lines of NAME=value", async () => {
  const { env, site } = (await new ConvexHttpClient(url).action(api.work.web, { url: "data:text/plain,abc" })) as any;
  assert.deepEqual([env, site], ["sea green", "https://site.example.invalid"]);
});

test("npx convex run calls any function, as any user", async () => {
  const env = { ...process.env, CONVEX_SELF_HOSTED_URL: url, CONVEX_SELF_HOSTED_ADMIN_KEY: readFileSync(join(data, "admin_key"), "utf8").trim() };
  const cli = join(import.meta.dirname, "../../node_modules/convex/bin/main.js");
  const run = async (...args: string[]): Promise<unknown> => JSON.parse((await promisify(execFile)(process.execPath, [cli, "run", ...args], { env, cwd: join(import.meta.dirname, "../..") })).stdout);
  assert.equal(await run("work:secret"), "secret");
  const user = { subject: "ana", issuer: "https://example.invalid" };
  assert.deepEqual(await run("--identity", JSON.stringify(user), "notes:whoami"), { ...user, tokenIdentifier: "https://example.invalid|ana" });
});

test("a deployment stops within a second of SIGTERM, also while an action runs", async () => {
  void new ConvexHttpClient(url, { logger: false }).action(api.work.wait, { ms: 60_000 }).catch(() => {});
  const started = Date.now();
  running.process.kill("SIGTERM");
  assert.equal(await running.ended, 0);
  assert.ok(Date.now() - started < 1500);
});
