import assert from "node:assert/strict";
import { test } from "node:test";
import { distance, simplify } from "../../../browser/kinds/curve.ts";
import { placesOn, wander } from "./points.ts";

test("distance is from the smooth curve, not from its points", () => {
  assert.equal(distance([0, 0], 30, 40), 50);
  assert.equal(distance([0, 0, 100, 0], 50, 20), 20);
  const corner = [0, 0, 100, 0, 100, 100];
  assert.ok(distance(corner, 100, 0) > 15, "the corner is cut");
  assert.ok(distance(corner, 87.5, 12.5) < 1, "the turn is on the curve");
});

test("a simplified stroke draws the same curve within the tolerance", () => {
  for (let seed = 1; seed <= 40; seed++) {
    const points = wander(seed, 20 + seed * 5, 5 + seed, 0.6);
    for (const tolerance of [1, 3, 12]) {
      const fewer = simplify(points, tolerance);
      for (const [x, y] of placesOn(points, [0.5])) {
        const off = distance(fewer, x, y);
        assert.ok(off <= tolerance * 1.5 + 0.5, `${off} off with tolerance ${tolerance}, seed ${seed}`);
      }
    }
  }
});

test("a densely sampled stroke loses most of its points, but never its ends", () => {
  const points = wander(7, 600, 12, 0.6);
  const fewer = simplify(points, 3);
  assert.ok(fewer.length < points.length / 2, `${fewer.length} of ${points.length}`);
  assert.deepEqual(fewer.slice(0, 2), points.slice(0, 2));
  assert.deepEqual(fewer.slice(-2), points.slice(-2));
});

test("a straight line needs two points, and a tap keeps its one", () => {
  assert.deepEqual(
    simplify(
      Array.from({ length: 200 }, (_, i) => Math.floor(i / 2) * 10),
      3,
    ),
    [0, 0, 990, 990],
  );
  assert.deepEqual(simplify([0, 0], 3), [0, 0]);
});

test("five thousand points are simplified before the next frames are missed", () => {
  const points = wander(3, 5_000, 10, 0.6);
  const start = performance.now();
  simplify(points, 3);
  assert.ok(performance.now() - start < 500);
});
