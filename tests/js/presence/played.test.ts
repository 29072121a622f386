import assert from "node:assert/strict";
import { test } from "node:test";
import { Played } from "../../../browser/presence/played.ts";
import { Rhythm } from "../../../browser/presence/rhythm.ts";

const tip = (line: Played, now: number) => line.shown(now).points.slice(-2);

test("a report is played over the gap before the next, if it is long", () => {
  const often = new Rhythm();
  const seldom = new Rhythm();
  for (let n = 0; n < 40; n++) {
    often.heard(16 * n);
    seldom.heard(100 * n);
  }
  assert.equal(often.heard(640), 0);
  assert.ok(Math.abs(seldom.heard(4_000) - 100) < 1);
  assert.ok(Math.abs(seldom.heard(9_000) - 100) < 1, "a hand that rested keeps its rhythm");
});

test("ink that comes often is seen at once", () => {
  const line = new Played();
  line.take(0, [0, 0], [], 0);
  line.take(1, [100, 0], [], 16);
  assert.deepEqual(line.shown(16).points, [0, 0, 100, 0]);
  assert.ok(line.whole(16));
});

test("ink that comes seldom grows evenly until the next report", () => {
  const line = new Played();
  for (let n = 0; n <= 40; n++) line.take(n, [1_000 * n, 0], [0.5], 100 * n);
  const places = [0, 25, 50, 75, 100].map((ms) => tip(line, 4_000 + ms)[0]);
  assert.deepEqual(
    places.map((x) => Math.round(x / 250)),
    [156, 157, 158, 159, 160],
  );
  const { points, pressures } = line.shown(4_050);
  assert.equal(points.length, 2 * pressures.length);
  assert.ok(!line.whole(4_050) && line.whole(4_101));
});

test("its end does not go back when the smoothed line follows", () => {
  const line = new Played();
  for (let n = 1; n <= 40; n++) {
    const before = line.length ? tip(line, 100 * n)[0] : 0;
    // Ten points a report, and the true end 80 ahead of the last.
    const points = Array.from({ length: 10 }, (_, i) => [1_000 * n + 100 * i, 0]).flat();
    line.take(10 * (n - 1), [...points, 1_000 * n + 980, 0], [], 100 * n);
    if (n > 1) assert.ok(tip(line, 100 * n)[0] >= before - 50, `${n}`);
  }
});
