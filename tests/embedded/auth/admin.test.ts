import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ConvexHttpClient } from "convex/browser";
import { api, internal } from "../convex/_generated/api.js";
import { RawClient } from "../socket.ts";
import { folder, post, start } from "../start.ts";

const { url, data } = await start();
const key = readFileSync(join(data, "admin_key"), "utf8").trim();
const ana = { subject: "ana", issuer: "https://example.invalid", name: "Ana" };

/** The client has it, but not in its types. */
function admin(user?: object): ConvexHttpClient {
  const client = new ConvexHttpClient(url, { logger: false });
  (client as any).setAdminAuth(key, user);
  return client;
}

test("the key is made once, for its owner only, and printed on request", async () => {
  assert.equal(statSync(join(data, "admin_key")).mode & 0o777, 0o600);
  const printed = execFileSync(
    process.execPath,
    [join(import.meta.dirname, "../../../embedded/main.ts"), "--data", data, "--print-admin-key"],
    { encoding: "utf8" },
  );
  assert.equal(printed.trim(), key);
  const file = join(folder(), "key");
  writeFileSync(file, "own|0123456789abcdef\n");
  const other = await start({ more: ["--admin-key-file", file] });
  const { body } = await post(
    other.url,
    "/api/function",
    { path: "work:secret", args: {} },
    { authorization: "Convex own|0123456789abcdef" },
  );
  assert.deepEqual(body, { status: "success", value: "secret" });
});

test("internal functions exist only for callers with the key", async () => {
  assert.equal(await admin().query(internal.work.secret as any, {}), "secret");
  assert.equal(await (admin() as any).function("work:inner", undefined, { text: "admin" }), "admin action");
  await assert.rejects(
    new ConvexHttpClient(url).query(internal.work.secret as any, {}),
    /Could not find public function/,
  );
});

test("with the key one acts as a user", async () => {
  assert.equal(await admin().query(api.notes.whoami, {}), null);
  assert.deepEqual(await admin(ana).query(api.notes.whoami, {}), {
    tokenIdentifier: "https://example.invalid|ana",
    ...ana,
  });
});

test("a wrong key is refused, and who has none finds public functions only", async () => {
  const call = (path: string, headers = {}): ReturnType<typeof post> =>
    post(url, "/api/function", { path, args: {} }, headers);
  const ask = async (authorization: string): Promise<[number, string]> => {
    const { status, body } = await call("notes:whoami", { authorization });
    return [status, body.code];
  };
  assert.deepEqual((await call("notes:whoami")).body, { status: "success", value: null });
  assert.match((await call("work:secret")).body.errorMessage, /Could not find function for 'work:secret'/);
  assert.equal((await call("work:secret", { authorization: `Convex ${key}` })).body.value, "secret");
  assert.deepEqual(await ask("Convex embedded|wrong"), [401, "BadAdminKey"]);
  assert.deepEqual(await ask(`Convex ${key}:????`), [401, "InvalidAuthHeader"]);
  assert.deepEqual(await ask(`Convex ${key}:${btoa("{}")}`), [401, "InvalidAuthHeader"]);
  assert.deepEqual(await ask("Basic x"), [400, "InvalidAdminKey"]);
  assert.deepEqual(await ask("x"), [400, "InvalidHeaderFailure"]);
});

test("a socket takes the key too, in both spellings of the user", async () => {
  for (const field of ["impersonating", "acting_as"]) {
    const socket = new RawClient(url);
    await socket.open;
    await socket.ask(
      { type: "Authenticate", baseVersion: 0, tokenType: "Admin", value: key, [field]: ana },
      "Transition",
    );
    const { modifications } = await socket.add(0, 0, "notes:whoami", {});
    assert.equal(modifications[0].value.subject, "ana");
    assert.equal((await socket.mutate(0, "work:write", { room: "admin", body: "x" })).success, true);
  }
  const socket = new RawClient(url);
  await socket.open;
  const refused = await socket.ask(
    { type: "Authenticate", baseVersion: 0, tokenType: "Admin", value: "wrong" },
    "AuthError",
  );
  assert.match(refused.error, /^The provided admin key was invalid for this instance$/);
});

test("in production clients get a ConvexError's data, but no other text", async () => {
  const running = await start({ more: ["--production"] });
  const call = async (kind: string, path: string, args: object): Promise<any> =>
    (await post(running.url, `/api/${kind}`, { path, args })).body;
  assert.match(
    (await call("query", "notes:throwPlain", {})).errorMessage,
    /^\[Request ID: [0-9a-f]{16}\] Server Error$/,
  );
  const failed = await call("action", "work:fails", { how: "plain" });
  assert.match(failed.errorMessage, /^\[Request ID: [0-9a-f]{16}\] Server Error$/);
  assert.equal(failed.logLines, undefined);
  assert.deepEqual((await call("mutation", "notes:addAndFail", { room: "x", data: { code: "full" } })).errorData, {
    code: "full",
  });
  assert.equal((await call("query", "notes:runs", { room: "x" })).logLines, undefined);
  const response = await fetch(`${running.url}/http/fails`);
  assert.match(((await response.json()) as { code: string }).code, /^\[Request ID: [0-9a-f]{16}\] Server Error$/);
  assert.match(running.stderr(), /notes:throwPlain Uncaught Error: plain trouble/);
});
