// @convex-dev/rate-limiter 0.4: what its README promises.
import assert from "node:assert/strict";
import { test } from "node:test";
import { calculateRateLimit } from "@convex-dev/rate-limiter";
import { ConvexError } from "convex/values";
import { api, client, Seen } from "./deployment.ts";

interface Status {
  ok: boolean;
  retryAfter?: number;
}
interface Options {
  key?: string;
  count?: number;
  reserve?: boolean;
  throws?: boolean;
}
const HOUR = 3_600_000;
const limit = (name: string, options: Options = {}): Promise<Status> =>
  client.mutation(api.limits.limit, { name, ...options });
const check = (name: string, options: Options = {}): Promise<Status> =>
  client.query(api.limits.check, { name, ...options });
const near = (got: number | undefined, wanted: number): void =>
  assert.ok(got !== undefined && got <= wanted && got > wanted - 20_000, `${got} is not nearly ${wanted}`);

export function rateLimiter(): void {
  test("a token bucket lets its capacity through, then as fast as it fills", async () => {
    for (let i = 0; i < 3; i++) assert.deepEqual(await limit("bucket", { key: "ana" }), { ok: true });
    const { ok, retryAfter } = await limit("bucket", { key: "ana" });
    assert.equal(ok, false);
    near(retryAfter, HOUR / 2);
    assert.deepEqual(await limit("bucket", { key: "ben", count: 3 }), { ok: true });
    await assert.rejects(limit("bucket", { key: "cleo", count: 4 }), /Rate limit bucket count 4 exceeds 3/);
  });

  test("an empty bucket fills again", async () => {
    const until = async (ok: boolean): Promise<void> => {
      for (let calls = 0; (await limit("quick")).ok !== ok; calls++) assert.ok(calls < 10_000);
    };
    await until(true);
    await until(false);
    await until(true);
  });

  test("a fixed window gives all its tokens at its start", async () => {
    assert.deepEqual([(await limit("window")).ok, (await limit("window")).ok], [true, true]);
    const { ok, retryAfter } = await limit("window");
    assert.equal(ok, false);
    const start = (Date.now() + retryAfter!) % HOUR;
    assert.ok(start < 1000 || start > HOUR - 1000);
  });

  test("reserved tokens say when they may be used, up to a maximum", async () => {
    assert.deepEqual(await limit("reserved", { reserve: true }), { ok: true });
    for (const minutes of [1, 2]) {
      const { ok, retryAfter } = await limit("reserved", { reserve: true });
      assert.equal(ok, true);
      near(retryAfter, minutes * 60_000);
    }
    assert.equal((await limit("reserved", { reserve: true })).ok, false);
  });

  test("a check takes nothing, and a reset starts afresh", async () => {
    for (let i = 0; i < 5; i++) assert.deepEqual(await check("bucket", { key: "dora", count: 3 }), { ok: true });
    await limit("bucket", { key: "dora", count: 3 });
    assert.equal((await check("bucket", { key: "dora" })).ok, false);
    await client.mutation(api.limits.reset, { name: "bucket", key: "dora" });
    assert.deepEqual(await check("bucket", { key: "dora", count: 3 }), { ok: true });
  });

  test("the error of a limit has its data, and crosses the component", async () => {
    await limit("bucket", { key: "emil", count: 3 });
    const error = await limit("bucket", { key: "emil", throws: true }).then(
      () => null,
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof ConvexError);
    const { retryAfter, ...data } = error.data;
    assert.deepEqual(data, { kind: "RateLimited", name: "bucket" });
    near(retryAfter, HOUR / 2);
  });

  test("a mutation that fails gives its tokens back", async () => {
    await assert.rejects(client.mutation(api.limits.takeAndFail, { key: "finn" }), /after all/);
    assert.deepEqual(await check("bucket", { key: "finn", count: 3 }), { ok: true });
  });

  test("actions take tokens, and a limit needs no name in advance", async () => {
    const inAction = (): Promise<Status> =>
      client.action(api.limits.limitInAction, { name: "bucket", key: "gina", count: 2 });
    assert.deepEqual([(await inAction()).ok, (await inAction()).ok], [true, false]);
    const oneOff = (): Promise<Status> => client.mutation(api.limits.oneOff, { name: "made up" });
    assert.deepEqual([(await oneOff()).ok, (await oneOff()).ok], [true, false]);
  });

  test("the hook's functions give what a browser computes with", async () => {
    await limit("bucket", { key: "hugo", count: 2 });
    const { value, ts, config } = await client.query(api.limits.getRateLimit, { key: "hugo" });
    const now = await client.mutation(api.limits.getServerTime, {});
    assert.ok(Math.abs(calculateRateLimit({ value, ts }, config, now, 0).value - 1) < 0.1);
  });

  test("shards together never let more through", async () => {
    const passed: number = await client.mutation(api.limits.many, { name: "sharded", calls: 60 });
    assert.ok(passed <= 30 && passed >= 20, `${passed} of 60 passed`);
  });

  test("a limit applied later is applied by the nested batch worker", async () => {
    const seen = new Seen<Status>(api.limits.check, { name: "later" });
    await seen.until(({ ok }) => ok);
    await limit("later");
    await seen.until(({ ok }) => !ok);
    await client.mutation(api.limits.reset, { name: "later" });
    await seen.until(({ ok }) => ok);
  });
}
