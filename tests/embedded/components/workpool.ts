// @convex-dev/workpool 0.4: what its README promises.
import assert from "node:assert/strict";
import { test } from "node:test";
import { api, client, events, Seen } from "./deployment.ts";

interface Status {
  state: string;
  previousAttempts?: number;
}
const status = (id: string): Seen<Status> => new Seen(api.pool.status, { id });

export function workpool(): void {
  test("a pool of one runs one action at a time", async () => {
    const texts = ["a", "b", "c"];
    await client.mutation(api.pool.narrowly, { topic: "narrow", texts });
    const seen = await events("narrow").until((list) => list.length === 6);
    const first = seen.filter((_, i) => i % 2 === 0).map((text) => text.slice(0, 1));
    assert.deepEqual(
      seen,
      first.flatMap((text) => [`${text} starts`, `${text} ends`]),
    );
    assert.deepEqual([...first].sort(), texts);
  });

  test("an action is tried again until it succeeds, then onComplete runs", async () => {
    const id: string = await client.mutation(api.pool.tryOften, { topic: "flaky", failures: 2 });
    await events("flaky done").until((list) => list.length > 0);
    assert.deepEqual(await client.query(api.events.list, { topic: "flaky done" }), ["success call 3"]);
    assert.deepEqual(await status(id).until(({ state }) => state === "finished"), { state: "finished" });
  });

  test("an action that always fails is given up, and onComplete knows why", async () => {
    await client.mutation(api.pool.tryOften, { topic: "hopeless", failures: 9 });
    const [said] = await events("hopeless done").until((list) => list.length > 0);
    assert.match(said!, /^failed .*failure 3/);
    assert.equal((await client.query(api.events.list, { topic: "hopeless" })).length, 3);
  });

  test("mutations and queries are work too", async () => {
    await client.mutation(api.pool.mutate, { topic: "mutated" });
    await client.mutation(api.pool.ask, { topic: "asked", n: 21 });
    assert.deepEqual(await events("mutated done").until((list) => list.length > 0), ["success 1"]);
    assert.deepEqual(await events("asked").until((list) => list.length > 0), ["success 42"]);
  });

  test("work that waits is pending until it is cancelled", async () => {
    const id: string = await client.mutation(api.pool.inAnHour, { topic: "hourly" });
    const seen = status(id);
    assert.deepEqual(await seen.until(() => true), { state: "pending", previousAttempts: 0 });
    await client.mutation(api.pool.cancel, { id });
    await seen.until(({ state }) => state === "finished");
    assert.deepEqual(await events("hourly done").until((list) => list.length > 0), ["canceled "]);
    assert.deepEqual(await client.query(api.events.list, { topic: "hourly" }), []);
  });
}
