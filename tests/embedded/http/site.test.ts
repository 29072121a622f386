import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { ConvexHttpClient } from "convex/browser";
import { api } from "../convex/_generated/api.js";
import { start, until } from "../start.ts";

const { url, siteUrl, stderr } = await start({ more: ["--site-port", "0"] });

test("an HTTP action reads, writes, and sets its status and headers", async () => {
  const response = await fetch(`${siteUrl}/echo?a=1`, { method: "POST", body: "hello" });
  assert.deepEqual([response.status, await response.text()], [201, "?a=1 hello"]);
  assert.deepEqual(
    [response.headers.get("x-method"), response.headers.get("content-type"), response.headers.getSetCookie()],
    ["POST", "text/x-echo", ["a=1", "b=2"]],
  );
  assert.deepEqual(await new ConvexHttpClient(url).query(api.notes.bodies, { room: "http" }), ["hello"]);
});

test("HTTP actions are under /http of the API's port too, and only there", async () => {
  assert.notEqual(url, siteUrl);
  assert.equal(await (await fetch(`${url}/http/under/x/y`)).text(), "/under/x/y");
  assert.equal((await fetch(`${url}/under/x/y`)).status, 404);
  assert.equal((await fetch(`${siteUrl}/api/query`, { method: "POST", body: "{}" })).status, 404);
});

test("a response is streamed", async () => {
  const response = await fetch(`${siteUrl}/stream`);
  const decoder = new TextDecoder();
  const parts: string[] = [];
  for await (const chunk of response.body!) parts.push(decoder.decode(chunk as Uint8Array));
  assert.equal(parts.join(""), "one two three");
  assert.ok(parts.length > 1);
});

test("what no route takes is 404 and says so; HEAD is answered by GET", async () => {
  const response = await fetch(`${siteUrl}/nowhere`);
  assert.deepEqual([response.status, await response.text()], [404, "No matching routes found"]);
  const head = await fetch(`${siteUrl}/under/x`, { method: "HEAD" });
  assert.deepEqual([head.status, await head.text()], [200, ""]);
});

test("an unhandled error is 500 with its text and trace", async () => {
  const response = await fetch(`${siteUrl}/fails`);
  assert.equal(response.status, 500);
  const { code, trace } = (await response.json()) as { code: string; trace: string };
  assert.match(code, /^\[Request ID: [0-9a-f]{16}\] Server Error: Uncaught Error: http trouble$/);
  assert.match(trace, /\.\.\/convex\/http\.ts:\d+:\d+/);
});

test("the log names a request's route, not its path, which may be a secret", async () => {
  assert.equal((await fetch(`${siteUrl}/locked/s3cret`)).status, 500);
  await until(() => stderr().includes("no key fits"), "the line of the log");
  assert.match(stderr(), /GET \/locked\/\*/);
  assert.doesNotMatch(stderr(), /s3cret/);
});

test("an odd Authorization header fails only when the caller is needed", async () => {
  const headers = { authorization: "Basic abc" };
  assert.equal((await fetch(`${siteUrl}/under/x`, { headers })).status, 200);
  assert.equal((await fetch(`${siteUrl}/whoami`, { headers })).status, 500);
  assert.equal(await (await fetch(`${siteUrl}/whoami`)).json(), null);
});

test("a body of more than 20 MiB is refused", async () => {
  const response = await fetch(`${siteUrl}/echo`, { method: "POST", body: new Uint8Array((20 << 20) + 1) });
  assert.equal(response.status, 413);
});

test("a body is made as fast as it is read, until its reader leaves", async () => {
  const pulled = async (): Promise<{ pulled: number; canceled: boolean }> =>
    (await fetch(`${siteUrl}/pulled`)).json() as never;
  const socket = connect(Number(new URL(siteUrl).port), "127.0.0.1");
  socket.write("GET /endless HTTP/1.1\r\nHost: x\r\n\r\n");
  await once(socket, "readable"); // and read no further
  let [before, now] = [-1, 0];
  while (before !== now) [before, now] = [now, (await pulled()).pulled];
  assert.ok(now < 32 << 20, `${now} bytes`);
  socket.destroy();
  while (!(await pulled()).canceled);
});
