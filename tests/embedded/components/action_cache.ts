// @convex-dev/action-cache 0.3: what its README promises.
import assert from "node:assert/strict";
import { test } from "node:test";
import { api, client, events } from "./deployment.ts";

const fetched = (topic: string, n: number, options: { ttl?: number; force?: boolean } = {}): Promise<string> =>
  client.action(api.cache.fetch, { topic, n, ...options });
/** How often the cached action was called. */
const calls = async (topic: string): Promise<number> => (await client.query(api.events.list, { topic })).length;

export function actionCache(): void {
  test("a miss calls the action, and a hit does not", async () => {
    for (let i = 0; i < 3; i++) assert.equal(await fetched("plain", 3), "plain 9");
    assert.equal(await fetched("plain", 4), "plain 16");
    assert.equal(await calls("plain"), 2);
  });

  test("a forced fetch replaces what is cached", async () => {
    for (const force of [false, true, false]) await fetched("forced", 1, { force });
    assert.equal(await calls("forced"), 2);
  });

  test("a value lives as long as its ttl", async () => {
    const seen = events("brief");
    for (let i = 0; i < 2; i++) await fetched("brief", 1, { ttl: 60_000 });
    assert.equal(await calls("brief"), 1);
    // A shorter ttl counts from the same beginning: the value is older than a millisecond.
    await fetched("brief", 1, { ttl: 1 });
    await seen.until((list) => list.length === 2);
  });

  test("values are removed one by one, by name, and all", async () => {
    const removals = [
      () => client.mutation(api.cache.remove, { topic: "removed", n: 1 }),
      () => client.mutation(api.cache.removeAllForName, {}),
      () => client.mutation(api.cache.removeAll, {}),
    ];
    for (const [i, remove] of removals.entries()) {
      await fetched("removed", 1);
      assert.equal(await calls("removed"), i + 1);
      await remove();
    }
    // In batches of two, the next of which the component's own scheduler runs.
    const others = [1, 2, 3, 4, 5];
    for (const n of others) await fetched("batches", n);
    await client.mutation(api.cache.removeAllForName, { batchSize: 2 });
    for (let i = 0; (await calls("batches")) < 10; i++) {
      assert.ok(i < 1000, "all five were removed");
      for (const n of others) await fetched("batches", n);
    }
  });
}
