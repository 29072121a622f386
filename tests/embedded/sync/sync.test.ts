import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { ConvexClient } from "convex/browser";
import { api } from "../convex/_generated/api.js";
import { decodeTs, RawClient } from "../socket.ts";
import { post, start, until } from "../start.ts";

const running = await start();
const { url } = running;
const runsOf = (room: string): number => running.stderr().split(`notes:runs [LOG] 'ran' '${room}'`).length - 1;

async function withClient(use: (client: ConvexClient) => Promise<void>): Promise<void> {
  const client = new ConvexClient(url, { logger: false });
  try {
    await use(client);
  } finally {
    await client.close();
  }
}

test("a write re-runs the query that read what it touched, and no other", () =>
  withClient(async (client) => {
    const latest = new Map<string, number>();
    for (let i = 0; i < 50; i++)
      client.onUpdate(api.notes.runs, { room: `precise${i}` }, (count) => void latest.set(`precise${i}`, count));
    await until(() => latest.size === 50, "all first values");
    await client.mutation(api.notes.add, { room: "precise7", body: "x" });
    await until(() => latest.get("precise7") === 1, "the update");
    await post(url, "/api/query", { path: "notes:runs", args: { room: "fence" } });
    await until(() => runsOf("fence") === 1, "the log");
    assert.deepEqual(
      Array.from({ length: 50 }, (_, i) => runsOf(`precise${i}`)),
      Array.from({ length: 50 }, (_, i) => (i === 7 ? 2 : 1)),
    );
  }));

test("subscribers of one query share one run", async () => {
  const clients = Array.from({ length: 5 }, () => new ConvexClient(url, { logger: false }));
  const latest = new Map<ConvexClient, number>();
  for (const client of clients)
    client.onUpdate(api.notes.runs, { room: "shared" }, (count) => void latest.set(client, count));
  await until(() => latest.size === 5, "all first values");
  await clients[0]!.mutation(api.notes.add, { room: "shared", body: "x" });
  await until(() => [...latest.values()].every((count) => count === 1), "all updates");
  await post(url, "/api/query", { path: "notes:runs", args: { room: "fence2" } });
  await until(() => runsOf("fence2") === 1, "the log");
  assert.equal(runsOf("shared"), 2);
  await Promise.all(clients.map((client) => client.close()));
});

test("a take() is not touched by writes behind its last row", async () => {
  const client = new RawClient(url);
  await client.open;
  for (let n = 0; n < 5; n++) await client.mutate(n, "notes:add", { room: "take", body: `t${n}`, n });
  const { modifications } = await client.add(0, 1, "notes:newest", { room: "take", limit: 2 });
  assert.deepEqual(modifications[0].value, ["t4", "t3"]);
  const transition = client.next(({ type }) => type === "Transition");
  await client.mutate(9, "notes:add", { room: "take", body: "low", n: 0 });
  assert.deepEqual((await transition).modifications, []);
  client.close();
});

test("a result that comes out the same is not sent again", async () => {
  const client = new RawClient(url);
  await client.open;
  await client.add(0, 1, "notes:count", { room: "same" });
  const transition = client.next(({ type }) => type === "Transition");
  await client.mutate(1, "log:append", { room: "same", text: "x" });
  assert.deepEqual((await transition).modifications, []);
  client.close();
});

test("a transition as new as its response follows, without a version gap", async () => {
  const client = new RawClient(url);
  await client.open;
  await client.add(0, 1, "notes:bodies", { room: "versions" });
  for (let i = 0; i < 10; i++) {
    const transition = client.next(({ type }) => type === "Transition");
    const response = await client.mutate(
      i,
      i % 3 === 2 ? "notes:addAndFail" : "notes:add",
      i % 3 === 2 ? { room: "versions", data: null } : { room: "versions", body: "x" },
    );
    const { endVersion } = await transition;
    if (response.success) assert.ok(decodeTs(endVersion.ts) >= decodeTs(response.ts));
    else assert.equal(response.errorData, null);
  }
  let version = { querySet: 0, identity: 0, ts: "AAAAAAAAAAA=" };
  for (const message of client.received.filter(({ type }) => type === "Transition")) {
    assert.deepEqual(message.startVersion, version);
    assert.ok(decodeTs(message.endVersion.ts) >= decodeTs(message.startVersion.ts));
    version = message.endVersion;
  }
  client.close();
});

test("a repeated mutation is answered from the record and not run again", async () => {
  const session = randomUUID();
  const first = new RawClient(url, session);
  await first.open;
  const answer = await first.mutate(7, "notes:add", { room: "again", body: "once" });
  first.close();
  const second = new RawClient(url, session);
  await second.open;
  const repeated = await second.mutate(7, "notes:add", { room: "again", body: "once" });
  assert.deepEqual([repeated.result, repeated.ts, repeated.success], [answer.result, answer.ts, true]);
  const { modifications } = await second.add(0, 1, "notes:count", { room: "again" });
  assert.equal(modifications[0].value, 1);
  second.close();
});

test("mutations of one socket run in the order they were sent", () =>
  withClient(async (client) => {
    await Promise.all(
      Array.from({ length: 200 }, (_, i) => client.mutation(api.notes.add, { room: "order", body: String(i) })),
    );
    const bodies = await client.query(api.notes.bodies, { room: "order" });
    assert.deepEqual(
      bodies,
      Array.from({ length: 200 }, (_, i) => String(i)),
    );
  }));

test("a live page keeps its end, and grows and shrinks in between", async () => {
  const client = new RawClient(url);
  await client.open;
  for (let n = 0; n < 4; n++) await client.mutate(n, "notes:add", { room: "page", body: `p${n}`, n });
  const bodies = ({ modifications }: any): string[] =>
    modifications[0].value.page.map(({ body }: { body: string }) => body);
  const paginationOpts = { numItems: 2, cursor: null };
  assert.deepEqual(bodies(await client.add(0, 1, "notes:page", { room: "page", paginationOpts })), ["p0", "p1"]);
  const transition = client.next(({ type }) => type === "Transition");
  await client.mutate(10, "notes:add", { room: "page", body: "middle", n: 0.5 });
  const grown = await transition;
  assert.deepEqual(bodies(grown), ["p0", "middle", "p1"]);
  const { journal } = grown.modifications[0];
  client.close();

  const reconnected = new RawClient(url);
  await reconnected.open;
  assert.deepEqual(bodies(await reconnected.add(0, 1, "notes:page", { room: "page", paginationOpts }, { journal })), [
    "p0",
    "middle",
    "p1",
  ]);
  const fresh = new RawClient(url);
  await fresh.open;
  assert.deepEqual(bodies(await fresh.add(0, 1, "notes:page", { room: "page", paginationOpts })), ["p0", "middle"]);
  reconnected.close();
  fresh.close();
});

test("removing a query ends its updates, and adding it resends the value", async () => {
  const client = new RawClient(url);
  await client.open;
  await client.add(0, 1, "notes:count", { room: "removed" });
  const removed = await client.ask(
    { type: "ModifyQuerySet", baseVersion: 1, newVersion: 2, modifications: [{ type: "Remove", queryId: 1 }] },
    "Transition",
  );
  assert.deepEqual(removed.modifications, [{ type: "QueryRemoved", queryId: 1 }]);
  const added = await client.add(2, 2, "notes.js:count", { room: "removed" });
  assert.equal(added.modifications[0].value, 0);
  client.close();
});

test("JavaScript gets a huge transition in chunks, others get it whole", async () => {
  const plain = new RawClient(url);
  await plain.open;
  for (let i = 0; i < 7; i++) await plain.mutate(i, "notes:add", { room: "big", body: "x".repeat(900_000) });
  const whole = await plain.add(0, 1, "notes:bodies", { room: "big" });
  assert.equal(whole.modifications[0].value.length, 7);
  const chunked = new RawClient(url, undefined, {}, "1.28.0/");
  await chunked.open;
  chunked.send({
    type: "ModifyQuerySet",
    baseVersion: 0,
    newVersion: 1,
    modifications: [{ type: "Add", queryId: 1, udfPath: "notes:bodies", args: [{ room: "big" }] }],
  });
  await chunked.next(({ type, partNumber, totalParts }) => type === "TransitionChunk" && partNumber === totalParts - 1);
  const older = new RawClient(url, undefined, {}, "1.27.5/");
  await older.open;
  assert.equal((await older.add(0, 1, "notes:bodies", { room: "big" })).modifications[0].value.length, 7);
  await withClient(async (client) => assert.equal((await client.query(api.notes.bodies, { room: "big" })).length, 7));
  for (const client of [plain, chunked, older]) client.close();
});

test("broken protocol ends the socket with a reason", async () => {
  const cases: object[] = [
    { type: "ModifyQuerySet", baseVersion: 5, newVersion: 6, modifications: [] },
    { type: "ModifyQuerySet", baseVersion: 0, newVersion: 1, modifications: [{ type: "Remove", queryId: 3 }] },
    { type: "Nonsense" },
    { type: "Mutation", requestId: { a: 1 }, udfPath: "notes:add", args: [{}] },
    { type: "Mutation", requestId: 1, udfPath: "notes:add", args: 1 },
    { type: "ModifyQuerySet", baseVersion: 0, newVersion: 1, modifications: [null] },
    {
      type: "ModifyQuerySet",
      baseVersion: 0,
      newVersion: 1,
      modifications: [{ type: "Add", queryId: 1, udfPath: 7, args: [{}] }],
    },
    { type: "Connect", sessionId: randomUUID(), connectionCount: 0, lastCloseReason: null, clientTs: 0 },
  ];
  for (const message of cases) {
    const client = new RawClient(url);
    await client.open;
    const { error } = await client.ask(message, "FatalError");
    assert.ok(error.length > 10);
    await until(() => client.closed !== null, "the close");
  }
});

test("a non-message is called so, and a function's refusal is an answer", async () => {
  const client = new RawClient(url);
  await client.open;
  const answer = await client.ask(
    { type: "Mutation", requestId: 1, udfPath: "notes:add", args: [1] },
    "MutationResponse",
  );
  assert.equal(answer.success, false);
  assert.match(answer.result, /Expected to receive an object as the function's argument\. Instead received: 1\.0$/);
  assert.match(
    (await client.ask({ type: "Nonsense" }, "FatalError")).error,
    /^Received Invalid JSON on websocket: unknown message type "Nonsense"$/,
  );
});

test("text that is no message, and arguments nested without end, do no harm", async () => {
  for (const text of ["", "null", "7", "[", '"x"']) {
    const client = new RawClient(url);
    await client.open;
    client.socket.send(text);
    await until(() => client.closed !== null, "the close");
  }
  const client = new RawClient(url);
  await client.open;
  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  const transition = client.next(({ type }) => type === "Transition");
  client.socket.send(
    `{"type":"ModifyQuerySet","baseVersion":0,"newVersion":1,"modifications":[{"type":"Add","queryId":1,"udfPath":"values:echo","args":[{"value":${deep}}]}]}`,
  );
  assert.match((await transition).modifications[0].errorMessage, /nested 65 levels deep > maximum nesting 64/);
});

test("a client that has seen the future is refused", async () => {
  const maxObservedTimestamp = Buffer.from(
    BigInt.asUintN(64, 2n ** 62n)
      .toString(16)
      .padStart(16, "0"),
    "hex",
  )
    .reverse()
    .toString("base64");
  const client = new RawClient(url, randomUUID(), { maxObservedTimestamp });
  await until(() => client.closed !== null, "the close");
  assert.match(client.received[0].error, /newer timestamp/);
});

test("nothing is read after the message that ended the session", async () => {
  const client = new RawClient(url);
  await client.open;
  client.send({ type: "Nonsense" });
  client.send({ type: "Mutation", requestId: 1, udfPath: "notes:add", args: [{ room: "after the end", body: "x" }] });
  await until(() => client.closed !== null, "the close");
  const { body } = await post(url, "/api/query", { path: "notes:count", args: { room: "after the end" } });
  assert.equal(body.value, 0);
});

test("a slow reader gets fewer transitions, without a gap, up to date", async () => {
  const reader = new RawClient(url);
  await reader.open;
  await reader.add(0, 1, "notes:bodies", { room: "slow" });
  reader.socket.pause();
  const writer = new RawClient(url);
  await writer.open;
  const body = "x".repeat(200_000);
  for (let i = 0; i < 40; i++) await writer.mutate(i, "notes:add", { room: "slow", body });
  const before = reader.received.length;
  reader.socket.resume();
  await until(
    () => reader.received.some(({ modifications }) => modifications?.[0]?.value.length === 40),
    "the last value",
    20_000,
  );
  const transitions = reader.received.filter(({ type }) => type === "Transition");
  assert.ok(reader.received.length - before < 40, `${reader.received.length - before} transitions`);
  for (const [i, { startVersion }] of transitions.entries())
    if (i > 0) assert.deepEqual(startVersion, transitions[i - 1].endVersion);
  reader.close();
  writer.close();
});
