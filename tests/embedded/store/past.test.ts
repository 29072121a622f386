// Queries of the state at an earlier timestamp, as `ConvexHttpClient.consistentQuery` makes them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ConvexHttpClient } from "convex/browser";
import { Database } from "../../../embedded/store/database.ts";
import { type Change, History } from "../../../embedded/store/history.ts";
import { keyChanges } from "../../../embedded/store/tables.ts";
import { makeId } from "../../../embedded/value/ids.ts";
import type { JsonObject } from "../../../embedded/value/json.ts";
import { LAST_KEY } from "../../../embedded/value/keys.ts";
import { encodeInt64 } from "../../../embedded/value/values.ts";
import { api } from "../convex/_generated/api.js";
import { folder, post, start } from "../start.ts";

const { url } = await start();
const client = new ConvexHttpClient(url, { logger: false });
const now = async (): Promise<string> => (await post(url, "/api/query_ts", {})).body.ts;
const at = async (ts: string, path: string, args: object) =>
  (await post(url, "/api/query_at_ts", { path, args, ts })).body;

test("a query at a timestamp sees rows, pages and words of then", async () => {
  const room = "past";
  const ids = [];
  for (const n of [1, 2, 3]) ids.push(await client.mutation(api.notes.add, { room, body: `word${n}`, n }));
  const then = await now();
  await client.mutation(api.notes.patch, { id: ids[0]!, body: "other", dropN: true });
  await client.mutation(api.notes.remove, { id: ids[1]! });
  await client.mutation(api.notes.add, { room, body: "word4", n: 0 });
  const later = await now();

  const range = { room, from: 0, to: 100, order: "desc" };
  assert.deepEqual((await at(then, "notes:between", range)).value, [3, 2, 1]);
  assert.deepEqual((await at(later, "notes:between", range)).value, [3, 0]);
  assert.equal((await at(then, "notes:get", { id: ids[1] })).value.body, "word2");
  assert.equal((await at(later, "notes:get", { id: ids[1] })).value, null);
  const first = (await at(then, "notes:page", { room, paginationOpts: { numItems: 2, cursor: null } })).value;
  const rest = (await at(then, "notes:page", { room, paginationOpts: { numItems: 9, cursor: first.continueCursor } }))
    .value;
  assert.deepEqual(
    [...first.page, ...rest.page].map(({ body }) => body),
    ["word1", "word2", "word3"],
  );
  const words = async (ts: string): Promise<string[]> =>
    (await at(ts, "notes:search", { room, text: "word" })).value.sort();
  assert.deepEqual(await words(then), ["word1", "word2", "word3"]);
  assert.deepEqual(await words(later), ["word3", "word4"]);
  assert.deepEqual(await client.query(api.notes.between, range as never), [3, 0]);
});

test("a waiting query of the past does not show what runs before it", async () => {
  const room = "waiting";
  await client.mutation(api.notes.add, { room, body: "one" });
  const then = await now();
  const counts = [];
  const writes = [];
  for (let i = 0; i < 30; i++) {
    counts.push(at(then, "notes:count", { room }));
    writes.push(post(url, "/api/mutation", { path: "notes:add", args: { room, body: "more" } }));
  }
  await Promise.all(writes);
  assert.deepEqual(new Set((await Promise.all(counts)).map(({ value }) => value)), new Set([1]));
});

test("the clients' consistent queries agree with each other", async () => {
  await client.mutation(api.notes.add, { room: "agree", body: "one" });
  const reads = new ConvexHttpClient(url, { logger: false });
  assert.equal(await reads.consistentQuery(api.notes.count, { room: "agree" }), 1);
  await client.mutation(api.notes.add, { room: "agree", body: "two" });
  assert.equal(await reads.consistentQuery(api.notes.count, { room: "agree" }), 1);
  assert.equal(await client.query(api.notes.count, { room: "agree" }), 2);
});

test("what is too old, and what is still to come, is refused", async () => {
  const old = await post(url, "/api/query_at_ts", { path: "notes:count", args: { room: "x" }, ts: encodeInt64(1n) });
  assert.equal(old.status, 503);
  assert.match(
    old.body.message,
    /^Your request couldn't be completed\. Try again later\. .*only the last minute is kept/,
  );
  const future = encodeInt64(2n ** 62n);
  assert.equal(
    (await post(url, "/api/query_at_ts", { path: "notes:count", args: { room: "x" }, ts: future })).status,
    400,
  );
});

test("the history keeps a minute, and no more text than it may", () => {
  const change = (seconds: number, before: string): Change => ({
    ...({ table: {} as Change["table"], n: 1, isThere: true, keys: [] } as const),
    ts: BigInt(seconds) * 1_000_000_000n,
    before,
  });
  const known = (history: History, seconds: number) => history.since(BigInt(seconds) * 1_000_000_000n)?.length ?? null;
  const history = new History(0n);
  for (let second = 1; second <= 100; second++) history.add([change(second, "")]);
  assert.deepEqual(
    [38, 39, 40, 99, 100].map((second) => known(history, second)),
    [null, 61, 60, 1, 0],
  );
  for (let second = 101; second <= 110; second++) history.add([change(second, "x".repeat(8 << 20))]);
  assert.equal(known(history, 106), null);
  assert.equal(known(history, 107), 3);
  history.forget(200_000_000_000n);
  assert.deepEqual([known(history, 110), known(history, 200)], [null, 0]);
});

test("every state of the last minute can be read, whatever was done since", async () => {
  const db = new Database(folder());
  const table = db.ensureTable("rows");
  const index = table.indexes.get("by_creation_time")!;
  const states = new Map<bigint, string>();
  const texts = (source: Pick<Database, "range">): string =>
    JSON.stringify(source.range(index, "", LAST_KEY, false, 1000).map(({ text }) => text));
  let seed = 3;
  const random = (below: number): number => (seed = (seed * 1103515245 + 12345) % 2 ** 31) % below;
  for (let step = 0; step < 300; step++) {
    const rows = [...db.rows(table)];
    const before = rows.length > 0 && random(3) > 0 ? rows[random(rows.length)]! : null;
    const removed = before !== null && random(3) === 0;
    const after: JsonObject | null = removed
      ? null
      : { _creationTime: random(50), n: step, _id: before?.value._id ?? makeId(table.number, step) };
    const ts = db.nextTs();
    db.apply([{ table, before, after, keys: keyChanges(table, before?.value ?? null, after) }], ts);
    states.set(ts, texts(db));
    if (random(4) > 0) continue;
    await new Promise<void>((resolve, reject) => db.commit((error) => (error ? reject(error) : resolve())));
    if (random(4) === 0) db.settle();
  }
  for (const [ts, state] of states) {
    const past = db.at(ts)!;
    assert.equal(texts(past), state);
    assert.equal(past.count(table), JSON.parse(state).length);
  }
  db.close();
});
