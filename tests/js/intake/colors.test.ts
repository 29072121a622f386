// Two colours collapsed into one: line and fill of what comes from Excalidraw, and labels that stand out on any fill.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sound } from "../../../browser/intake/clipping.ts";
import { elements, shapes } from "../../../browser/intake/excalidraw.ts";
import { labelLook } from "../../../browser/kinds/contrast.ts";
import { complete, lean } from "../../../browser/kinds/defaults.ts";
import { svg } from "../../../browser/kinds/index.ts";

const INK = "#1e1e1e";

function imported(fields: object) {
  const element = {
    id: "e",
    type: "rectangle",
    x: 0,
    y: 0,
    width: 90,
    height: 60,
    strokeColor: INK,
    backgroundColor: "transparent",
    fillStyle: "solid",
    ...fields,
  };
  const [shape] = shapes(elements(JSON.stringify({ type: "excalidraw", elements: [element] })) ?? []);
  const { color, fill, fillColor } = shape as any;
  return fill === undefined ? color : [color, fill, fillColor];
}

test("a dark outline and a white fill stay so", () => {
  assert.deepEqual(imported({ backgroundColor: "#ffffff" }), [INK, "solid", "#ffffff"]);
  assert.deepEqual(imported({ backgroundColor: "white", type: "ellipse" }), [INK, "solid", "#ffffff"]);
  assert.deepEqual(imported({ backgroundColor: "#FFF", type: "diamond" }), [INK, "solid", "#ffffff"]);
  assert.deepEqual(imported({ backgroundColor: "#a5d8ff", strokeColor: "#1971c2" }), ["#1971c2", "solid", "#a5d8ff"]);
});

test("shapes on a solid fill keep their colour, others follow the theme", () => {
  const box = {
    id: "b",
    type: "rectangle",
    x: 0,
    y: 0,
    width: 90,
    height: 60,
    strokeColor: INK,
    backgroundColor: "#ffffff",
    fillStyle: "solid",
  };
  const text = { id: "t", type: "text", x: 10, y: 10, width: 40, height: 25, text: "Hi", strokeColor: INK };
  const line = {
    id: "l",
    type: "line",
    x: 80,
    y: 50,
    points: [
      [0, 0],
      [-60, -20],
    ],
    strokeColor: INK,
  };
  const all = [box, text, line, { ...text, id: "beside", x: 200 }];
  assert.deepEqual(
    shapes(elements(JSON.stringify({ type: "excalidraw", elements: all })) ?? []).map(({ color }) => color),
    [INK, INK, INK, "black"],
  );
});

test("a hatched fill becomes a tint of its own colour", () => {
  assert.deepEqual(imported({ backgroundColor: "#a5d8ff", fillStyle: "hachure" }), ["black", "tint", "blue"]);
  assert.deepEqual(imported({ backgroundColor: "#ffc9c9", strokeColor: "#e03131", fillStyle: "cross-hatch" }), [
    "red",
    "tint",
    "",
  ]);
});

test("a box without a fill, or without a line, has one colour", () => {
  assert.deepEqual(imported({}), ["black", "none", ""]);
  assert.deepEqual(imported({ backgroundColor: "#ffffff00" }), ["black", "none", ""]);
  assert.deepEqual(imported({ strokeColor: "transparent", backgroundColor: "#228be6" }), ["blue", "solid", ""]);
});

test("what has no body keeps the colour of its line", () => {
  const points = [
    [0, 0],
    [9, 9],
  ];
  assert.equal(imported({ type: "line", points, backgroundColor: "#ffffff" }), "black");
  assert.equal(imported({ type: "freedraw", points, backgroundColor: "#ffc9c9", fillStyle: "hachure" }), "black");
  assert.equal(imported({ type: "text", text: "Hi", backgroundColor: "#ffffff" }), "black");
});

test("a fill's colour goes over the clipboard, and only a sound one", () => {
  const box = { ...complete("rectangle", "a", { w: 9, h: 9 }), fillColor: "#ffffff" };
  assert.deepEqual(sound(box), box);
  for (const fillColor of ["mauve", "#fff", null, 5, ["red"]])
    assert.equal((sound({ ...box, fillColor }) as any).fillColor, "");
  assert.equal("fillColor" in lean({ ...box, fillColor: "" }), false);
});

test("a label has the line's colour if readable, else black or white", () => {
  const look = (fields: object) => labelLook(complete("rectangle", "a", { text: "Hi", fill: "solid", ...fields }));
  assert.equal(look({ color: INK, fillColor: "#ffffff" }), "");
  assert.equal(look({ color: "#ffffff", fillColor: INK }), "");
  assert.equal(look({ color: "black", fillColor: "#ffffff" }), "night-dark");
  assert.equal(look({ color: "#ffffff", fillColor: "#a5d8ff" }), "day-dark night-dark");
  assert.equal(look({ color: "blue", fillColor: "#101010" }), "day-light");
  assert.equal(look({ color: "#ffffff" }), "day-dark night-dark");
  assert.equal(look({ color: "blue" }), "paper");
  assert.equal(look({ color: "blue", fill: "tint" }), "label");
  assert.equal(look({ color: "blue", fill: "none", fillColor: "red" }), "");
});

test("a box that was stored without a fill's colour is drawn as ever", () => {
  const box = complete("rectangle", "a", { w: 9, h: 9, fill: "solid", color: "red" });
  const { fillColor: _, ...old } = box as any;
  const drawn = (shape: any) => svg(shape, () => undefined).replace(/ data-shape='[^']*'/, "");
  assert.equal(
    drawn(old),
    '<g id="a" class="red"><rect x="0" y="0" width="180" height="180" rx="90" fill="currentColor" stroke="currentColor" stroke-width="80"/></g>',
  );
  assert.equal(drawn(old), drawn(box));
});
