import assert from "node:assert/strict";
import { test } from "node:test";
import { complete } from "../../../browser/kinds/defaults.ts";
import { heldOf } from "../../../browser/presence/held.ts";

test("a hand sends only what others can show, and never too much", () => {
  const held = heldOf(
    new Map([
      ["a", { x: 1.23456, color: "red" }],
      ["b", { color: "red" }],
      ["c", { points: Array(900).fill(0) }],
      ["d", { text: "Hi" }],
    ]),
  );
  assert.deepEqual(held, { a: { x: 1.2346 }, d: { text: "Hi" } });
  assert.equal(
    Object.keys(heldOf(new Map(Array.from({ length: 300 }, (_, n) => [`s${n}`, { x: n }]))) ?? {}).length,
    200,
  );
  assert.equal(heldOf(new Map([["b", { color: "red" }]])), null);
  const long = heldOf(new Map(Array.from({ length: 9 }, (_, n) => [`t${n}`, { text: "x".repeat(5_000) }])));
  assert.ok(JSON.stringify(long).length < 21_000);
});

test("an unfinished shape is sent whole, but not ink or empty texts", () => {
  const box = complete("rectangle", "r", { x: 1, y: 2, w: 30, h: 40 });
  const others = [complete("stroke", "s"), complete("text", "t"), complete("rectangle", "", { w: 9, h: 9 })];
  const held = heldOf(new Map(), [box, ...others]);
  assert.deepEqual(held, { r: { shape: { id: "r", kind: "rectangle", x: 1, y: 2, w: 30, h: 40, text: "" } } });
});
