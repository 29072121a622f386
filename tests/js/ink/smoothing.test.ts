import assert from "node:assert/strict";
import { test } from "node:test";
import { LENGTHS, Smoothing } from "../../../browser/ink/smoothing.ts";

/** Draws along the places in steps of this many px. */
function draw(places: number[][], step: number, length: number) {
  const smoothing = new Smoothing(length, places[0][0], places[0][1]);
  let drawn = places[0];
  for (let i = 1; i < places.length; i++) {
    const [[fromX, fromY], [x, y]] = [places[i - 1], places[i]];
    const steps = Math.max(1, Math.round(Math.hypot(x - fromX, y - fromY) / step));
    for (let k = 1; k <= steps; k++) {
      drawn = smoothing.to(fromX + ((x - fromX) * k) / steps, fromY + ((y - fromY) * k) / steps);
    }
  }
  return drawn;
}

test("without smoothing the line is the samples themselves", () => {
  const smoothing = new Smoothing(LENGTHS.none, 5, 5);
  assert.deepEqual(smoothing.to(8, 9), [8, 9]);
  assert.deepEqual(smoothing.to(8, 9), [8, 9]);
});

test("the line runs its length behind the pointer", () => {
  const [x, y] = draw(
    [
      [0, 0],
      [500, 0],
    ],
    10,
    10,
  );
  assert.ok(Math.abs(x - 490) < 0.01 && y === 0, `${x} ${y}`);
});

test("few samples and many draw the same line", () => {
  const corner = [
    [0, 0],
    [60, 0],
    [60, 37],
  ];
  const slow = draw(corner, 37, 10);
  const fast = draw(corner, 0.5, 10);
  assert.ok(Math.hypot(slow[0] - fast[0], slow[1] - fast[1]) < 0.01, `${slow} ${fast}`);
});

test("a tremble becomes smaller, and with high smoothing smaller still", () => {
  const left = Object.values(LENGTHS).map((length) => {
    const smoothing = new Smoothing(length, 0, 0);
    let most = 0;
    for (let i = 1; i <= 200; i++) {
      const [, y] = smoothing.to(2 * i, i % 2 ? 1 : -1);
      if (i > 100) most = Math.max(most, Math.abs(y));
    }
    return most;
  });
  assert.equal(left[0], 1);
  assert.ok(left[1] < 0.6 && left[2] < 0.2, `${left}`);
});

test("a pointer that rests pulls nothing", () => {
  const smoothing = new Smoothing(10, 0, 0);
  const there = smoothing.to(30, 40);
  for (let i = 0; i < 50; i++) assert.deepEqual(smoothing.to(30, 40), there);
});
