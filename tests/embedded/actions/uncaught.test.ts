import assert from "node:assert/strict";
import { test } from "node:test";
import { ConvexHttpClient } from "convex/browser";
import { api } from "../convex/_generated/api.js";
import { start, until } from "../start.ts";

const running = await start();
const client = new ConvexHttpClient(running.url, { logger: false });

const thread = (): Promise<number> => client.action(api.node.thread, {});

for (const [how, error] of [
  ["timer", /uncaughtException: TypeError: from a timer\n {4}at .*\(\.\.\/convex\/node\.ts:\d+:\d+\)/],
  ["rejection", /uncaughtException: Error: from a promise\n {4}at handler \(\.\.\/convex\/node\.ts:\d+:\d+\)/],
] as const) {
  test(`an action that throws in a callback fails at once: ${how}`, async () => {
    const before = await thread();
    await assert.rejects(client.action(api.node.escapes, { how }), error);
    assert.notEqual(await thread(), before);
  });
}

test("other actions of the thread come to their end", async () => {
  const other = client.action(api.work.wait, { ms: 400 });
  await assert.rejects(client.action(api.node.escapes, { how: "timer" }), /uncaughtException/);
  assert.equal(await other, 400);
});

test("what an action left behind may fail", async () => {
  const before = await thread();
  await client.action(api.node.escapes, { how: "later" });
  await until(() => running.stderr().includes("from a timer"), "the error is printed");
  assert.equal(await thread(), before);
});
