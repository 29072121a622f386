import assert from "node:assert/strict";
import { type AddressInfo, createServer } from "node:net";
import { after, test } from "node:test";
import { ConvexClient, ConvexHttpClient } from "convex/browser";
import { ConvexError } from "convex/values";
import { api } from "../convex/_generated/api.js";
import { RawClient } from "../socket.ts";
import { post, start, until } from "../start.ts";

const running = await start({ env: { COLOUR: "green" } });
const { url } = running;
const client = new ConvexHttpClient(url, { logger: false });

/** A web server that always says the same. */
const web = createServer((socket) =>
  socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc")),
).listen(0, "127.0.0.1");
await new Promise((resolve) => web.once("listening", resolve));
after(() => web.close());

test("an action calls queries, mutations and actions, internal ones too", async () => {
  const answer = (await client.action(api.work.call, { room: "call" })) as any;
  assert.deepEqual(answer, {
    id: "string",
    bodies: ["from an action"],
    nested: "nested action",
    who: null,
    meta: { name: "work:call", componentPath: "", type: "action", visibility: "public" },
  });
});

test("an action has network, timers, streams, crypto and environment", async () => {
  const answer = (await client.action(api.work.web, {
    url: `http://127.0.0.1:${(web.address() as AddressInfo).port}/`,
  })) as any;
  assert.equal(Buffer.from(answer.digest).toString("hex").slice(0, 8), "ba7816bf");
  assert.deepEqual(
    [answer.streamed, answer.waited, answer.random, answer.env, answer.site],
    ["streamed", true, true, "green", `${url}/http`],
  );
});

test('a module that says "use node" has the modules of Node', async () => {
  assert.equal(await client.action(api.node.hash, { text: "abc" }), "900150983cd24fb0d6963f7d28e17f72");
});

test("a socket's actions run in parallel, and mutations pass them", async () => {
  const socket = new RawClient(url);
  await socket.open;
  const order: string[] = [];
  const note = (name: string) => (): void => void order.push(name);
  const answered = (requestId: number, type: string): Promise<unknown> =>
    socket.next((message) => message.type === type && message.requestId === requestId);
  const all = [
    answered(0, "ActionResponse").then(note("slow")),
    answered(1, "ActionResponse").then(note("quick")),
    answered(2, "MutationResponse").then(note("mutation")),
  ];
  socket.send({ type: "Action", requestId: 0, udfPath: "work:wait", args: [{ ms: 600 }] });
  socket.send({ type: "Action", requestId: 1, udfPath: "work:wait", args: [{ ms: 200 }] });
  socket.send({ type: "Mutation", requestId: 2, udfPath: "notes:add", args: [{ room: "parallel", body: "x" }] });
  await Promise.all(all);
  assert.deepEqual(order, ["mutation", "quick", "slow"]);
});

test("an action that keeps its thread busy keeps nobody else waiting", async () => {
  const busy = client.action(api.work.busy, { ms: 2500 });
  let ended = false;
  void busy.then(() => (ended = true));
  for (let i = 0; i < 5; i++)
    await new ConvexHttpClient(url).mutation(api.notes.add, { room: "busy", body: String(i) });
  assert.equal(ended, false);
  await busy;
});

test("the WebSocket client runs actions and hears their errors", async () => {
  const socket = new ConvexClient(url, { logger: false });
  assert.equal(await socket.action(api.work.wait, { ms: 1 }), 1);
  await assert.rejects(socket.action(api.work.fails, { how: "plain" }), /Uncaught Error: action trouble/);
  await assert.rejects(socket.action(api.work.fails, { how: "convex" }), (error: unknown) => {
    assert.ok(error instanceof ConvexError);
    assert.deepEqual(error.data, { how: "convex", n: 1n });
    return true;
  });
  await socket.close();
});

test("an error names its place in the source, and logs reach the caller", async () => {
  const { body } = await post(url, "/api/action", { path: "work:fails", args: { how: "plain" } });
  assert.match(
    body.errorMessage,
    /^\[Request ID: [0-9a-f]{16}\] Server Error\nUncaught Error: action trouble\n {4}at .*\(\.\.\/convex\/work\.ts:\d+:\d+\)\n/,
  );
  assert.deepEqual(body.logLines, ["[LOG] 'about to fail' 'plain'"]);
  await until(
    () => /work:fails \[LOG\] 'about to fail' 'plain' \(\.\.\/convex\/work\.ts:\d+:\d+\)/.test(running.stderr()),
    "the line on the terminal",
  );
});

test("a ConvexError of a mutation passes through the action with its data", async () => {
  const { body } = await post(url, "/api/action", {
    path: "work:fails",
    args: { how: "nested" },
    format: "convex_encoded_json",
  });
  assert.deepEqual(body.errorData, { inner: { $integer: "AgAAAAAAAAA=" } });
});

test("arguments and results of actions are validated", async () => {
  await assert.rejects(
    client.action(api.work.wait, { ms: "x" } as never),
    /ArgumentValidationError: Value does not match validator\.\nPath: \.ms/,
  );
  await assert.rejects(client.action(api.work.badReturn, {}), /ReturnsValidationError: Value does not match validator/);
});

test("only actions find an internal function, even with a known result", async () => {
  assert.equal(await client.action(api.work.readsSecret, {}), "secret");
  for (const [path, kind] of [
    ["work:secret", "query"],
    ["work:inner", "action"],
    ["work:write", "mutation"],
  ]) {
    const { body } = await post(url, `/api/${kind}`, { path, args: {} });
    assert.match(body.errorMessage, /Could not find public function for/);
  }
  assert.equal(
    (await post(url, "/api/query", { path: "trusted work:secret", args: {} })).body.code,
    "BadConvexFunctionIdentifier",
  );
  assert.equal(await client.action(api.work.readsSecret, {}), "secret");
});

test("vectors are found by similarity, filtered", async () => {
  for (const [vector, label] of [
    [[1, 0], "a"],
    [[0, 1], "a"],
    [[1, 1], "a"],
    [[1, 0], "b"],
  ] as const)
    await client.mutation(api.work.addPoint, { vector: [...vector], label });
  const scores = (await client.action(api.work.near, { vector: [2, 0], label: "a" })) as number[];
  assert.deepEqual(
    scores.map((score) => Math.round(score * 1000)),
    [1000, 707],
  );
});

test("a mutation knows where its request comes from", async () => {
  const origin = (await client.mutation(api.work.origin, {})) as any;
  assert.equal(origin.ip, "127.0.0.1");
  assert.equal(origin.scheduledFunctionId, null);
});
