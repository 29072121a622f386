import assert from "node:assert/strict";
import { test } from "node:test";
import { bindingAt } from "../../../browser/kinds/binding.ts";
import { figures, moreFigures } from "../../../browser/kinds/declared.ts";
import { complete } from "../../../browser/kinds/defaults.ts";
import { fitted } from "../../../browser/kinds/fitting.ts";
import { touches } from "../../../browser/kinds/hits.ts";
import { kindOf } from "../../../browser/kinds/index.ts";
import { sides } from "../../../browser/kinds/sides.ts";
import type { Figure } from "../../../browser/types/shape.ts";

const nobody = () => undefined;

function figure(kind: Figure["kind"], more: object = {}): Figure {
  return complete(kind, "f", { w: 100, h: 100, ...more }) as Figure;
}

function away(kind: Figure["kind"], more: object, x: number, y: number) {
  const shape = figure(kind, more);
  return Math.round(kindOf(shape).distance(shape, x, y, nobody) * 100) / 100;
}

test("a figure is near at its outline, and in its body once that is filled", () => {
  for (const kind of moreFigures) {
    const [left, top, right, bottom] = figures[kind].label.map((part) => 100 * part);
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    assert.ok(away(kind, {}, x, y) > 5, kind);
    assert.equal(away(kind, { fill: "tint" }, x, y), 0, kind);
  }
});

test("the notch of a star is no part of it, filled or not", () => {
  assert.ok(away("star", { fill: "solid" }, 50, 98) > 5);
  assert.ok(away("star", { fill: "solid" }, 15, 15) > 5);
  assert.equal(away("star", {}, 50, 0), 0);
  assert.equal(away("triangle", {}, 50, 102), 0);
  assert.equal(away("triangle", {}, 50, 112), 10);
});

test("a marquee in the notch of a star touches nothing", () => {
  const star = figure("star", { fill: "solid" });
  assert.equal(touches(star, { left: 45, top: 90, right: 55, bottom: 99 }, nobody), false);
  assert.equal(touches(star, { left: 45, top: 40, right: 55, bottom: 50 }, nobody), true);
});

test("arrows bind to every figure, and not beside it", () => {
  for (const kind of moreFigures) {
    const shape = figure(kind);
    const around = { near: () => [shape], sorted: (ids: Iterable<string>) => [...ids], find: nobody };
    assert.equal(bindingAt(around, 50, 55, 4)?.id, "f", kind);
    assert.equal(bindingAt(around, 120, 55, 4), null, kind);
  }
});

test("a figure grows with its words until they lie in it", () => {
  for (const kind of moreFigures) {
    const { h = 0 } = fitted(figure(kind), { text: "Some words that need more room than this" }) as { h?: number };
    assert.ok(h > 100, kind);
    const shape = figure(kind, { h, text: "Some words that need more room than this" });
    const label = kindOf(shape).label?.(shape, nobody);
    // A long word reaches to straight sides, and then its lines may be above or below the label's box.
    const [, top, , bottom] = sides(kind).length ? [0, 0, 1, 1] : figures[kind].label;
    assert.ok(label && label.box.top >= top * h && label.box.bottom <= bottom * h, kind);
  }
});
