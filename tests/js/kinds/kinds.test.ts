import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { source } from "../../../browser/kinds/image.ts";
import { boardBox, kindOf, svg, toBoard, toLocal } from "../../../browser/kinds/index.ts";
import { readStroke } from "../../../browser/kinds/stroke.ts";
import type { Box, Shape } from "../../../browser/types/shape.ts";

const rows: { shape: Shape; svg: string }[] = JSON.parse(
  readFileSync(new URL("../../fixtures/shapes.json", import.meta.url), "utf8"),
);
const shapes = new Map(rows.map(({ shape }) => [shape.id, shape]));
const find = (id: string) => shapes.get(id);
source.images = "/boards/b1/images/";

/** The markup without `data-shape`, whose numbers may be written differently, and what that says. */
function parted(markup: string) {
  const [whole, data] = markup.match(/ data-shape='([^']*)'/) ?? ["", null];
  const json = data?.replace(
    /&(amp|lt|gt|#39);/g,
    (_, name) => ({ amp: "&", lt: "<", gt: ">", "#39": "'" })[name] ?? "",
  );
  return { markup: markup.replace(whole, ""), data: json ? JSON.parse(json) : null };
}

function near(box: Box, expected: Box, error: number, id: string) {
  for (const side of ["left", "top", "right", "bottom"] as const) {
    assert.ok(Math.abs(box[side] - expected[side]) <= error, `${id}: ${side} ${box[side]} is not ${expected[side]}`);
  }
}

test("every shape of the fixture is drawn as the server draws it", () => {
  assert.ok(rows.length > 300);
  for (const row of rows) assert.deepEqual(parted(svg(row.shape, find)), parted(row.svg), row.shape.id);
});

test("a plain stroke can be read from its path", () => {
  for (const { shape, svg: markup } of rows) {
    if (shape.kind !== "stroke" || shape.pressures.length) continue;
    const attributes = new Map([...markup.matchAll(/ ([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
    const element = {
      id: attributes.get("id"),
      getAttribute: (name: string) => attributes.get(name) ?? null,
      hasAttribute: (name: string) => attributes.has(name),
    } as unknown as Element;
    const read = readStroke(element);
    for (const axis of ["x", "y"] as const) {
      assert.ok(Math.abs(read[axis] - shape[axis]) < 0.03, `${shape.id}: ${axis} is ${read[axis]}, not ${shape[axis]}`);
    }
    assert.ok(Math.abs(read.rotation - (shape.rotation % (2 * Math.PI))) < 1e-4);
    assert.deepEqual({ ...read, x: shape.x, y: shape.y, rotation: shape.rotation }, shape);
  }
});

test("a place is the same after a turn there and back", () => {
  for (const { shape } of rows) {
    const place = toLocal(shape, ...Object.values(toBoard(shape, 123.4, -56.7)));
    assert.ok(Math.hypot(place.x - 123.4, place.y + 56.7) < 1e-6);
  }
});

test("the box on the board holds the turned box", () => {
  for (const { shape } of rows) {
    const { left, top, right, bottom } = kindOf(shape).box(shape, find);
    const around = boardBox(shape, find);
    for (const [x, y] of [
      [left, top],
      [right, top],
      [right, bottom],
      [left, bottom],
    ]) {
      const place = toBoard(shape, x, y);
      assert.ok(place.x >= around.left - 1e-6 && place.x <= around.right + 1e-6, shape.id);
      assert.ok(place.y >= around.top - 1e-6 && place.y <= around.bottom + 1e-6, shape.id);
    }
  }
});

test("a resize brings one box to another, where the shape stands", () => {
  for (const { shape } of rows) {
    const kind = kindOf(shape);
    if (shape.kind === "text" || ("from" in shape && (shape.from || shape.to)) || ("curved" in shape && shape.curved))
      continue;
    const from = kind.box(shape, find);
    const to = {
      left: from.left - 10,
      top: from.top + 20,
      right: from.left + (from.right - from.left) * 1.5,
      bottom: from.bottom + 200,
    };
    // A side without length only moves; a note is never lower than its text, which takes less height on a wider sheet.
    if (from.right === from.left) to.right = to.left;
    if (from.bottom === from.top) to.bottom = to.top;
    const resized = { ...shape, ...kind.resize(shape, from, to) } as Shape;
    const box = kind.box(resized, find);
    const [corner, wanted] = [toBoard(resized, box.left, box.top), toBoard(shape, to.left, to.top)];
    const points = "points" in shape ? 0.2 : 0.06;
    assert.ok(Math.hypot(corner.x - wanted.x, corner.y - wanted.y) < points, shape.id);
    near(
      { left: 0, top: 0, right: box.right - box.left, bottom: box.bottom - box.top },
      { left: 0, top: 0, right: to.right - to.left, bottom: to.bottom - to.top },
      points,
      shape.id,
    );
  }
});

test("a higher box enlarges text, and a wider one breaks other lines", () => {
  const shape = { ...find("text-plain"), text: "One two", size: 20 } as Extract<Shape, { kind: "text" }>;
  const kind = kindOf(shape);
  const from = kind.box(shape, find);
  const doubled = kind.resize(shape, from, { ...from, right: 2 * from.right, bottom: 2 * from.bottom });
  assert.deepEqual(doubled, { x: 0, y: 0, size: 40, w: 0 });
  assert.deepEqual(kind.resize(shape, from, { ...from, right: 50 }), { x: 0, y: 0, w: 50 });
  assert.equal(kind.box({ ...shape, w: 50 }, find).bottom, 2 * from.bottom);
});

test("what is flipped has its points flipped", () => {
  const shape = find("line-plain") as Extract<Shape, { kind: "line" }>;
  const kind = kindOf(shape);
  assert.deepEqual(
    kind.resize(shape, { left: 0, top: 0, right: 100, bottom: 50 }, { left: 100, top: 0, right: 0, bottom: 50 }),
    {
      x: 100,
      y: 0,
      points: [0, 0, -100, 50],
    },
  );
});

test("only ink, and what is filled or has words, is near", () => {
  const away = (kind: string, more: object, x: number, y: number) => {
    const shape = { ...find(`${kind}-plain`), ...more } as Shape;
    return Math.round(kindOf(shape).distance(shape, x, y, find) * 100) / 100;
  };
  assert.equal(away("rectangle", { radius: 0 }, 80, 50), 48);
  assert.equal(away("rectangle", { radius: 0 }, 80, 1), 0);
  assert.equal(away("rectangle", { radius: 0 }, -12, 50), 10);
  assert.equal(away("rectangle", { radius: 50 }, 0, 0), Math.round((50 * Math.SQRT2 - 52) * 100) / 100);
  assert.equal(away("rectangle", { fill: "tint" }, 80, 50), 0);
  assert.equal(away("ellipse", {}, 80, 50), 48);
  assert.equal(away("ellipse", { fill: "solid" }, 1, 1), 22.2);
  assert.equal(away("diamond", {}, 0, 0), Math.round((8000 / Math.hypot(160, 100) - 2) * 100) / 100);
  assert.equal(away("diamond", { text: "Yes" }, 80, 50), 0);
  assert.equal(away("line", { points: [0, 0, 100, 0] }, 50, 10), 8);
  assert.equal(away("line", { points: [0, 0, 50, 50, 100, 0], curved: true }, 50, 49), 0);
  assert.equal(away("stroke", { points: [0, 0, 100, 0] }, 50, 10), 8);
  assert.equal(away("note", {}, 100, 100), 0);
  assert.equal(away("note", {}, 210, 100), 10);
  assert.equal(away("text", {}, 5, 5), 0);
  assert.equal(away("image", {}, 5, 5), 0);
  assert.equal(away("frame", {}, 200, 150), 149.25);
  assert.equal(away("frame", { text: "Title" }, 5, -10), 0);
});

test("an arrow ends a little outside of what it is bound to", () => {
  const box = { ...find("rectangle-plain"), id: "box", x: 200, y: 0, w: 100, h: 100 } as Shape;
  const arrow = { ...find("arrow-plain"), points: [0, 50, 1, 1], to: { id: "box", at: [0.5, 0.5] } } as Shape;
  const at = (id: string) => (id === "box" ? box : undefined);
  // 4 px, and half of both lines' widths.
  near(kindOf(arrow).box(arrow, at), { left: 0, top: 50, right: 192, bottom: 50 }, 1e-6, "bound");
  near(
    kindOf(arrow).box(arrow, () => undefined),
    { left: 0, top: 1, right: 1, bottom: 50 },
    1e-6,
    "unbound",
  );
});
