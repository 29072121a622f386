import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { bounds, partialPathData, pathData, pathPoints } from "../../../browser/kinds/geometry.ts";
import { pack, unpack } from "./points.ts";

const paths: { points: string; d: string }[] = JSON.parse(
  readFileSync(new URL("../../fixtures/paths.json", import.meta.url), "utf8"),
);

test("every path of the fixture is drawn as the server draws it", () => {
  assert.ok(paths.length > 20);
  for (const { points, d } of paths) assert.equal(pathData(unpack(points)), d);
});

test("points can be read back from a path", () => {
  for (const { points, d } of paths) assert.equal(pack(pathPoints(d)), points);
});

test("a path can say where it stands", () => {
  assert.equal(pathData([0, 0, 12, -3, 17, 1], 100, -150), "M100-150l12-3q12-3 17 1l5 4");
  assert.deepEqual(pathPoints("M100-150l12-3q12-3 17 1l5 4"), [50, -75, 62, -78, 67, -74]);
});

test("a stroke drawn in two parts is the same curve", () => {
  const points = Array.from({ length: 40 }, (_, i) => Math.round(100 * Math.sin(i * 1.7)));
  const whole = pathData(points, 20, 40);
  const first = partialPathData(points.slice(0, 24), { x: 20, y: 40, open: true });
  const second = partialPathData(points, { x: 20, y: 40, from: 11 });
  assert.ok(whole.startsWith(first), "the first part is the beginning of the whole");
  const middle = [points[20] + points[22] + 20, points[21] + points[23] + 40].join(" ").replace(" -", "-");
  assert.ok(second.startsWith(`M${middle}q`), "the second part begins where the first one ends");
  assert.equal(second.slice(-20), whole.slice(-20));
});

test("bounds hold every point", () => {
  assert.deepEqual(bounds([3, -4, -10, 8, 0, 0]), { left: -10, top: -4, right: 3, bottom: 8 });
});
