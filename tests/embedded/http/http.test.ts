import assert from "node:assert/strict";
import { test } from "node:test";
import { ConvexHttpClient } from "convex/browser";
import { ConvexError } from "convex/values";
import { api } from "../convex/_generated/api.js";
import { post, start } from "../start.ts";

const { url } = await start();
const client = new ConvexHttpClient(url, { logger: false });

test("values of every type come back as they went in", async () => {
  const values = [
    null,
    true,
    "ä\u0000😀",
    1.5,
    -0,
    NaN,
    Infinity,
    9007199254740993n,
    -1n,
    new Uint8Array([0, 255]).buffer,
    [1, ["x"]],
    { a: { b: 1n } },
  ];
  for (const value of values) assert.deepEqual(await client.query(api.values.echo, { value }), value);
});

test("the json format makes int64 a string and bytes base64", async () => {
  const args = { value: { $integer: Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]).toString("base64") } };
  const { body } = await post(url, "/api/query", { path: "values:echo", args });
  assert.deepEqual(body, { status: "success", value: "1" });
});

test("the json format writes special numbers as text and keeps -0", async () => {
  const float = (value: number): object => ({
    $float: Buffer.from(new Float64Array([value]).buffer).toString("base64"),
  });
  const response = await fetch(`${url}/api/query`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ path: "values:echo", args: { value: [NaN, Infinity, -Infinity, -0].map(float) } }),
  });
  assert.equal(await response.text(), '{"status":"success","value":["NaN","Infinity","-Infinity",-0.0]}');
});

test("old names of the format work, and without one it is encoded", async () => {
  const value = { $integer: "BQAAAAAAAAA=" };
  const ask = async (format: string | undefined, client: string): Promise<unknown> =>
    (await post(url, "/api/query", { path: "values:echo", args: { value }, format }, { "convex-client": client })).body
      .value;
  for (const format of ["json", "convex_clean_json"]) assert.equal(await ask(format, "npm-1.0.0"), "5");
  for (const format of ["convex_encoded_json", "convex_json"]) assert.deepEqual(await ask(format, "npm-1.48.0"), value);
  for (const client of ["npm-1.4.1", "npm-0.19.0", "python-0.5.0"])
    assert.deepEqual(await ask(undefined, client), value, client);
  for (const client of ["npm-1.4.2", "npm-1.48.0", "python-0.8.1", "rust-0.10.4", "", "odd"])
    assert.equal(await ask(undefined, client), "5", client);
});

test("a page of another site may call, with its credentials", async () => {
  const origin = "https://app.example.org";
  const allowed = await fetch(`${url}/api/query`, {
    method: "OPTIONS",
    headers: {
      origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization,convex-client",
    },
  });
  assert.equal(allowed.status, 200);
  assert.equal(allowed.headers.get("access-control-allow-headers"), "authorization,convex-client");
  for (const response of [
    allowed,
    await fetch(`${url}/api/query`, { method: "POST", body: "{", headers: { origin } }),
  ]) {
    assert.equal(response.headers.get("access-control-allow-origin"), origin);
    assert.equal(response.headers.get("access-control-allow-credentials"), "true");
  }
});

test("a ConvexError carries its data and writes nothing", async () => {
  const data = { code: "full", limit: 3n };
  await assert.rejects(client.mutation(api.notes.addAndFail, { room: "error", data }), (error: unknown) => {
    assert.ok(error instanceof ConvexError);
    assert.deepEqual(error.data, data);
    return true;
  });
  assert.equal(await client.query(api.notes.count, { room: "error" }), 0);
});

test("an error names the place in the TypeScript source", async () => {
  const { body } = await post(url, "/api/query", { path: "notes:throwPlain", args: {} });
  assert.match(
    body.errorMessage,
    /^\[Request ID: [0-9a-f]{16}\] Server Error\nUncaught Error: plain trouble\n {4}at handler \(\.\.\/convex\/notes\.ts:\d+:\d+\)\n$/,
  );
});

test("arguments are validated by the host", async () => {
  const call = (args: object): Promise<string> =>
    post(url, "/api/mutation", { path: "notes:add", args }).then(({ body }) => body.errorMessage);
  assert.match(await call({ room: "a" }), /ArgumentValidationError: Object is missing the required field `body`/);
  assert.match(
    await call({ room: "a", body: 1 }),
    /ArgumentValidationError: Value does not match validator\.\nPath: \.body\nValue: 1\.?\d*\nValidator: v\.string\(\)/,
  );
  assert.match(
    await call({ room: "a", body: "b", extra: 1 }),
    /ArgumentValidationError: Object contains extra field `extra` that is not in the validator/,
  );
  assert.match(await call({ room: "a", body: "\ud800" }), /lone surrogate/);
  const wrongTable = await post(url, "/api/query", {
    path: "notes:get",
    args: { id: "j57csh05yqytx5s9171pbb5m698jp4wb" },
  });
  assert.match(wrongTable.body.errorMessage, /ArgumentValidationError/);
});

test("return values and documents are validated too", async () => {
  await assert.rejects(
    client.query(api.notes.returnsBadly, {}),
    /ReturnsValidationError: Value does not match validator/,
  );
  await assert.rejects(
    client.mutation(api.notes.addBadly, { room: "bad" }),
    /Failed to insert or update a document in table "notes" because it does not match the schema: Value does not match validator\.\nPath: \.body/,
  );
  assert.equal(await client.query(api.notes.count, { room: "bad" }), 0);
});

test("a failing sub-transaction is undone alone", async () => {
  const { caught, done, seen } = (await client.mutation(api.notes.nested, { room: "nested" })) as any;
  assert.deepEqual(
    { caught, done, seen },
    { caught: { inner: true }, done: "inner done", seen: ["outer", "inner 1", "inner 2"] },
  );
  assert.deepEqual(await client.query(api.notes.bodies, { room: "nested" }), ["outer", "inner 1", "inner 2"]);
});

test("internal and unknown functions cannot be called from outside", async () => {
  for (const path of ["notes:addTwo", "notes:nothing", "nothing", "__proto__:toString"]) {
    const { status, body } = await post(url, "/api/mutation", { path, args: {} });
    assert.equal(status, 200);
    assert.match(body.errorMessage, /Could not find public function for '.*'\./);
  }
  const { body } = await post(url, "/api/query", { path: "notes:add", args: {} });
  assert.match(body.errorMessage, /Trying to execute notes\.js:add as Query, but it is defined as Mutation\./);
});

test("an endless function is cut off after a second and leaves nothing", async () => {
  const started = Date.now();
  await assert.rejects(client.query(api.notes.forever, {}), /Function execution timed out \(maximum duration: 1s\)/);
  assert.ok(Date.now() - started < 10_000); // more than a second or so only on a busy machine
  const both = await Promise.allSettled([
    client.mutation(api.notes.foreverMutation, { room: "endless" }),
    new ConvexHttpClient(url).mutation(api.notes.add, { room: "endless", body: "kept" }),
  ]);
  assert.deepEqual(
    both.map(({ status }) => status),
    ["rejected", "fulfilled"],
  );
  assert.deepEqual(await client.query(api.notes.bodies, { room: "endless" }), ["kept"]);
});

test("a promise that never resolves is an error, not a wait", async () => {
  await assert.rejects(client.query(api.notes.never, {}), /Returned promise will never resolve/);
});

test("queries have the web's globals but no network", async () => {
  const globals = (await client.query(api.values.globals, {})) as any;
  assert.equal(Buffer.from(globals.digest).toString("hex").slice(0, 8), "ba7816bf");
  assert.deepEqual([globals.host, globals.sameNow, globals.unset], ["example.org", true, true]);
  assert.match(globals.uuid, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.match(globals.fetch, /Can't use fetch\(\) in queries and mutations/);
});

test("console lines reach the caller", async () => {
  const { body } = await post(url, "/api/query", { path: "notes:runs", args: { room: "lines" } });
  assert.deepEqual(body.logLines, ["[LOG] 'ran' 'lines'"]);
});

test("the other HTTP forms answer", async () => {
  await client.mutation(api.notes.add, { room: "forms", body: "x" });
  assert.equal((await post(url, "/api/run/notes/count", { args: { room: "forms" } })).body.value, 1);
  const get = await fetch(
    `${url}/api/query?path=notes:count&args=${encodeURIComponent('{"room":"forms"}')}&format=json`,
  );
  assert.deepEqual(await get.json(), { status: "success", value: 1 });
  const batch = await post(url, "/api/query_batch", {
    queries: [
      { path: "notes:count", args: { room: "forms" } },
      { path: "notes:throwPlain", args: {} },
    ],
  });
  assert.deepEqual(
    batch.body.results.map(({ status }: { status: string }) => status),
    ["success", "error"],
  );
  assert.equal(await client.consistentQuery(api.notes.count, { room: "forms" }), 1);
  assert.match(await (await fetch(`${url}/version`)).text(), /^\d+\.\d+\.\d+$/);
});

test("bad requests are told what is wrong", async () => {
  const code = async (path: string, body: unknown, headers = {}): Promise<[number, string]> => {
    const answer = await post(url, path, body, headers);
    return [answer.status, answer.body.code];
  };
  assert.deepEqual(await code("/api/query", "{"), [400, "BadJsonBody"]);
  assert.deepEqual(await code("/api/query", { args: {} }), [400, "BadJsonBody"]);
  assert.deepEqual(await code("/api/query", { path: "a:b", args: {}, format: "xml" }), [400, "BadFormat"]);
  assert.deepEqual(await code("/api/query", { path: "notes:count" }), [400, "BadJsonBody"]);
  assert.deepEqual(await code("/api/query", { path: "notes:count", args: {} }, { "content-type": "text/plain" }), [
    400,
    "BadJsonBody",
  ]);
  for (const path of ["", "a b:c", "a:", "a//b:c", "..:x"])
    assert.deepEqual(await code("/api/query", { path, args: {} }), [400, "BadConvexFunctionIdentifier"], path);
  assert.deepEqual(await code("/api/run/notes", { args: {} }), [400, "MissingIdentifier"]);
  assert.deepEqual(await code("/api/query_batch", { queries: 1 }), [400, "BadJsonBody"]);
  assert.deepEqual(await code("/api/nothing", {}), [404, "NotFound"]);
  assert.deepEqual(await code("/api/query", { path: "notes:count", args: {} }, { authorization: "Bearer x" }), [
    401,
    "InvalidAuthHeader",
  ]);
  const get = async (path: string): Promise<[number, string]> => {
    const response = await fetch(url + path);
    return [response.status, ((await response.json()) as { code: string }).code];
  };
  assert.deepEqual(await get("/api/query?args={}"), [400, "BadQueryArgs"]);
  assert.deepEqual(await get("/api/mutation"), [405, "MethodNotAllowed"]);
  assert.deepEqual(await get("/api/nothing"), [404, "NotFound"]);
  assert.deepEqual(await code("/api/query", `{"path":"${"x".repeat(17 << 20)}"}`), [413, "RequestTooLarge"]);
});

test("documents and arguments that are too large are refused with the limit", async () => {
  await assert.rejects(
    client.mutation(api.values.put, { value: "x".repeat(1 << 20) }),
    /Value is too large \(1\.00 MiB > maximum size 1 MiB\)/,
  );
  await assert.rejects(
    client.mutation(api.values.put, { value: Array(8193).fill(0) }),
    /Array length is too long \(8193 > maximum length 8192\)/,
  );
  let deep: unknown = 0;
  for (let i = 0; i < 20; i++) deep = [deep];
  await assert.rejects(
    client.mutation(api.values.put, { value: deep }),
    /isn't a valid document: Document is too nested \(nested 21 levels deep > maximum nesting 16\)/,
  );
  for (let i = 0; i < 60; i++) deep = [deep];
  await assert.rejects(
    client.mutation(api.values.put, { value: deep }),
    /Value is too nested \(nested \d+ levels deep > maximum nesting 64\)/,
  );
});

test("a path names a function in a folder, a file its default export", async () => {
  assert.equal(await client.query(api.folder.deep.twice, { n: 4 }), 8);
  assert.equal(await client.query(api.folder.deep.default, {}), "the default export");
});

test("time stands still in a query, in UTC, and chance goes on", async () => {
  assert.deepEqual(await client.query(api.errors.clock, {}), { stands: true, zone: 0, random: true });
});

test("a query signs and verifies with HMAC", async () => {
  const { signature, right, wrong } = await client.query(api.errors.hmac, {
    key: "key",
    text: "The quick brown fox jumps over the lazy dog",
  });
  assert.equal(
    Buffer.from(signature).toString("hex"),
    "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8",
  );
  assert.deepEqual([right, wrong], [true, false]);
});

test("console shows values as Convex does", async () => {
  const { body } = await post(url, "/api/query", { path: "errors:print", args: {} });
  assert.deepEqual(body.logLines.slice(0, 3), [
    "[LOG] 'text' 1 1n -0 {\n  a: 1,\n  b: [ 1, 'x' ],\n  'odd name': null\n} undefined",
    "[WARN] [Error: bad]",
    "[INFO] Map (1) {\n  1 => {\n    c: 2\n  }\n} Set (0) {} [] {} [Function: Named] Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)",
  ]);
  assert.match(body.logLines[3], /^\[INFO\] timer: \d+ms$/);
  assert.equal(body.logLines[4], "[WARN] Timer 'timer' does not exist");
  assert.match(body.logLines[5], /^\[LOG\] 'here'\n {4}at handler \(\.\.\/convex\/errors\.ts:/);
});
