import assert from "node:assert/strict";
import { test } from "node:test";
import { Erasure } from "../../../browser/ink/erasure.ts";
import { distance } from "../../../browser/kinds/curve.ts";
import { placesOn, wander } from "../kinds/points.ts";

const smooth = (...points: number[]) => ({ points, pressures: [] as number[] });

test("an eraser that passes elsewhere takes nothing", () => {
  const line = smooth(0, 0, 500, 30, 1000, 0);
  const erasure = new Erasure(line);
  assert.equal(erasure.pass([300, 400], [700, 400], 80), false);
  assert.deepEqual(erasure.left(), [line]);
});

test("across the middle it leaves two ends, as far apart as it is wide", () => {
  const erasure = new Erasure(smooth(0, 0, 1000, 0));
  assert.equal(erasure.pass([500, -200], [500, 200], 80), true);
  assert.deepEqual(erasure.left(), [smooth(0, 0, 420, 0), smooth(580, 0, 1000, 0)]);
});

test("passing again over what is gone takes nothing more", () => {
  const erasure = new Erasure(smooth(0, 0, 1000, 0));
  erasure.pass([500, -200], [500, 200], 80);
  assert.equal(erasure.pass([500, 200], [500, -200], 80), false);
  assert.equal(erasure.pass([540, 0], [540, 0], 80), true);
  assert.deepEqual(erasure.left(), [smooth(0, 0, 420, 0), smooth(620, 0, 1000, 0)]);
});

test("a dot goes whole, and so does what is passed along its length", () => {
  const dot = new Erasure(smooth(10, 10));
  assert.equal(dot.pass([0, 0], [0, 0], 80), true);
  assert.deepEqual(dot.left(), []);
  const along = new Erasure(smooth(...wander(4, 40, 50, 1.2)));
  const points = wander(4, 40, 50, 1.2);
  for (let i = 2; i < points.length; i += 2) along.pass(points.slice(i - 2, i), points.slice(i, i + 2), 80);
  assert.deepEqual(along.left(), []);
});

test("the rest lies on the line outside the eraser, with uncut ends intact", () => {
  for (let seed = 1; seed <= 60; seed++) {
    const points = wander(seed, 30, 10 + 4 * seed, 1.2);
    const erasure = new Erasure(smooth(...points));
    const place = points.slice(20, 22);
    const to = [place[0] + 100, place[1] - 160];
    erasure.pass(place, to, 80);
    const left = erasure.left();
    for (const piece of left) {
      for (const [x, y] of placesOn(piece.points, [0.25, 0.5, 0.75])) {
        assert.ok(distance(points, x, y) <= 1.8, `${distance(points, x, y)} off, seed ${seed}`);
        assert.ok(distance([...place, ...to], x, y) >= 80 - 2, `seed ${seed}`);
      }
    }
    for (const [x, y] of placesOn(points, [0.25, 0.5, 0.75])) {
      const dust = [points.slice(0, 2), points.slice(-2)].some((end) => Math.hypot(x - end[0], y - end[1]) < 12);
      if (dust || distance([...place, ...to], x, y) < 80 + 12) continue;
      const near = Math.min(...left.map((piece) => distance(piece.points, x, y)));
      assert.ok(near <= 1.8, `${near} missing, seed ${seed}`);
    }
  }
});

test("a wide bend of few points keeps its shape when it is cut", () => {
  const points = [0, 0, 2000, 0, 2000, 2000, 4000, 2000];
  const erasure = new Erasure(smooth(...points));
  erasure.pass([1800, 200], [1900, 100], 60);
  for (const piece of erasure.left())
    for (const [x, y] of placesOn(piece.points, [0.25, 0.5, 0.75])) assert.ok(distance(points, x, y) <= 1.8);
});

test("pieces of a line keep its pressures, interpolated at the cuts", () => {
  const erasure = new Erasure({ points: [0, 0, 1000, 0, 2000, 0], pressures: [0, 1, 0.5] });
  erasure.pass([500, 0], [500, 0], 100);
  const [first, second] = erasure.left();
  assert.deepEqual(first.points, [0, 0, 400, 0]);
  assert.deepEqual(second.points, [600, 0, 1000, 0, 2000, 0]);
  for (const [given, wanted] of [
    [first.pressures, [0, 0.4]],
    [second.pressures, [0.6, 1, 0.5]],
  ]) {
    given.forEach((pressure, i) => assert.ok(Math.abs(pressure - wanted[i]) < 0.002, `${given}`));
  }
});

test("dust is swept away", () => {
  const erasure = new Erasure(smooth(0, 0, 1000, 0));
  erasure.pass([85, 0], [85, 0], 80);
  assert.deepEqual(erasure.left(), [smooth(165, 0, 1000, 0)]);
});
