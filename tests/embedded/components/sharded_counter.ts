// @convex-dev/sharded-counter 0.2: what its README promises.
import assert from "node:assert/strict";
import { test } from "node:test";
import { api, client, Seen } from "./deployment.ts";

const add = (name: string, by: number): Promise<null> => client.mutation(api.counts.add, { name, by });
const count = (name: string): Promise<number> => client.query(api.counts.count, { name });
const estimate = (name: string, shards: number): Promise<number> => client.query(api.counts.estimate, { name, shards });

export function shardedCounter(): void {
  test("additions at once all count, and subscribers see them", async () => {
    const seen = new Seen<number>(api.counts.count, { name: "friends" });
    await seen.until((n) => n === 0);
    await Promise.all(Array.from({ length: 20 }, () => add("friends", 5)));
    await client.mutation(api.counts.subtract, { name: "friends", by: 1 });
    await client.action(api.counts.addInAction, { name: "friends", by: 2 });
    await seen.until((n) => n === 101);
    assert.equal(await count("strangers"), 0);
  });

  test("a mutation that fails does not count", async () => {
    await assert.rejects(client.mutation(api.counts.addAndFail, { name: "failed", by: 5 }), /after all/);
    assert.equal(await count("failed"), 0);
  });

  test("an estimate is exact after the shards were balanced", async () => {
    for (let i = 0; i < 8; i++) await add("beans", 2);
    assert.equal(await estimate("beans", 4), 16);
    await client.mutation(api.counts.rebalance, { name: "beans" });
    for (const shards of [1, 2, 3, 4]) assert.equal(await estimate("beans", shards), 16);
    assert.equal(await count("beans"), 16);
  });

  test("a counter with one shard is estimated exactly, and can be reset", async () => {
    await add("single", 7);
    await add("single", -3);
    assert.equal(await estimate("single", 1), 4);
    await client.mutation(api.counts.reset, { name: "single" });
    assert.equal(await count("single"), 0);
  });
}
