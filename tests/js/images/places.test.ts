import assert from "node:assert/strict";
import { test } from "node:test";
import { places } from "../../../browser/images/places.ts";

const VIEW = { left: 0, top: 0, right: 1280, bottom: 800 };

test("a small picture is put in the middle as large as it is", () => {
  assert.deepEqual(places([{ width: 100, height: 50 }], 640, 400, VIEW), [{ x: 590, y: 375, w: 100, h: 50 }]);
});

test("a large picture keeps its ratio and its limits in the window", () => {
  const [wide] = places([{ width: 4000, height: 1000 }], 0, 0, VIEW);
  assert.deepEqual([wide.w, wide.h], [768, 192]);
  const [far] = places([{ width: 4000, height: 1000 }], 0, 0, { left: 0, top: 0, right: 12_800, bottom: 8_000 });
  assert.deepEqual([far.w, far.h], [800, 200]);
});

test("pictures that arrive together lie apart around one place", () => {
  for (let count = 2; count <= 12; count++) {
    const sizes = Array.from({ length: count }, (_, i) => ({ width: 300 + 137 * i, height: 900 - 60 * i }));
    const boxes = places(sizes, 640, 400, VIEW);
    for (const [i, a] of boxes.entries()) {
      assert.ok(Math.abs(a.w / a.h - sizes[i].width / sizes[i].height) < 0.02);
      assert.ok(a.x > -120 && a.y > -120 && a.x + a.w < 1400 && a.y + a.h < 920);
      for (const b of boxes.slice(i + 1)) {
        assert.ok(a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y);
      }
    }
  }
});

test("one that is nearly nothing is still there", () => {
  const [line] = places([{ width: 10_000, height: 1 }], 0, 0, VIEW);
  assert.ok(line.h >= 1);
});
