import assert from "node:assert/strict";
import { test } from "node:test";
import { ConvexHttpClient } from "convex/browser";
import { api } from "../convex/_generated/api.js";
import { start } from "../start.ts";

const { url } = await start();
const client = new ConvexHttpClient(url, { logger: false });

test("a nested call may have narrower limits", async () => {
  const { within, free } = (await client.mutation(api.limits.narrowed, { room: "a", count: 5, most: 6 })) as any;
  assert.deepEqual(within, { used: 6, remaining: 0 });
  assert.deepEqual(free, { used: 12, remaining: 16_000 - 12 });
  await assert.rejects(
    client.mutation(api.limits.narrowed, { room: "a", count: 6, most: 6 }),
    /Too many writes in a single function execution \(limit: 6\)/,
  );
  await client.mutation(api.limits.fill, { room: "b", count: 10 });
  assert.equal(await client.query(api.limits.readNarrowed, { room: "b", most: 10 }), 10);
  await assert.rejects(client.query(api.limits.readNarrowed, { room: "b", most: 9 }), /documents read .*\(limit: 9\)/);
});

test("limits of a nested call cannot be raised", async () => {
  const { within } = (await client.mutation(api.limits.narrowed, { room: "c", count: 1, most: 1e9 })) as any;
  assert.deepEqual(within, { used: 2, remaining: 16_000 - 2 });
});

test("writes that were undone do not count", async () => {
  assert.deepEqual(await client.mutation(api.limits.undone, { room: "d", count: 20 }), [0, 0, 0]);
});

test("a nested call that fails undoes what it wrote, and nothing else", async () => {
  const bodies = await client.mutation(api.limits.meanwhile, { room: "f" });
  assert.deepEqual(bodies.sort(), ["0", "meanwhile", "meanwhile"]);
});

test("a call that is not awaited writes nothing after its function", async () => {
  const calls = Array.from({ length: 4 }, () => [
    client.mutation(api.limits.hasty, { room: "g" }, { skipQueue: true }),
    client.mutation(api.limits.fill, { room: "h", count: 40 }, { skipQueue: true }),
  ]);
  await Promise.all(calls.flat());
  const counts = ["g", "h"].map((room) => client.query(api.limits.readNarrowed, { room, most: 1000 }));
  assert.deepEqual(await Promise.all(counts), [200, 160]);
});

test("a page says where it can be split, and when it should", async () => {
  const page = (options: object) =>
    client.query(api.limits.page, { room: "e", paginationOpts: { cursor: null, numItems: 10, ...options } });
  await client.mutation(api.limits.fill, { room: "e", count: 1 });
  assert.equal((await page({})).splitCursor, null);
  await client.mutation(api.limits.fill, { room: "e", count: 7 });
  const whole = await page({});
  assert.equal(whole.pageStatus, null);
  const first = await page({ endCursor: whole.splitCursor });
  const second = await page({ cursor: whole.splitCursor, endCursor: whole.continueCursor });
  assert.deepEqual([first.page.length, second.page.length], [4, 4]);
  assert.deepEqual([...first.page, ...second.page], whole.page);
  assert.equal((await page({ maximumRowsRead: 10 })).pageStatus, "SplitRecommended");
  assert.equal((await page({ maximumBytesRead: 2000 })).pageStatus, null);
  const bytes = JSON.stringify(whole.page).length;
  assert.equal((await page({ maximumBytesRead: Math.round(bytes * 1.2) })).pageStatus, "SplitRecommended");
  assert.equal((await page({ maximumRowsRead: 3 })).pageStatus, "SplitRequired");
});
