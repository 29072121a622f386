// What must hold whatever happens.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ConvexClient, ConvexHttpClient } from "convex/browser";
import { compareValues, convexToJson, jsonToConvex, type Value } from "convex/values";
import { encodeKey } from "../../../embedded/value/keys.ts";
import { api } from "../convex/_generated/api.js";
import { post, start } from "../start.ts";

const { url } = await start();
const client = new ConvexHttpClient(url, { logger: false });

let seed = 20261122;
const random = (below: number): number => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) % below;
const pick = <T>(values: readonly T[]): T => values[random(values.length)]!;

const TEXTS = ["", "\0", "\0\0", "\0\x01", "\x01", "a", "a\0", "a\0b", "aa", "ab", "é", "߿", "ࠀ", "\uffff", "😀", "𐀀"];
const NUMBERS = [0, -0, 1, -1, 0.5, -0.5, 1e300, -1e300, 5e-324, Infinity, -Infinity, 2 ** 53];
const INTEGERS = [0n, 1n, -1n, 255n, 256n, -256n, 2n ** 63n - 1n, -(2n ** 63n)];
const FIELDS = ["a", "b", "aa", "a0", "z"];

function value(depth: number): Value {
  switch (random(depth > 0 ? 9 : 7)) {
    case 0:
      return null;
    case 1:
      return pick(INTEGERS);
    case 2:
      return pick(NUMBERS);
    case 3:
      return pick([true, false]);
    case 4:
    case 5:
      return pick(TEXTS);
    case 6:
      return new Uint8Array(Array.from({ length: random(4) }, () => pick([0, 1, 127, 128, 255]))).buffer;
    case 7:
      return Array.from({ length: random(4) }, () => value(depth - 1));
    default:
      return Object.fromEntries(Array.from({ length: random(3) }, () => [pick(FIELDS), value(depth - 1)]));
  }
}

test("index keys sort as npm convex's compareValues for all values", () => {
  const values = Array.from({ length: 400 }, () => value(2));
  const keys = values.map((one) => encodeKey(convexToJson(one) as any));
  for (const [i, left] of values.entries()) {
    for (const [j, right] of values.entries()) {
      const expected = Math.sign(compareValues(left, right));
      const found = keys[i]! < keys[j]! ? -1 : keys[i]! > keys[j]! ? 1 : 0;
      assert.equal(found, expected, `${JSON.stringify(convexToJson(left))} and ${JSON.stringify(convexToJson(right))}`);
    }
  }
  assert.ok(values.every((one) => encodeKey(undefined) < encodeKey(convexToJson(one) as any)));
});

test("pages cover each row once while others write, and miss none", async () => {
  const ids: any[] = [];
  for (let n = 0; n < 60; n++) ids.push(await client.mutation(api.notes.add, { room: "pages", body: `stays${n}`, n }));
  for (let round = 0; round < 5; round++) {
    const seen: string[] = [];
    for (let cursor: string | null = null, done = false; !done; ) {
      const { page, isDone, continueCursor }: any = await client.query(api.notes.page, {
        room: "pages",
        paginationOpts: { numItems: 1 + random(9), cursor },
      });
      seen.push(...page.map(({ _id }: { _id: string }) => _id));
      [cursor, done] = [continueCursor, isDone];
      const other = await client.mutation(api.notes.add, {
        room: "pages",
        body: "comes and goes",
        n: random(60) + 0.5,
      });
      if (random(2) === 0) await client.mutation(api.notes.remove, { id: other });
    }
    assert.equal(new Set(seen).size, seen.length);
    assert.deepEqual(
      ids.filter((id) => !seen.includes(id)),
      [],
    );
  }
});

test("a row reads the same when written, committed, and in SQLite", async () => {
  const model = new Map<string, number>();
  const ids: any[] = [];
  for (let step = 0; step < 400; step++) {
    const choice = random(10);
    if (choice < 5 || ids.length === 0) {
      const n = random(50);
      const id = await client.mutation(api.notes.add, { room: "model", body: "x", n });
      ids.push(id);
      model.set(id, n);
    } else if (choice < 8) {
      const id = pick(ids);
      await client.mutation(api.notes.replace, { id, room: "model", body: "moved" });
      model.delete(id);
    } else {
      const [id] = ids.splice(random(ids.length), 1);
      await client.mutation(api.notes.remove, { id });
      model.delete(id);
    }
    if (step % 20 !== 19) continue;
    const expected = [...model.values()].sort((a, b) => a - b).filter((n) => n >= 10 && n < 40);
    for (const order of ["asc", "desc"] as const) {
      const found = await client.query(api.notes.between, { room: "model", from: 10, to: 40, order });
      assert.deepEqual(found, order === "asc" ? expected : expected.toReversed(), `after step ${step}`);
    }
    assert.equal(await client.query(api.notes.count, { room: "model" }), ids.length);
  }
});

test("values survive the way there and back", async () => {
  for (let i = 0; i < 30; i++) {
    const sent = value(3);
    const echoed = await client.query(api.values.echo, { value: sent });
    assert.deepEqual(convexToJson(echoed), convexToJson(sent));
    assert.equal(compareValues(jsonToConvex(convexToJson(echoed)), sent), 0);
  }
});

test("subscriptions equal a fresh query after any history of writes", async () => {
  const client = new ConvexClient(url, { logger: false });
  const latest = new Map<string, unknown>();
  const questions = [
    [api.notes.bodies, { room: "h0" }],
    [api.notes.bodies, { room: "h1" }],
    [api.notes.between, { room: "h0", from: 2, to: 6, order: "desc" }],
    [api.notes.newest, { room: "h1", limit: 3 }],
    [api.notes.search, { room: "h0", text: "w1" }],
    [api.notes.filtered, { room: "h1", least: 5 }],
  ] as const;
  questions.forEach(([query, args], i) =>
    client.onUpdate(query as any, args as any, (value) => void latest.set(String(i), value)),
  );
  let seed = 42;
  const random = (below: number): number => (seed = (seed * 1103515245 + 12345) % 2 ** 31) % below;
  const ids: any[] = [];
  for (let step = 0; step < 150; step++) {
    const choice = random(10);
    if (choice < 6 || ids.length === 0)
      ids.push(
        await client.mutation(api.notes.add, { room: `h${random(2)}`, body: `w${random(4)} s${step}`, n: random(9) }),
      );
    else if (choice < 8)
      await client.mutation(api.notes.patch, {
        id: ids[random(ids.length)],
        body: `w${random(4)} p${step}`,
        dropN: random(2) === 0,
      });
    else if (choice < 9)
      await client.mutation(api.notes.replace, {
        id: ids[random(ids.length)],
        room: `h${random(2)}`,
        body: `w1 r${step}`,
      });
    else await client.mutation(api.notes.remove, { id: ids.splice(random(ids.length), 1)[0] });
    if (step % 10 === 9) {
      for (const [i, [, args]] of questions.entries()) {
        const { body } = await post(url, "/api/query", {
          path: `notes:${["bodies", "bodies", "between", "newest", "search", "filtered"][i]}`,
          args,
        });
        assert.deepEqual(latest.get(String(i)), body.value, `question ${i} after step ${step}`);
      }
    }
  }
  await client.close();
});
