import assert from "node:assert/strict";
import { test } from "node:test";
import { match, ranked } from "../../../browser/commands/fuzzy.ts";
import { complete } from "../../../browser/kinds/defaults.ts";
import { polygon } from "../../../browser/kinds/figures.ts";
import { mirrored } from "../../../browser/kinds/mirror.ts";
import { aligned, distributed } from "../../../browser/select/alignment.ts";
import { copies } from "../../../browser/select/copies.ts";
import type { Places } from "../../../browser/select/stacking.ts";
import { backward, forward } from "../../../browser/select/stacking.ts";

const box = (left: number, top: number, right: number, bottom: number) => ({ left, top, right, bottom });

test("boxes line up with the edge of all of them", () => {
  const boxes = [box(0, 0, 10, 10), box(20, 5, 50, 25)];
  assert.deepEqual(
    aligned(boxes, "left").map(({ dx }) => dx),
    [0, -20],
  );
  assert.deepEqual(
    aligned(boxes, "right").map(({ dx }) => dx),
    [40, 0],
  );
  assert.deepEqual(
    aligned(boxes, "center").map(({ dx }) => dx),
    [20, -10],
  );
  assert.deepEqual(
    aligned(boxes, "bottom").map(({ dy }) => dy),
    [15, 0],
  );
  assert.ok(aligned(boxes, "middle").every(({ dx }) => dx === 0));
});

test("boxes are spread with equal gaps between the outermost two", () => {
  const moves = distributed([box(100, 0, 110, 1), box(0, 0, 30, 1), box(35, 0, 45, 1)], "x");
  assert.deepEqual(
    moves.map(({ dx }) => dx),
    [0, 0, 25],
  );
});

test("a shape goes above the next one that it touches", () => {
  const step = (chosen: string[], touching: string[]) => [
    ...forward(["a", "b", "c", "d"], new Set(chosen), new Set(touching)),
  ];
  assert.deepEqual(step(["a"], ["a", "c"]), [["a", { z: { above: "c" } }]]);
  assert.deepEqual(step(["a"], ["a"]), []);
  assert.deepEqual(step(["d"], ["a", "b", "c", "d"]), []);
});

test("several shapes keep their own order on the way up and down", () => {
  const all = new Set(["a", "b", "c", "d"]);
  const moved = (places: Places, order: string[]) => {
    const asked = [...places].map(([id, { z }]) => ({ id, z }));
    const of = (word: "above" | "below", id: string) =>
      asked.flatMap(({ id: moved, z }) => (word in z && Object.values(z)[0] === id ? [moved] : []));
    return order
      .filter((id) => !places.has(id))
      .flatMap((id) => [...of("below", id), id, ...of("above", id)])
      .join("");
  };
  assert.equal(moved(forward(["a", "b", "c", "d"], new Set(["a", "b"]), all), ["a", "b", "c", "d"]), "cabd");
  assert.equal(moved(backward(["a", "b", "c", "d"], new Set(["c", "d"]), all), ["a", "b", "c", "d"]), "acdb");
});

/** Where a local place lies on the board. */
const onBoard = ({ x, y, rotation }: { x: number; y: number; rotation: number }, u: number, v: number) => [
  x + u * Math.cos(rotation) - v * Math.sin(rotation),
  y + u * Math.sin(rotation) + v * Math.cos(rotation),
];

for (const axis of ["x", "y"] as const) {
  test(`a turned box is mirrored corner by corner (${axis})`, () => {
    const shape = complete("rectangle", "a", { x: 30, y: 40, w: 100, h: 50, rotation: 0.7 });
    const flipped = { ...shape, ...mirrored(shape, box(0, 0, 100, 50), axis, 200, new Set()) };
    const corners = [
      [0, 0],
      [100, 0],
      [100, 50],
      [0, 50],
    ].map(([u, v]) => onBoard(shape, u, v));
    const seen = corners.map(([x, y]) => (axis === "x" ? [400 - x, y] : [x, 400 - y]));
    const now = [
      [0, 0],
      [100, 0],
      [100, 50],
      [0, 50],
    ].map(([u, v]) => onBoard(flipped as any, u, v));
    for (const [x, y] of seen)
      assert.ok(
        now.some(([a, b]) => Math.hypot(a - x, b - y) < 0.02),
        `${x}, ${y} is a corner`,
      );
  });

  test(`a figure is mirrored with its turn (${axis})`, () => {
    const shape = complete("right-triangle", "a", { x: 30, y: 40, w: 100, h: 50, rotation: 0.7 });
    const once = { ...shape, ...mirrored(shape, box(0, 0, 100, 50), axis, 200, new Set()) } as any;
    const twice = { ...once, ...mirrored(once, box(0, 0, 100, 50), axis, 200, new Set()) };
    const outline = (of: any) => polygon(of).map(({ x, y }) => onBoard(of, x, y));
    const seen = outline(shape).map(([x, y]) => (axis === "x" ? [400 - x, y] : [x, 400 - y]));
    for (const [n, [x, y]] of outline(once).entries())
      assert.ok(Math.hypot(seen[n][0] - x, seen[n][1] - y) < 0.02, `corner ${n}`);
    assert.deepEqual([once.flip, twice.flip], [axis, ""]);
  });

  test(`twice mirrored is as before (${axis})`, () => {
    const shape = complete("stroke", "a", { x: 3, y: 4, rotation: 0.3, points: [0, 0, 10, 5, -7.5, 3] });
    const once = { ...shape, ...mirrored(shape, box(0, 0, 0, 0), axis, 7, new Set()) };
    const twice = { ...once, ...mirrored(once as any, box(0, 0, 0, 0), axis, 7, new Set()) };
    assert.deepEqual(twice, shape);
  });
}

test("an arrow stays bound to the same spot of what is mirrored with it", () => {
  const arrow = complete("arrow", "a", { from: { id: "b", at: [0.25, 0.5] }, to: { id: "c", at: [0, 1] } });
  const patch = mirrored(arrow, box(0, 0, 0, 0), "x", 0, new Set(["a", "b"])) as any;
  assert.deepEqual(
    [patch.from, patch.to],
    [
      { id: "b", at: [0.75, 0.5] },
      { id: "c", at: [0, 1] },
    ],
  );
});

test("copies have their own ids and groups, and hold each other", () => {
  const note = complete("note", "n", { group: "g", x: 1, locked: true });
  const arrow = complete("arrow", "a", {
    group: "g",
    from: { id: "n", at: [0, 0] },
    to: { id: "elsewhere", at: [0, 0] },
  });
  const [one, two] = copies([note, arrow] as any[], 10, 20);
  assert.notEqual(one.id, "n");
  assert.equal(one.x, 11);
  assert.equal(one.locked, false);
  assert.ok(one.group !== "g" && one.group === two.group);
  assert.equal(two.from.id, one.id);
  assert.equal(two.to, null);
});

test("names are found by some letters, and starts of words count more", () => {
  const names = ["Zoom in", "Zoom out", "Bring to front", "Send to back", "Align left", "Flip left to right"];
  const first = (letters: string) => ranked(letters, names, (name) => name)[0]?.one;
  assert.equal(first("left"), "Align left");
  assert.equal(first("btf"), "Bring to front");
  assert.equal(first("zo"), "Zoom in");
  assert.equal(first("zout"), "Zoom out");
  assert.equal(first("xyz"), undefined);
  assert.deepEqual(match("AL", "Align left")?.at, [0, 1]);
});
