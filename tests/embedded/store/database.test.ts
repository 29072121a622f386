import assert from "node:assert/strict";
import { test } from "node:test";
import { ConvexHttpClient } from "convex/browser";
import { api } from "../convex/_generated/api.js";
import { start } from "../start.ts";

const { url } = await start();
const client = new ConvexHttpClient(url, { logger: false });
const add = (room: string, body: string, n?: number) =>
  client.mutation(api.notes.add, { room, body, ...(n === undefined ? {} : { n }) });

test("an index orders every type as Convex does", async () => {
  const bytes = (...values: number[]): ArrayBuffer => new Uint8Array(values).buffer;
  const ordered: any[] = [
    null,
    -(2n ** 63n),
    -1n,
    0n,
    1n,
    2n ** 63n - 1n,
    -Infinity,
    -1.5,
    -0,
    0,
    1e-300,
    1,
    Infinity,
    NaN,
    false,
    true,
    "",
    "\u0000",
    "a",
    "a\u0000b",
    "aa",
    "b",
    "é",
    "\uffff",
    "😀",
    bytes(),
    bytes(0),
    bytes(0, 1),
    bytes(1),
    bytes(255),
    [],
    [null],
    [1n],
    [1n, 2n],
    [1],
    ["a"],
    {},
    { a: 1n },
    { a: 1n, b: 1n },
    { a: 2n },
    { b: 0n },
  ];
  const shuffled = ordered.map((value, i) => ({ value, at: (i * 7919) % 41 })).sort((a, b) => a.at - b.at);
  for (const { value } of shuffled) await client.mutation(api.values.put, { value });
  assert.deepEqual(await client.query(api.values.sorted, {}), ordered);
});

test("a range excludes its upper bound, in both orders", async () => {
  for (const n of [3, 1, 2, 5, 4]) await add("range", `n${n}`, n);
  await add("range2", "other", 3);
  const read = (order: "asc" | "desc") => client.query(api.notes.between, { room: "range", from: 2, to: 5, order });
  assert.deepEqual(await read("asc"), [2, 3, 4]);
  assert.deepEqual(await read("desc"), [4, 3, 2]);
  assert.deepEqual(await client.query(api.notes.newest, { room: "range", limit: 2 }), ["n5", "n4"]);
});

test("a missing field sorts before everything, and equal keys by creation", async () => {
  for (const [body, n] of [
    ["second", 1],
    ["third", 1],
    ["first", undefined],
  ] as const)
    await add("ties", body, n);
  assert.deepEqual(await client.query(api.notes.newest, { room: "ties", limit: 9 }), ["third", "second", "first"]);
});

test("patch merges and removes, replace keeps system fields, delete deletes", async () => {
  const id = await add("edit", "a", 1);
  const before = (await client.query(api.notes.get, { id }))!;
  assert.deepEqual(await client.mutation(api.notes.patch, { id, body: "b" }), { ...before, body: "b" });
  const { n: _, ...rest } = before;
  assert.deepEqual(await client.mutation(api.notes.patch, { id, dropN: true }), { ...rest, body: "b" });
  assert.deepEqual(await client.mutation(api.notes.replace, { id, room: "edit2", body: "c" }), {
    ...rest,
    room: "edit2",
    body: "c",
  });
  assert.equal(await client.query(api.notes.count, { room: "edit" }), 0);
  assert.equal(await client.query(api.notes.count, { room: "edit2" }), 1);
  await client.mutation(api.notes.remove, { id });
  assert.equal(await client.query(api.notes.get, { id }), null);
  await assert.rejects(client.mutation(api.notes.remove, { id }), /Delete on nonexistent document ID/);
  await assert.rejects(client.mutation(api.notes.patch, { id, body: "x" }), /Update on nonexistent document ID/);
});

test("normalizeId knows the ids of its table only", async () => {
  const id = await add("ids", "x");
  assert.match(id, /^[0-9a-hjkmnp-tv-z]{31,37}$/);
  assert.equal(await client.query(api.notes.normalize, { id, table: "notes" }), id);
  assert.equal(await client.query(api.notes.normalize, { id, table: "log" }), null);
  for (const bad of ["", "x", `${id}0`, `${id.slice(0, -1)}${id.endsWith("0") ? "1" : "0"}`, "ü".repeat(32)]) {
    assert.equal(await client.query(api.notes.normalize, { id: bad, table: "notes" }), null);
  }
});

test("pages cover every row once", async () => {
  for (let n = 0; n < 25; n++) await add("pages", `p${n}`, n);
  const seen: string[] = [];
  let cursor: string | null = null;
  for (let isDone = false; !isDone; ) {
    const result: any = await client.query(api.notes.page, { room: "pages", paginationOpts: { numItems: 10, cursor } });
    seen.push(...result.page.map(({ body }: { body: string }) => body));
    ({ isDone, continueCursor: cursor } = result);
  }
  assert.deepEqual(
    seen,
    Array.from({ length: 25 }, (_, n) => `p${n}`),
  );
});

test("a page stops at maximumRowsRead and goes on from there", async () => {
  const opts = { numItems: 10, cursor: null, maximumRowsRead: 4 };
  const first = await client.query(api.notes.page, { room: "pages", paginationOpts: opts });
  assert.deepEqual([first.page.length, first.isDone], [4, false]);
  const next = await client.query(api.notes.page, {
    room: "pages",
    paginationOpts: { numItems: 1, cursor: first.continueCursor },
  });
  assert.equal(next.page[0]!.body, "p4");
});

test("a page with an end cursor is what lies between, whatever its size", async () => {
  const first = await client.query(api.notes.page, { room: "pages", paginationOpts: { numItems: 5, cursor: null } });
  await add("pages", "between", 2.5);
  const again = await client.query(api.notes.page, {
    room: "pages",
    paginationOpts: { numItems: 5, cursor: null, endCursor: first.continueCursor },
  });
  assert.deepEqual(
    again.page.map(({ body }) => body),
    ["p0", "p1", "p2", "between", "p3", "p4"],
  );
});

test("another query's cursor and senseless page sizes are refused", async () => {
  const { continueCursor } = await client.query(api.notes.page, {
    room: "pages",
    paginationOpts: { numItems: 1, cursor: null },
  });
  await assert.rejects(
    client.query(api.notes.page, { room: "ties", paginationOpts: { numItems: 1, cursor: continueCursor } }),
    /InvalidCursor/,
  );
  await assert.rejects(
    client.query(api.notes.page, { room: "pages", paginationOpts: { numItems: 0, cursor: null } }),
    /Must request at least 1 document while paginating/,
  );
});

test("search finds words, a prefix of the last one, and honours its filter", async () => {
  for (const body of ["Red house", "red car", "Blue houses", "green"]) await add("search", body);
  await add("elsewhere", "red house");
  const find = async (text: string) =>
    ((await client.query(api.notes.search, { room: "search", text })) as string[]).sort();
  assert.deepEqual(await find("red"), ["Red house", "red car"]);
  assert.deepEqual(await find("hous"), ["Blue houses", "Red house"]);
  assert.deepEqual(await find("hous red"), ["Red house", "red car"]);
  assert.deepEqual(await find("green car"), ["green", "red car"]);
  assert.deepEqual(await find("nothing"), []);
  assert.equal((await client.query(api.notes.search, { room: "search", text: "red h" }))[0], "Red house");
  assert.equal(
    (
      await client.query(api.notes.search, {
        room: "search",
        text: "red",
        paginationOpts: { numItems: 1, cursor: null },
      })
    ).length,
    1,
  );
});

test("a filtered search finds what is within, whatever is outside", async () => {
  for (let from = 0; from < 2_100; from += 700)
    await client.mutation(api.bulk.fill, { room: "crowd", from, count: 700 });
  await add("quiet", "a note alone");
  assert.deepEqual(await client.query(api.notes.search, { room: "quiet", text: "note" }), ["a note alone"]);
});

test("filter expressions compute and compare", async () => {
  for (const n of [1, 2, 3]) await add("filter", `f${n}`, n);
  assert.deepEqual(await client.query(api.notes.filtered, { room: "filter", least: 3 }), ["f2", "f3"]);
});

test("commit timestamps rise in order, and resolve in rows and results", async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      client.mutation(api.log.append, { room: "log", text: `t${i}` }, { skipQueue: true }),
    ),
  );
  assert.ok(answers.every(({ unresolved }) => unresolved === "[unresolved commit timestamp]"));
  const rows = await client.query(api.log.tail, { room: "log", after: 0n });
  const stamps = rows.map(({ ts }) => ts as bigint);
  assert.deepEqual(
    stamps,
    [...new Set(stamps)].sort((a, b) => (a < b ? -1 : 1)),
  );
  assert.deepEqual(new Set(stamps), new Set(answers.map(({ ts }) => ts as unknown as bigint)));
  assert.equal((await client.query(api.log.tail, { room: "log", after: stamps[9]! })).length, 10);
});

test("equalities may be written in any order", async () => {
  await client.mutation(api.notes.add, { room: "any order", body: "found", n: 3 });
  const found = await client.query(api.errors.ranged, {
    expressions: [
      ["eq", "n", 3],
      ["eq", "room", "any order"],
    ],
  });
  assert.deepEqual(
    found.map(({ body }) => body),
    ["found"],
  );
});
