import assert from "node:assert/strict";
import { test } from "node:test";
import { Freehand } from "../../../browser/ink/freehand.ts";
import { distance } from "../../../browser/kinds/curve.ts";
import type { Sample } from "../../../browser/types/tool.ts";

const LOOK = { reach: 20, opaque: true };

function at(x: number, y: number, more?: Partial<Sample>): Sample {
  return { x, y, clientX: x, clientY: y, time: 8 * x, pressure: 0.5, shift: false, alt: false, ctrl: false, ...more };
}

function hold(first: Sample, hand?: Partial<ConstructorParameters<typeof Freehand>[1]>) {
  return new Freehand(first, { zoom: 1, pointerType: "mouse", smoothing: "none", pressure: "none", ...hand });
}

test("a tap is a dot", () => {
  assert.deepEqual(hold(at(10, 20)).finish(LOOK), [{ points: [0, 0], pressures: [] }]);
  const line = hold(at(10, 20), { smoothing: "high", pressure: "simulated" });
  line.add(at(10, 20));
  assert.equal(line.finish(LOOK)[0].pressures.length, 1);
});

test("a line begins at the press and ends at the lift, smoothed or not", () => {
  for (const smoothing of ["none", "low", "high"] as const) {
    const line = hold(at(10, 20), { smoothing });
    for (let i = 1; i <= 40; i++) line.add(at(10 + 3 * i, 20 + 20 * Math.sin(i / 5)));
    const [{ points }] = line.finish(LOOK);
    assert.deepEqual(points.slice(0, 2), [0, 0]);
    assert.deepEqual(points.slice(-2), [1200, Math.round(200 * Math.sin(8))]);
  }
});

test("the wet line is the one that is stored, within 0.3 px", () => {
  for (const smoothing of ["none", "low", "high"] as const) {
    const line = hold(at(0, 0), { smoothing });
    for (let i = 1; i <= 200; i++) line.add(at(2 * i, 40 * Math.sin(i / 9)));
    const wet = line.shown([]).points;
    const [{ points }] = line.finish(LOOK);
    assert.ok(points.length < wet.length / 2);
    for (let i = 2; i + 3 < wet.length; i += 2) {
      const turn = [0, 1].map((axis) => (wet[i - 2 + axis] + 6 * wet[i + axis] + wet[i + 2 + axis]) / 8);
      assert.ok(distance(points, turn[0], turn[1]) <= 3.5, `${distance(points, turn[0], turn[1])}`);
    }
  }
});

test("what is expected of the pointer is seen and not stored", () => {
  const line = hold(at(0, 0));
  line.add(at(50, 0));
  assert.deepEqual(line.shown([at(70, 0)]).points, [0, 0, 500, 0, 700, 0]);
  assert.deepEqual(line.finish(LOOK)[0].points, [0, 0, 500, 0]);
});

test("with Shift from the start the line is straight, in steps of 15°", () => {
  const line = hold(at(0, 0, { shift: true }), { smoothing: "high" });
  for (let i = 1; i <= 20; i++) line.add(at(10 * i, i % 3, { shift: true }));
  assert.deepEqual(line.finish(LOOK), [{ points: [0, 0, 2000, 0], pressures: [] }]);
});

test("a straight part in mid-stroke has sharp corners", () => {
  const line = hold(at(0, 0));
  for (let i = 1; i <= 10; i++) line.add(at(0, 5 * i));
  for (let i = 1; i <= 20; i++) line.add(at(10 * i, 50, { shift: true }));
  for (let i = 1; i <= 10; i++) line.add(at(200, 50 - 5 * i));
  const [{ points }] = line.finish(LOOK);
  for (const [x, y] of [
    [0, 500],
    [1000, 500],
    [2000, 500],
    [0, 0],
    [2000, 0],
  ])
    assert.ok(distance(points, x, y) <= 3, `${x} ${y}`);
});

test("each point has its pressure, also behind a straight part", () => {
  const line = hold(at(0, 0, { pressure: 0.2 }), { pointerType: "pen", pressure: "real" });
  for (let i = 1; i <= 30; i++) line.add(at(4 * i, 0, { pressure: 0.2 + i / 60 }));
  for (let i = 1; i <= 10; i++) line.add(at(120, 4 * i, { pressure: 0.7, shift: true }));
  for (let i = 1; i <= 10; i++) line.add(at(120 - 4 * i, 40, { pressure: 0.7 }));
  line.add(at(80, 40, { pressure: 0.5 }));
  const shown = line.shown([at(70, 40)]);
  assert.equal(shown.points.length, 2 * shown.pressures.length);
  const [{ points, pressures }] = line.finish(LOOK);
  assert.equal(points.length, 2 * pressures.length);
  assert.equal(pressures[0], 0.2);
  assert.equal(pressures.at(-1), 0.7, "a pen that is lifted says nothing");
});

test("zoomed in, finer movements count", () => {
  const line = hold(at(0, 0), { zoom: 8 });
  for (let i = 1; i <= 20; i++) line.add(at(i / 5, i % 2 ? 0 : 1));
  assert.ok(line.finish(LOOK)[0].points.length > 30);
});
