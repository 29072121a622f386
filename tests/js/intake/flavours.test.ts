// Clipboard flavours tried in the wrong order: which one is meant, by what programs really put there.
import assert from "node:assert/strict";
import { test } from "node:test";
import lz from "lz-string";
import { wrap } from "../../../browser/intake/clipping.ts";
import type { Flavours } from "../../../browser/intake/flavours.ts";
import { meant } from "../../../browser/intake/flavours.ts";
import { complete } from "../../../browser/kinds/defaults.ts";

const file = (name: string, type = "image/png") => new File(["x"], name, { type });
const image = file("image.png");
const is = (flavours: Partial<Flavours>) => meant({ html: "", text: "", files: [], ...flavours }) as any;

const CELLS = "Name\tAge\r\nAna\t30\r\n";
const EXCEL =
  '<html xmlns:v="urn:schemas-microsoft-com:vml"><head><meta name=Generator content="Microsoft Excel 15"><style><!--table {mso-x:y}--></style></head><body><!--StartFragment--><table><tr><td>Name</td><td>Age</td></tr><tr><td>Ana</td><td>30</td></tr></table><!--EndFragment--></body></html>';
const CALC =
  '<!DOCTYPE html><html><head><meta name="generator" content="LibreOffice 24.2"/><style type="text/css">body { color: red }</style></head><body><table cellspacing="0"><tr><td>Name</td><td>Age</td></tr></table></body></html>';
const SHEETS =
  '<meta charset="utf-8"><google-sheets-html-origin><style type="text/css"><!--td {border: 1px}--></style><table><tbody><tr><td>Name</td><td>Age</td></tr></tbody></table>';
const WORD =
  '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><title>Doc</title><!--[if gte mso 9]><xml><o:x/></xml><![endif]--></head><body><!--StartFragment--><p class=MsoNormal>Dear Ana<o:p></o:p></p><!--EndFragment--></body></html>';
const WORD_PICTURE =
  '<html><head><style>p {margin:0}</style></head><body><p class=MsoNormal><!--[if gte vml 1]><v:shape id="p"/><![endif]--><![if !vml]><img width=10 src="file:///C:/Temp/clip_image001.png"><![endif]><o:p>&nbsp;</o:p></p></body></html>';
const DOCS =
  '<meta charset="utf-8"><b style="font-weight:normal" id="docs-internal-guid-1"><p dir="ltr"><span>Dear Ana</span></p></b>';
const CHROME_IMAGE = '<meta charset="utf-8"><img src="https://example.org/lake.png" alt="A lake"/>';

test("cells are text with their tabs, though a picture of them is there too", () => {
  for (const html of [EXCEL, CALC, SHEETS, ""]) {
    assert.deepEqual(is({ html, text: CELLS, files: [image] }), { take: "text", text: CELLS, table: true });
  }
});

test("a word processor's words are text, despite a picture of them", () => {
  for (const html of [WORD, DOCS])
    assert.deepEqual(is({ html, text: "Dear Ana", files: [image] }), { take: "text", text: "Dear Ana", table: false });
  assert.equal(is({ text: "Dear Ana", files: [image] }).take, "text");
  assert.deepEqual(is({ html: WORD, files: [image] }), { take: "text", text: "Dear Ana", table: false });
});

test("a lone picture is a picture, whatever is said of it", () => {
  const sets = [
    { files: [image] },
    { html: CHROME_IMAGE, files: [image] },
    { html: CHROME_IMAGE, text: "https://example.org/lake.png", files: [image] },
    { text: "https://example.org/lake.png", files: [image] },
    { html: WORD_PICTURE, text: " \r\n", files: [image] },
    { text: "lake.png\rhill.jpg", files: [file("lake.png"), file("hill.jpg")] },
    { text: "/home/ana/lake.png", files: [file("lake.png")] },
    { text: "file:///home/ana/lake%20two.png", files: [file("lake two.png")] },
  ];
  for (const set of sets) assert.deepEqual(is(set), { take: "files", files: set.files }, JSON.stringify(set));
});

test("a picture inside the HTML is taken, the address of one is named", async () => {
  const { take, files } = is({ html: '<img src="data:image/gif;base64,R0lGODlh">' });
  assert.deepEqual([take, files[0].type, await files[0].text()], ["files", "image/gif", "GIF89a"]);
  assert.match(is({ html: CHROME_IMAGE }).why, /address of a picture/);
});

test("our own shapes and Excalidraw's come before all else", () => {
  const html = wrap([complete("note", "n", { text: "Hi" })], "board");
  assert.equal(is({ html, text: "Hi", files: [image] }).take, "shapes");
  const text = JSON.stringify({ type: "excalidraw/clipboard", elements: [], files: {} });
  assert.equal(is({ html: "<p>x</p>", text, files: [image] }).take, "excalidraw");
  assert.equal(
    is({ text: JSON.stringify({ type: "excalidrawlib", version: 2, libraryItems: [] }, null, 2) }).take,
    "library",
  );
});

test("other programs' shapes are named, never pasted as code", () => {
  const tldraw = '{"type":"application/tldraw","kind":"content","data":{}}'; // nothing that can be read
  const sets = {
    tldraw: [
      { text: tldraw },
      { html: `<div data-tldraw>${tldraw}</div>` },
      { html: `<div data-tldraw="">N4Ig</div>`, text: " " },
      { text: '{"tldrawFileFormatVersion":1}' },
    ],
    Figma: [
      {
        html: '<meta charset="utf-8"><span data-metadata="<!--(figmeta)eyJ9(/figmeta)-->"></span><span data-buffer="<!--(figma)Zmln(/figma)-->"></span>',
      },
    ],
    Miro: [{ html: '<span data-meta="&lt;--(miro-data-v1)x--&gt;"></span>' }],
    "draw.io": [
      { text: "%3CmxGraphModel%3E%3Croot%3E" },
      { text: '<mxGraphModel dx="1"><root/></mxGraphModel>' },
      { text: '<mxfile host="x"></mxfile>' },
    ],
  };
  for (const [program, all] of Object.entries(sets)) {
    for (const set of all) {
      const { take, why } = is(set);
      assert.equal(take, "nothing", JSON.stringify(set));
      assert.ok(why.includes(program), why);
    }
  }
});

test("tldraw's clipboard is unpacked, in each of its versions", () => {
  const other = { shapes: [{ id: "shape:a", text: "a < b & </div>" }], rootShapeIds: ["shape:a"] };
  const about = { type: "application/tldraw", kind: "content" };
  const second = JSON.stringify({ ...about, version: 2, data: { assets: [], ...other } });
  const packed = { assets: [], otherCompressed: lz.compressToBase64(JSON.stringify(other)) };
  const third = JSON.stringify({ ...about, version: 3, data: packed });
  const escaped = second.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  for (const set of [
    { html: `<meta charset='utf-8'><div data-tldraw>${second}</div>` },
    { html: `<div data-tldraw="">${escaped}</div>`, text: "a < b" },
    { html: `<html><body><!--StartFragment--><div data-tldraw="">${third}</div><!--EndFragment--></body></html>` },
    { html: `<div data-tldraw>${lz.compressToBase64(second)}</div>`, text: " " },
    { text: `<div data-tldraw>${third}</div>` },
    { text: second },
  ]) {
    const { take, text } = is(set);
    assert.equal(take, "tldraw", JSON.stringify(set));
    assert.deepEqual(JSON.parse(text).data, { assets: [], ...other });
  }
});

test("their words and pictures are taken where they give them", () => {
  const html = '<div data-tldraw>{"type":"application/tldraw"}</div>';
  const { take, text, note } = is({ html, text: "Buy milk" });
  assert.deepEqual([take, text], ["text", "Buy milk"]);
  assert.match(note, /tldraw/);
  assert.equal(is({ html, files: [image] }).take, "files");
});

test("a text about them is a text", () => {
  for (const text of [
    "Paste application/tldraw here",
    "<svg> is an element",
    "[1] A footnote",
    '{"a": 1}',
    "<mxGraph> or not?",
  ])
    assert.equal(is({ text }).take, "text", text);
});

test("SVG code is a drawing also with a declaration and a comment", () => {
  for (const text of [
    '<?xml version="1.0"?>\n<!-- Made by hand -->\n<svg xmlns="x"><path/></svg>\n',
    '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x" [ <!ENTITY a "b"> ]><svg/>',
    "\ufeff <svg></svg>",
    '<svg:svg xmlns:svg="x"/>',
  ])
    assert.equal(is({ text }).take, "svg", text);
});

test("much JSON is named and not pasted", () => {
  const text = JSON.stringify(Array.from({ length: 2_000 }, (_, i) => ({ i })));
  assert.match(is({ text }).why, /JSON/);
  assert.equal(is({ text: `[${"word ".repeat(2_000)}` }).take, "text");
});

test("an empty clipboard is said to be empty", () => {
  assert.equal(is({}).take, "nothing");
  assert.match(is({ html: "<div> </div>" }).why, /nothing/);
});
