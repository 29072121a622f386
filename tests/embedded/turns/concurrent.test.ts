// Mutations that run as if at once: who reads what another writes has to run again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ConvexHttpClient } from "convex/browser";
import { api } from "../convex/_generated/api.js";
import { RawClient } from "../socket.ts";
import { post, start } from "../start.ts";

const running = await start({ more: ["--concurrent"] });
const { url } = running;
const clients = Array.from({ length: 12 }, () => new ConvexHttpClient(url, { logger: false }));
const [client] = clients as [ConvexHttpClient];
const retriesIn = (table: string): number =>
  running.stderr().split(`changed in the table "${table}": retry`).length - 1;

test("writers of a hot document conflict, and each success counts once", async () => {
  const id = (await client.mutation(api.values.put, { value: 0 })) as any;
  const ended = await Promise.allSettled(clients.map((each) => each.mutation(api.counters.bump, { id })));
  const succeeded = ended.filter(({ status }) => status === "fulfilled").length;
  assert.ok(retriesIn("values") >= 1);
  assert.deepEqual(await client.query(api.values.sorted, {}), [succeeded]);
});

test("rows that are appended with a commit timestamp conflict with nobody", async () => {
  const answers = await Promise.all(
    clients.flatMap((each, i) =>
      [0, 1].map((j) => each.mutation(api.log.append, { room: "calm", text: `${i} ${j}` }, { skipQueue: true })),
    ),
  );
  assert.equal(retriesIn("log"), 0);
  assert.equal(new Set(answers.map(({ ts }) => ts)).size, 24);
  assert.equal((await client.query(api.log.tail, { room: "calm", after: 0n })).length, 24);
});

test("range readers conflict with writers, and no number is given twice", async () => {
  const before = retriesIn("notes");
  const ended = await Promise.allSettled(
    clients.map((each) => each.mutation(api.counters.number, { room: "numbers" })),
  );
  const succeeded = ended.filter(({ status }) => status === "fulfilled").length;
  assert.ok(retriesIn("notes") > before);
  const numbers = await client.query(api.notes.between, { room: "numbers", from: 0, to: 100, order: "asc" });
  assert.deepEqual(
    numbers,
    Array.from({ length: succeeded }, (_, i) => i + 1),
  );
});

test("who loses five times is told so, over HTTP with 503", async () => {
  const id = (await client.mutation(api.values.put, { value: 0 })) as any;
  let refused: { status: number; body: any } | undefined;
  for (let round = 0; round < 20 && refused === undefined; round++) {
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => post(url, "/api/mutation", { path: "counters:bump", args: { id } })),
    );
    refused = answers.find(({ status }) => status !== 200);
  }
  assert.equal(refused?.status, 503);
  assert.equal(refused.body.code, "OptimisticConcurrencyControlFailure");
  assert.match(
    refused.body.message,
    /Documents read from or written to the "values" table changed while this mutation was being run and on every subsequent retry\./,
  );
});

test("mutations of one socket run in order, and never against each other", async () => {
  const socket = new RawClient(url);
  await socket.open;
  const id = (await client.mutation(api.values.put, { value: 0 })) as any;
  const before = retriesIn("values");
  await Promise.all(Array.from({ length: 20 }, (_, i) => socket.mutate(i, "counters:bump", { id })));
  assert.equal(retriesIn("values"), before);
});
