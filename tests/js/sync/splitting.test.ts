import assert from "node:assert/strict";
import { test } from "node:test";
import { complete } from "../../../browser/kinds/defaults.ts";
import { split } from "../../../browser/sync/splitting.ts";

test("a change over the server's limits is split, and loses nothing", () => {
  const ids = Array.from({ length: 450 }, (_, i) => `s${i}`);
  const removals = split({ remove: ids });
  assert.deepEqual(
    removals.map(({ remove }) => remove?.length),
    [200, 200, 50],
  );
  assert.deepEqual(
    removals.flatMap(({ remove }) => remove),
    ids,
  );

  const strokes = Array.from({ length: 12 }, (_, i) =>
    complete("stroke", `s${i}`, { points: Array(10_000).fill(1234.5) }),
  );
  const puts = split({ put: strokes });
  assert.ok(puts.length > 1);
  for (const part of puts) assert.ok(JSON.stringify(part).length < 256 * 1024);
  assert.deepEqual(
    puts.flatMap(({ put }) => put),
    strokes,
  );
  assert.deepEqual(split({}), []);

  const patch = Object.fromEntries(ids.map((id, i) => [id, { x: i }]));
  const patches = split({ patch, remove: ["gone"] });
  assert.deepEqual(
    patches.map((part) => Object.keys(part.patch ?? {}).length),
    [200, 200, 50],
  );
  assert.deepEqual(Object.assign({}, ...patches.map((part) => part.patch)), patch);
  assert.deepEqual(patches[2].remove, ["gone"], "a removal fits into the last one");

  const long = Object.fromEntries(ids.slice(0, 12).map((id) => [id, { points: Array(10_000).fill(1234.5) }]));
  const texts = split({ patch: long });
  assert.ok(texts.length > 1);
  for (const part of texts) assert.ok(JSON.stringify(part).length < 256 * 1024);
});

test("text is counted by its length in UTF-8, as it is sent", () => {
  const notes = Array.from({ length: 60 }, (_, i) => complete("note", `n${i}`, { text: "日".repeat(5_000) }));
  const parts = split({ put: notes });
  for (const part of parts) assert.ok(new TextEncoder().encode(JSON.stringify(part)).length < 256 * 1024);
  assert.deepEqual(
    parts.flatMap(({ put }) => put),
    notes,
  );
});

test("shapes for one place keep their order over any number of parts", () => {
  const ids = Array.from({ length: 450 }, (_, i) => `s${i}`);
  for (const z of ["front", "back"] as const) {
    const parts = split({ patch: Object.fromEntries(ids.map((id) => [id, { z }])) });
    assert.deepEqual(
      parts.map(({ patch = {} }) => new Set(Object.values(patch).map(({ z }) => JSON.stringify(z)))),
      [new Set([`"${z}"`]), new Set(['{"above":"s199"}']), new Set(['{"above":"s399"}'])],
    );
  }
  const [, numbers] = split({ patch: Object.fromEntries(ids.map((id, z) => [id, { z }])) });
  assert.equal(numbers.patch?.s200.z, 200);
});
