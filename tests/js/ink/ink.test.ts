import assert from "node:assert/strict";
import { test } from "node:test";
import { MOST_POINTS, MOST_PRESSURES, pieces, store, thin } from "../../../browser/ink/ink.ts";
import { distance } from "../../../browser/kinds/curve.ts";

const OPAQUE = { reach: 40, opaque: true };

/** Points of a hand that wanders, in tenths, and its pressures. */
function wander(seed: number, count: number, step: number) {
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  let [x, y, angle, pressure] = [0, 0, 0, 0.5];
  const points = [0, 0];
  const pressures = [pressure];
  for (let i = 1; i < count; i++) {
    angle += (random() - 0.5) * 0.6;
    x += step * Math.cos(angle);
    y += step * Math.sin(angle);
    pressure = Math.min(1, Math.max(0, pressure + (random() - 0.5) * 0.1));
    points.push(Math.round(x), Math.round(y));
    pressures.push(pressure);
  }
  return { points, pressures };
}

/** The line's places from point to point, with the width there. */
function* along({ points, pressures }: { points: number[]; pressures: number[] }) {
  for (let i = 0; i < pressures.length; i++) yield [points[2 * i], points[2 * i + 1], pressures[i]];
}

/** How far a place with its width is from a line. */
function off(
  { points, pressures }: { points: number[]; pressures: number[] },
  [x, y, pressure]: number[],
  reach: number,
) {
  let nearest = Infinity;
  for (let i = 1; i < pressures.length; i++) {
    const [fromX, fromY, toX, toY] = points.slice(2 * i - 2, 2 * i + 2);
    const length = (toX - fromX) ** 2 + (toY - fromY) ** 2;
    const t = length
      ? Math.min(1, Math.max(0, ((x - fromX) * (toX - fromX) + (y - fromY) * (toY - fromY)) / length))
      : 0;
    const wider = reach * (pressure - pressures[i - 1] - t * (pressures[i] - pressures[i - 1]));
    nearest = Math.min(nearest, Math.hypot(x - fromX - t * (toX - fromX), y - fromY - t * (toY - fromY), wider));
  }
  return nearest;
}

test("a thinned line stays within the tolerance in place and width", () => {
  for (let seed = 1; seed <= 30; seed++) {
    const line = wander(seed, 300, 4 + seed);
    const fewer = thin(line, 3, 40);
    assert.equal(fewer.points.length, 2 * fewer.pressures.length);
    for (const place of along(line)) assert.ok(off(fewer, place, 40) <= 3.001, `seed ${seed}`);
  }
});

test("a change of pressure alone keeps points of a straight line", () => {
  const points = Array.from({ length: 200 }, (_, i) => (i % 2 ? 0 : 10 * i));
  const swelling = points.slice(0, 100).map((_, i) => Math.sin((i / 99) * Math.PI));
  assert.ok(thin({ points, pressures: swelling }, 3, 40).pressures.length > 4);
  assert.equal(thin({ points, pressures: swelling.map(() => 0.5) }, 3, 40).pressures.length, 2);
});

test("a tap is one point, with its pressure if it has one", () => {
  assert.deepEqual(store({ points: [0, 0], pressures: [] }, 3, OPAQUE), [{ points: [0, 0], pressures: [] }]);
  assert.deepEqual(store({ points: [0, 0], pressures: [0.7] }, 3, OPAQUE), [{ points: [0, 0], pressures: [0.7] }]);
});

test("a long line is stored in pieces that continue each other", () => {
  const { points } = wander(5, 3_000, 30);
  const found = pieces(points, 700);
  assert.ok(found.length >= 5);
  for (let i = 1; i < found.length; i++) {
    const [before, after] = [found[i - 1], found[i]];
    assert.ok(before.length <= 1_400);
    assert.deepEqual(before.slice(-2), after.slice(0, 2));
    const turn = (p: number[]) => Math.atan2(p[3] - p[1], p[2] - p[0]);
    const bend = Math.abs(turn(before.slice(-4)) - turn(after.slice(0, 4)));
    assert.ok(Math.min(bend, 2 * Math.PI - bend) < 0.08, `${bend} at ${i}`);
  }
});

test("the pieces draw the curve of the whole within a tenth of a px", () => {
  const { points } = wander(9, 1_500, 25);
  const found = pieces(points, 400);
  for (let i = 1; i + 1 < points.length / 2; i++) {
    const [x, y] = [0, 1].map(
      (axis) => (points[2 * i - 2 + axis] + 6 * points[2 * i + axis] + points[2 * i + 2 + axis]) / 8,
    );
    const near = Math.min(...found.map((piece) => distance(piece, x, y)));
    assert.ok(near <= 1, `${near} at ${i}`);
  }
});

test("every piece is within the server's limits", () => {
  const { points, pressures } = wander(3, 16_000, 40);
  const smooth = store({ points, pressures: [] }, 0.5, OPAQUE);
  assert.ok(smooth.length > 1 && smooth.every((line) => line.points.length <= 2 * MOST_POINTS));
  const pressed = store({ points, pressures }, 3, OPAQUE);
  assert.ok(
    pressed.length > 5 &&
      pressed.every(
        (line) => line.pressures.length <= MOST_PRESSURES && line.points.length === 2 * line.pressures.length,
      ),
  );
  for (let i = 1; i < pressed.length; i++) {
    assert.deepEqual(pressed[i - 1].points.slice(-2), pressed[i].points.slice(0, 2));
    assert.equal(pressed[i - 1].pressures.at(-1), pressed[i].pressures[0]);
  }
});

test("a translucent line is thinned rather than cut into pieces", () => {
  const line = wander(3, 2_000, 20);
  assert.equal(store(line, 3, { reach: 40, opaque: true }).length, 2);
  assert.equal(store(line, 3, { reach: 40, opaque: false }).length, 1);
});
