import assert from "node:assert/strict";
import { test } from "node:test";
import { sound, spelled, unwrap, wrap } from "../../../browser/intake/clipping.ts";
import { elements, shapes } from "../../../browser/intake/excalidraw.ts";
import { files } from "../../../browser/intake/excalidraw-pictures.ts";
import { complete } from "../../../browser/kinds/defaults.ts";

const note = complete("note", "n", { text: '</div><script>alert(1)</script> & "more"', color: "blue" });
const stroke = complete("stroke", "s", { points: [0, 0, 10, 5], width: 8 });

test("shapes survive the way over a clipboard, whatever their text", () => {
  assert.deepEqual(unwrap(wrap([note, stroke], "board")), { board: "board", shapes: [note, stroke] });
  assert.doesNotMatch(wrap([note], "board"), /script>/);
});

test("what the browser puts around it does no harm", () => {
  const html = `<html><body>\n<!--StartFragment-->${wrap([note], "b").replace("data-easel", 'data-easel=""')}<!--EndFragment-->\n</body></html>`;
  assert.deepEqual(unwrap(html)?.shapes, [note]);
});

test("another program's HTML is not ours", () => {
  for (const html of ["", "<p>text</p>", "<div data-easel>{broken</div>", "<div data-easel>null</div>"])
    assert.equal(unwrap(html), null);
});

test("only what is sound is taken from a clipboard", () => {
  assert.equal(sound({ id: "a", kind: "spiral" }), null);
  assert.equal(sound({ id: "a b", kind: "note" }), null);
  assert.equal(sound({ id: "a", kind: "stroke" }), null, "no points");
  assert.equal(sound({ id: "a", kind: "image", file: "../x" }), null);
  const kept = sound({
    id: "a",
    kind: "rectangle",
    x: NaN,
    w: 10,
    color: 'red" onload="x',
    text: "a\u0000b",
    width: 1e9,
    dash: "dashed",
    extra: 1,
    from: { id: "x" },
  }) as any;
  assert.deepEqual(kept, complete("rectangle", "a", { w: 10, text: "ab", dash: "dashed" }));
  for (const bad of [{ id: ["a"] }, { points: [1, 2] }, { points: [0, 0, 5] }, { points: [0, 0, 2e6, 0] }]) {
    assert.equal(sound({ id: "a", kind: "line", points: [0, 0, 5, 5], ...bad }), null, JSON.stringify(bad));
  }
  const image = sound({
    id: "a",
    kind: "image",
    file: "f",
    color: ["red"],
    group: ["g"],
    crop: [0.5, 0, 0.5, 1],
    alt: "x".repeat(2_000),
  }) as any;
  assert.deepEqual([image.color, image.group, image.crop, image.alt.length], ["black", "", null, 1_000]);
});

test("texts come as the server takes them, no longer than it does", () => {
  for (const [kind, most] of [
    ["note", 5_000],
    ["frame", 200],
  ] as const) {
    const { text } = sound({ id: "a", kind, text: `a\u2028b\ud800c\ufffe\r\n\t${"😀".repeat(5_000)}` }) as any;
    assert.match(text, /^a\nbc\n\t(😀)+$/u);
    assert.ok(text.length <= most);
  }
});

test("a text that is pasted elsewhere reads as the shapes' texts", () => {
  assert.equal(
    spelled([complete("text", "a", { text: "One" }), stroke, complete("note", "b", { text: "Two" })]),
    "One\n\nTwo",
  );
});

// What Excalidraw puts on the clipboard, shortened to what matters.
const base = {
  angle: 0,
  strokeColor: "#1e1e1e",
  backgroundColor: "transparent",
  fillStyle: "solid",
  strokeWidth: 2,
  strokeStyle: "solid",
  opacity: 100,
  groupIds: [],
  roundness: null,
  isDeleted: false,
  locked: false,
};
const clip = (...all: object[]) =>
  JSON.stringify({
    type: "excalidraw/clipboard",
    elements: all.map((element) => ({ ...base, ...element })),
    files: {},
  });
const converted = (...all: object[]) => shapes(elements(clip(...all)) ?? []) as any[];

test("Excalidraw's clipboard and its files are known, other texts are not", () => {
  assert.equal(elements(clip({ id: "r", type: "rectangle" }))?.length, 1);
  assert.equal(
    elements(JSON.stringify({ type: "excalidraw", version: 2, elements: [{ id: "a", type: "line", isDeleted: true }] }))
      ?.length,
    0,
  );
  for (const text of ["", "hello", '{"type":"excalidraw"', '{"type":"other","elements":[]}', "[1]"])
    assert.equal(elements(text), null);
});

test("a box keeps its look, and its label becomes its text", () => {
  const [box, ...rest] = converted(
    {
      id: "r",
      type: "rectangle",
      x: 10,
      y: 20,
      width: 100,
      height: 50,
      strokeColor: "#e03131",
      backgroundColor: "#ffc9c9",
      fillStyle: "hachure",
      strokeStyle: "dashed",
      opacity: 50,
      roundness: { type: 3 },
    },
    {
      id: "t",
      type: "text",
      x: 40,
      y: 35,
      width: 40,
      height: 25,
      text: "Hi",
      originalText: "Hi",
      fontSize: 20,
      textAlign: "center",
      containerId: "r",
    },
  );
  assert.equal(rest.length, 0);
  const { id: _, ...fields } = box;
  const { id: __, ...wanted } = complete("rectangle", "", {
    x: 10,
    y: 20,
    w: 100,
    h: 50,
    color: "red",
    fill: "tint",
    dash: "dashed",
    opacity: 0.5,
    radius: 12,
    width: 2,
    text: "Hi",
    size: 20,
  });
  assert.deepEqual(fields, wanted);
});

test("what they turn about the middle stays where it was", () => {
  const [box] = converted({ id: "r", type: "rectangle", x: 0, y: 0, width: 100, height: 50, angle: Math.PI / 2 });
  assert.deepEqual([box.x, box.y, box.rotation], [75, -25, Math.PI / 2]);
});

test("an arrow is bound to the copies, with its heads", () => {
  const [box, arrow] = converted(
    { id: "r", type: "ellipse", x: 0, y: 0, width: 10, height: 10 },
    {
      id: "a",
      type: "arrow",
      x: 50,
      y: 50,
      width: 40,
      height: 30,
      points: [
        [0, 0],
        [40, 30.04],
      ],
      startArrowhead: null,
      endArrowhead: "triangle",
      startBinding: { elementId: "r", fixedPoint: [1.02, 0.5] },
      endBinding: { elementId: "gone" },
    },
  );
  assert.deepEqual(arrow.points, [0, 0, 40, 30]);
  assert.deepEqual([arrow.start, arrow.end], ["none", "triangle"]);
  assert.deepEqual(arrow.from, { id: box.id, at: [1, 0.5] });
  assert.equal(arrow.to, null);
});

test("freehand ink, text, frames and groups and pictures come along", () => {
  const found = converted(
    {
      id: "f",
      type: "freedraw",
      x: 1,
      y: 2,
      points: [
        [0, 0],
        [3.33, 4.44],
      ],
      strokeWidth: 2,
      groupIds: ["inner", "outer"],
    },
    {
      id: "t",
      type: "text",
      x: 5,
      y: 5,
      width: 90,
      height: 25,
      text: "a\u0007b",
      fontSize: 500,
      groupIds: ["outer"],
      autoResize: true,
    },
    { id: "m", type: "frame", x: 0, y: 0, width: 9, height: 9, name: null },
    {
      id: "i",
      type: "image",
      x: 0,
      y: 0,
      width: 9,
      height: 9,
      fileId: "abc",
      crop: { x: 9, y: 0, width: 9, height: 9, naturalWidth: 9, naturalHeight: 9 },
    },
  );
  assert.deepEqual(
    found.map(({ kind }) => kind),
    ["stroke", "text", "frame", "image"],
  );
  assert.deepEqual(found[0].points, [0, 0, 3.3, 4.4]);
  assert.deepEqual([found[1].text, found[1].size, found[1].w], ["ab", 400, 0]);
  assert.equal(found[2].text, "Frame");
  assert.deepEqual([found[3].file, found[3].crop, found[3].flip], ["abc", null, ""]);
  assert.ok(found[0].group && found[0].group === found[1].group);
});

test("a line of more points than we take is thinned, ends and all", () => {
  const points = Array.from({ length: 900 }, (_, i) => [i, 40 * Math.sin(i / 9)]);
  const [line] = converted({ id: "l", type: "line", x: 0, y: 0, width: 900, height: 80, points });
  assert.ok(line.points.length <= 200);
  assert.deepEqual(line.points.slice(0, 2), [0, 0]);
  assert.equal(line.points.at(-2), 899);
});

test("numbers that are none do no harm", () => {
  const [box] = converted({
    id: "r",
    type: "diamond",
    x: null,
    y: "1",
    width: Infinity,
    height: -5,
    opacity: -3,
    strokeWidth: 1000,
    strokeColor: "expression(1)",
  });
  assert.deepEqual([box.x, box.y, box.w, box.h, box.opacity, box.width, box.color], [0, 0, 0, 5, 0, 64, "black"]);
});

test("what objects have anyway is no colour and no head", () => {
  const [box, arrow] = converted(
    { id: "r", type: "rectangle", strokeColor: "constructor" },
    {
      id: "a",
      type: "arrow",
      points: [
        [0, 0],
        [9, 9],
      ],
      endArrowhead: "toString",
    },
  );
  assert.deepEqual([box.color, arrow.end], ["black", "arrow"]);
});

test("ink of more points than a function's arguments is thinned too", () => {
  const points = Array.from({ length: 200_000 }, (_, i) => [i, 0]);
  const [ink] = converted({ id: "f", type: "freedraw", points });
  assert.ok(ink.points.length <= 10_000);
});

test("the files in Excalidraw's clipboard are read where they are pictures", async () => {
  const found = files(
    JSON.stringify({
      files: {
        a: { dataURL: "data:image/png;base64,AAEC" },
        b: { dataURL: "https://example.org/x.png" },
        c: null,
        d: { dataURL: "data:image/png;base64,*" },
      },
    }),
  );
  assert.deepEqual([...found.keys()], ["a"]);
  assert.deepEqual([...new Uint8Array(await (found.get("a") as Blob).arrayBuffer())], [0, 1, 2]);
  assert.equal(files("{}").size, 0);
});
