import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { nameOf } from "../../../browser/kinds/names.ts";
import { inReadingOrder } from "../../../browser/kinds/reading.ts";

// The same fixture as tests/unit/test_outline.py.
const { names, orders } = JSON.parse(readFileSync(new URL("../../fixtures/outline.json", import.meta.url), "utf8"));

for (const [shape, name] of names)
  test(`a ${shape.kind} is called ${name.slice(0, 30)}`, () => assert.equal(nameOf(shape), name));

for (const [i, { boxes, read }] of orders.entries()) {
  test(`shapes are read row by row (${i})`, () => {
    const things = boxes.map(([left, top, right, bottom]: number[], index: number) => ({
      index,
      box: { left, top, right, bottom },
    }));
    assert.deepEqual(
      inReadingOrder(things).map((thing) => (thing as any).index),
      read,
    );
  });
}
