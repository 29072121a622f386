// Work where everything is refused: whatever is put or moved lies within the board afterwards.
import assert from "node:assert/strict";
import { test } from "node:test";
import { complete } from "../../../browser/kinds/defaults.ts";
import { allowed, contained, REACH } from "../../../browser/kinds/world.ts";

const box = (id: string, fields: object) => complete("rectangle", id, fields);
const ink = (id: string, fields: object) => complete("stroke", id, fields);

test("a change within the board is the same object", () => {
  const change = { put: [box("a", { x: 5, y: 5, w: 10, h: 10 })], patch: {}, remove: ["b"] };
  assert.equal(
    contained(change, () => undefined),
    change,
  );
});

test("what is put beyond the end is moved back together", () => {
  const change = {
    put: [box("a", { x: REACH + 50, y: 0, w: 10, h: 10 }), ink("b", { x: REACH - 90, y: 3, points: [0, 0, 100.5, 7] })],
    patch: {},
    remove: [],
  };
  const moved = contained(change, () => undefined);
  assert.deepEqual(
    moved?.put.map(({ x, y }) => [x, y]),
    [
      [REACH - 10, 0],
      [REACH - 150, 3],
    ],
  );
});

test("random changes lie within, and keep their arrangement", () => {
  let seed = 7;
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  for (let i = 0; i < 500; i++) {
    const place = () => Math.round((random() - 0.5) * 2.02e8) / 100;
    const [x, y] = [place(), place()];
    const there = ink("there", { x: 0, y: 0, points: [0, 0, 30, 40] });
    const put = [box("a", { x, y, w: 20, h: 30 }), box("b", { x: x + 12.25, y: y - 7.5, w: 5, h: 5 })];
    const patch = { there: { x: x - 3, y: y + 9 } };
    const result = contained({ put, patch, remove: [] }, (id) => (id === "there" ? there : undefined));
    assert.ok(result);
    const [a, b] = result.put;
    for (const shape of [a, b])
      assert.ok(
        Math.max(Math.abs(shape.x), Math.abs(shape.x + 20), Math.abs(shape.y), Math.abs(shape.y + 30)) <= REACH + 20,
      );
    assert.deepEqual(
      [b.x - a.x, b.y - a.y].map((px) => Math.round(px * 100) / 100),
      [12.25, -7.5],
    );
    const moved = result.patch.there as { x: number; y: number };
    assert.ok(Math.abs(moved.x + 30) <= REACH + 60 && Math.abs(moved.y) <= REACH);
    assert.equal(Math.round((a.x - moved.x) * 100) / 100, 3);
  }
});

test("a shape larger than the board is none", () => {
  assert.equal(
    contained({ put: [box("a", { x: 0, y: 0, w: 2e6, h: 1 })], patch: {}, remove: [] }, () => undefined),
    null,
  );
});

test("a way ends at the end, and leads back from beyond it", () => {
  const near = { left: REACH - 30, top: 0, right: REACH - 10, bottom: 10 };
  assert.deepEqual(allowed(near, 100, 5), [10, 5]);
  const beyond = { left: REACH + 30, top: 0, right: REACH + 40, bottom: 10 };
  assert.deepEqual(allowed(beyond, 5, 0), [0, 0]);
  assert.deepEqual(allowed(beyond, -50, 0), [-50, 0]);
});
