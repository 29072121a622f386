import assert from "node:assert/strict";
import { test } from "node:test";
import { bindingAt } from "../../../browser/kinds/binding.ts";
import { boxOnBoard } from "../../../browser/kinds/boxes.ts";
import { complete } from "../../../browser/kinds/defaults.ts";
import { inside, touches } from "../../../browser/kinds/hits.ts";
import { kindOf, toBoard } from "../../../browser/kinds/index.ts";
import type { Side } from "../../../browser/select/box.ts";
import { boxAround, cursorOf, handleAt, handlesOf, placeOf, SIDES } from "../../../browser/select/box.ts";
import { snapped } from "../../../browser/select/snap.ts";
import { resized, stretched } from "../../../browser/select/stretch.ts";
import { loosened, moved, normal, turned } from "../../../browser/select/transforms.ts";
import type { Box, Shape } from "../../../browser/types/shape.ts";

const nobody = () => undefined;
const box = (left: number, top: number, right: number, bottom: number) => ({ left, top, right, bottom });
const rectangle = (fields: object = {}) => complete("rectangle", "r", { x: 100, y: 100, w: 200, h: 100, ...fields });
const plain = { ratio: false, centred: false, flips: true };

const patched = (shape: Shape, patch: object): Shape => ({ ...shape, ...patch });
const onBoard = (shape: Shape) => boxOnBoard(shape, kindOf(shape).box(shape, nobody));
const centreOf = (shape: Shape) => {
  const { left, top, right, bottom } = kindOf(shape).box(shape, nobody);
  return toBoard(shape, (left + right) / 2, (top + bottom) / 2);
};
const near = (a: { x: number; y: number }, b: { x: number; y: number }, within: number = 0.02) =>
  assert.ok(Math.hypot(a.x - b.x, a.y - b.y) <= within, `${a.x} ${a.y} is not ${b.x} ${b.y}`);

/** Numbers that come out alike each time. */
function random(seed: number) {
  return () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648;
  };
}

test("a handle moves its sides and leaves the others where they are", () => {
  const from = box(0, 0, 200, 100);
  assert.deepEqual(stretched(from, "se", { x: 250, y: 150 }, plain), box(0, 0, 250, 150));
  assert.deepEqual(stretched(from, "nw", { x: 50, y: 20 }, plain), box(50, 20, 200, 100));
  assert.deepEqual(stretched(from, "e", { x: 300, y: 999 }, plain), box(0, 0, 300, 100));
  assert.deepEqual(stretched(from, "n", { x: 999, y: -50 }, plain), box(0, -50, 200, 100));
});

test("Alt keeps the middle, Shift keeps the ratio, both keep both", () => {
  const from = box(0, 0, 200, 100);
  assert.deepEqual(stretched(from, "se", { x: 250, y: 100 }, { ...plain, centred: true }), box(-50, 0, 250, 100));
  assert.deepEqual(stretched(from, "se", { x: 400, y: 100 }, { ...plain, ratio: true }), box(0, 0, 400, 200));
  assert.deepEqual(stretched(from, "e", { x: 400, y: 50 }, { ...plain, ratio: true }), box(0, -50, 400, 150));
  assert.deepEqual(
    stretched(from, "se", { x: 300, y: 50 }, { ratio: true, centred: true, flips: true }),
    box(-100, -50, 300, 150),
  );
});

test("a box dragged past its other side is mirrored, at least 1 px wide", () => {
  const from = box(0, 0, 200, 100);
  assert.deepEqual(stretched(from, "e", { x: -100, y: 0 }, plain), box(0, 0, -100, 100));
  assert.deepEqual(stretched(from, "e", { x: 0, y: 0 }, plain), box(0, 0, 1, 100));
  assert.deepEqual(stretched(from, "e", { x: -300, y: 0 }, { ...plain, flips: false }), box(0, 0, 1, 100));
  assert.deepEqual(
    stretched(box(0, 0, 0, 100), "e", { x: 50, y: 0 }, plain),
    box(0, 0, 0, 100),
    "what has no width keeps none",
  );
});

test("a turned shape is resized along its sides from a fixed corner", () => {
  const next = random(1);
  for (let n = 0; n < 200; n++) {
    const shape = rectangle({ rotation: next() * 6, x: next() * 1_000, y: next() * 1_000 });
    const around = boxAround([shape], nobody);
    assert.ok(around);
    const side = ["nw", "ne", "se", "sw"][n % 4] as Side;
    const [u, v] = SIDES[side];
    const still = placeOf(around, [1 - u, 1 - v]);
    const to = stretched(
      around.box,
      side,
      { x: u ? 200 + 100 * next() : 100 * next(), y: v ? 100 + 100 * next() : 50 * next() },
      plain,
    );
    const after = patched(shape, Object.fromEntries(resized([shape], around.box, to, nobody)).r);
    const then = boxAround([after], nobody);
    assert.ok(then);
    near(placeOf(then, [1 - u, 1 - v]), still, 0.05);
    assert.equal(after.rotation, shape.rotation);
  }
});

test("several shapes fill the new box as they filled the old one", () => {
  const shapes = [
    rectangle(),
    complete("ellipse", "e", { x: 400, y: 250, w: 100, h: 50 }),
    complete("stroke", "s", { x: 300, y: 120, points: [0, 0, 50, 60, 90, 10] }),
  ];
  const around = boxAround(shapes, nobody);
  assert.ok(around);
  assert.deepEqual(around.box, box(100, 100, 500, 300));
  const patches = resized(shapes, around.box, box(100, 100, 900, 200), nobody);
  const [r, e, s] = shapes.map((shape) => onBoard(patched(shape, patches.get(shape.id) as object)));
  assert.deepEqual(r, box(100, 100, 500, 150));
  assert.deepEqual(e, box(700, 175, 900, 200));
  assert.deepEqual(s, box(500, 110, 680, 140));
});

test("turned shapes among several keep their ratio and places", () => {
  const shapes = [rectangle({ rotation: 0.5 }), rectangle({ id: "q", x: 500, y: 300 })].map((shape, i) => ({
    ...shape,
    id: i ? "q" : "r",
  }));
  assert.deepEqual(handlesOf(shapes), ["nw", "ne", "se", "sw"]);
  const around = boxAround(shapes, nobody);
  assert.ok(around);
  const to = stretched(
    around.box,
    "se",
    { x: around.box.right * 2, y: around.box.bottom },
    { ratio: true, centred: false, flips: false },
  );
  const scale = (to.right - to.left) / (around.box.right - around.box.left);
  const patches = resized(shapes, around.box, to, nobody);
  for (const shape of shapes) {
    const after = patched(shape, patches.get(shape.id) as object);
    const [before, now] = [centreOf(shape), centreOf(after)];
    near(
      now,
      { x: to.left + (before.x - around.box.left) * scale, y: to.top + (before.y - around.box.top) * scale },
      0.1,
    );
    assert.ok("w" in after && "w" in shape && Math.abs(after.w - shape.w * scale) < 0.02);
  }
});

test("boxes have eight handles, text six, lines none", () => {
  assert.equal(handlesOf([rectangle()]).length, 8);
  assert.deepEqual(handlesOf([complete("text", "t", { text: "a" })]), ["nw", "ne", "se", "sw", "e", "w"]);
  assert.deepEqual(handlesOf([complete("arrow", "a")]), []);
  assert.equal(handlesOf([complete("arrow", "a"), rectangle()]).length, 8);
});

test("shapes turn about the middle, which stays, and a full turn comes back", () => {
  const next = random(7);
  for (let n = 0; n < 100; n++) {
    const shape = rectangle({ rotation: normal(next() * 6 - 3), x: next() * 1_000, y: next() * 1_000 });
    const centre = centreOf(shape);
    const after = patched(shape, Object.fromEntries(turned([shape], centre, next() * 20 - 10, nobody)).r);
    near(centreOf(after), centre, 0.05);
    assert.ok(Math.abs(after.rotation) <= Math.PI + 1e-9);
    const round = Object.fromEntries(turned([shape], centre, 2 * Math.PI, nobody)).r;
    near({ x: round.x ?? NaN, y: round.y ?? NaN }, shape);
    assert.ok(Math.abs((round.rotation ?? NaN) - shape.rotation) < 1e-9);
  }
});

test("an arrow moved alone keeps its look, and moved along stays bound", () => {
  const one = rectangle();
  const arrow = complete("arrow", "a", { x: 0, y: 0, points: [0, 0, 600, 150], from: { id: "r", at: [0.5, 0.5] } });
  const find = (id: string) => (id === "r" ? one : undefined);
  assert.deepEqual(loosened(arrow, new Set(["a", "r"]), find), {});
  assert.deepEqual(loosened(one, new Set(["r"]), find), {});
  const alone = moved([arrow], 10, 20, find).get("a");
  assert.ok(alone && "points" in alone && alone.points);
  assert.deepEqual([alone.x, alone.y, "from" in alone && alone.from], [10, 20, null]);
  assert.ok(alone.points[0] > 300 && alone.points[0] < 310, "it began at the rectangle's right side");
  assert.deepEqual(moved([arrow, one], 10, 20, find).get("a"), { x: 10, y: 20 });
});

test("a box snaps to a neighbour's line or the dots, on each axis", () => {
  const neighbour = box(0, 0, 100, 100);
  const snap = snapped(box(105, 303, 155, 333), [neighbour], 8, true);
  assert.equal(snap.dx, -5);
  assert.equal(snap.dy, 2, "no neighbour is near: the middle goes to the dots at 320");
});

test("nothing farther than the reach pulls", () => {
  assert.deepEqual(snapped(box(10, 10, 20, 20), [box(100, 100, 200, 200)], 4, false), { dx: 0, dy: 0, guides: [] });
});

test("a guide spans both boxes", () => {
  const { guides } = snapped(box(103, 300, 153, 333), [box(0, 0, 100, 100)], 8, false);
  assert.deepEqual(guides, [{ axis: "x", at: 100, from: 0, to: 333 }]);
});

test("corners are hit before sides, and small boxes keep a middle", () => {
  const around = { x: 0, y: 0, rotation: 0, box: box(0, 0, 200, 100) };
  const all = handlesOf([rectangle()]);
  assert.equal(handleAt(around, all, 205, 104, 12), "se");
  assert.equal(handleAt(around, all, 202, 30, 12), "e");
  assert.equal(handleAt(around, all, 100, -5, 12), "n");
  assert.equal(handleAt(around, all, 100, -8, 12), null, "sides from half as far");
  assert.equal(handleAt(around, all, 100, 50, 12), null);
  assert.equal(handleAt(around, all, 230, 50, 12), null);
  const small = { ...around, box: box(0, 0, 16, 16) };
  assert.equal(handleAt(small, all, 8, 8, 12), null);
  assert.equal(handleAt(small, all, 20, 20, 12), "se");
  const turnedBox = { ...around, rotation: Math.PI / 2 };
  assert.equal(handleAt(turnedBox, all, -100, 200, 12), "se");
});

test("cursors turn with the box", () => {
  assert.equal(cursorOf("n", 0), "ns-resize");
  assert.equal(cursorOf("se", 0), "nwse-resize");
  assert.equal(cursorOf("ne", 0), "nesw-resize");
  assert.equal(cursorOf("n", Math.PI / 2), "ew-resize");
  assert.equal(cursorOf("n", -3 * Math.PI), "ns-resize");
});

test("a marquee touches lines and filled bodies, and no empty space", () => {
  const within = box(150, 130, 160, 140);
  assert.equal(touches(rectangle(), within, nobody), false);
  assert.equal(touches(rectangle({ fill: "tint" }), within, nobody), true);
  assert.equal(touches(rectangle(), box(90, 90, 110, 110), nobody), true);
  assert.equal(touches(rectangle(), box(0, 0, 500, 500), nobody), true);
  const slant = complete("line", "l", { points: [0, 0, 100, 100] });
  assert.equal(touches(slant, box(60, 10, 90, 40), nobody), false);
  assert.equal(touches(slant, box(40, 30, 60, 60), nobody), true);
  const frame = complete("frame", "f", { w: 100, h: 100 });
  assert.equal(touches(frame, box(50, 50, 150, 150), nobody), false, "a frame is selected from outside");
  assert.equal(touches(frame, box(-1, -1, 150, 150), nobody), true);
  assert.equal(inside(box(1, 1, 2, 2), box(0, 0, 3, 3)), true);
});

test("an arrow binds to the topmost body, or a frame's line, but no ink", () => {
  /** @param all bottom to top */
  const board = (...all: Shape[]) => ({
    near: (area: Box) =>
      all.filter(
        (shape) =>
          onBoard(shape).left <= area.right &&
          onBoard(shape).right >= area.left &&
          onBoard(shape).top <= area.bottom &&
          onBoard(shape).bottom >= area.top,
      ),
    sorted: (ids: Iterable<string>) => all.map(({ id }) => id).filter((id) => new Set(ids).has(id)),
    find: nobody,
  });
  const under = rectangle();
  const note = complete("note", "n", { x: 150, y: 80 });
  const frame = complete("frame", "f", { w: 1_000, h: 1_000 });
  assert.deepEqual(bindingAt(board(frame, under, note), 120, 175, 8), { id: "r", at: [0.1, 0.75] });
  assert.equal(bindingAt(board(frame, under, note), 170, 120, 8)?.id, "n");
  assert.equal(bindingAt(board(frame, under, note), 170, 120, 8, "n")?.id, "r");
  assert.deepEqual(bindingAt(board(under), 203, 148, 8)?.at, [0.5, 0.5], "near the middle it is the middle");
  assert.deepEqual(bindingAt(board(under), 305, 175, 8)?.at, [1, 0.75], "a little outside is at the side");
  assert.equal(bindingAt(board(frame), 500, 500, 8), null);
  assert.equal(bindingAt(board(frame), 3, 500, 8)?.id, "f");
  assert.equal(
    bindingAt(
      board(complete("stroke", "s", { points: [0, 0, 9, 9] }), complete("line", "l", { points: [0, 0, 9, 9] })),
      5,
      5,
      8,
    ),
    null,
  );
});
