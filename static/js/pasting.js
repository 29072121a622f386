// @ts-check
// What becomes of what is pasted: shapes of ours or Excalidraw's, a drawing in SVG, or text.
import { isId, sound, unwrap } from "./clipping.js";
import { copies } from "./copies.js";
import { complete } from "./defaults.js";
import { elements, shapes as converted } from "./excalidraw.js";
import { files } from "./excalidraw-pictures.js";
import { union } from "./geometry.js";
import { newId } from "./identifiers.js";
import { original } from "./images/original.js";
import { boardBox } from "./kinds/index.js";
import { clean } from "./text/clean.js";

/** @import { Editor } from "./editor.js" */
/** @import { Box, Image, Shape } from "./types.js" */

/** Of one text shape; a longer text becomes several. */
const LONGEST = 5_000;

/** Wider text is broken into lines, in board px. */
const WIDEST = 600;

/** How far beside what it would cover exactly a copy lies, in screen px. */
const OFFSET = 16;

/**
 * @param {Editor} editor @param {string} here this board
 * @param {[number, number]} place where the middle goes @param {string} html @param {string} text
 */
export function paste(editor, here, place, html, text) {
  const ours = unwrap(html);
  if (!ours && /^\s*(<\?xml[^>]*>\s*)?<svg[\s>]/.test(text)) return void editor.pictures?.take([new File([text], "drawing.svg", { type: "image/svg+xml" })], ...place);
  const theirs = ours ? null : elements(text);
  const found = ours ? ours.shapes : theirs ? converted(theirs).flatMap((shape) => sound(shape) ?? []) : texts(text, editor);
  if (!found.length) return;
  const all = copies(found, ...way(editor, found, place));
  // A picture is a file of its own board.
  const foreign = all.filter((shape) => shape.kind === "image" && ours?.board !== here);
  const put = all.filter((shape) => !foreign.includes(shape));
  editor.commit({ put });
  editor.tool("select");
  editor.selection.set(put.map(({ id }) => id));
  if (!foreign.length) return;
  const pictures = /** @type {Image[]} */ (foreign.map((shape) => below(shape, all, put)));
  const within = theirs && files(text);
  void editor.pictures?.bring(pictures, async (file) => (within ? within.get(file) : isId(ours?.board) && (await original(ours.board, file))) || null);
}

/** So that its middle is there, and it covers nothing exactly. @param {Editor} editor @param {Shape[]} found @param {[number, number]} place @returns {[number, number]} */
function way({ shapes, camera }, found, [x, y]) {
  const byId = new Map(found.map((shape) => [shape.id, shape]));
  /** @type {Box | null} */
  let box = null;
  for (const shape of found) box = union(box, boardBox(shape, (id) => byId.get(id)));
  let dx = box ? Math.round(x - (box.left + box.right) / 2) : 0;
  let dy = box ? Math.round(y - (box.top + box.bottom) / 2) : 0;
  const [first] = found;
  const covers = () => shapes.near(around(first.x + dx, first.y + dy)).some((shape) => shape.kind === first.kind && shape.x === first.x + dx && shape.y === first.y + dy);
  const step = Math.max(1, Math.round(OFFSET / camera.zoom));
  for (; covers(); dx += step, dy += step);
  return [dx, dy];
}

/** @param {number} x @param {number} y @returns {Box} */
function around(x, y) {
  return { left: x - 1, top: y - 1, right: x + 1, bottom: y + 1 };
}

/** It comes later than the others, and goes below those that it was below. @template {Shape} S @param {S} shape @param {S[]} all @param {S[]} put @returns {S} */
function below(shape, all, put) {
  const next = all.slice(all.indexOf(shape)).find((other) => put.includes(other));
  return next ? { ...shape, z: { below: next.id } } : shape;
}

/** @param {string} text @param {Editor} editor @returns {Shape[]} */
function texts(text, editor) {
  const letters = [...clean(text).replace(/\t/g, "    ").trim()];
  /** @type {Shape[]} */
  const shapes = [];
  for (let from = 0, y = 0; from < letters.length; from += LONGEST) {
    const part = letters.slice(from, from + LONGEST).join("");
    const shape = complete("text", newId(), { ...editor.styleOf("text"), align: "left", y, text: part });
    const { right } = boardBox(shape, () => undefined);
    shapes.push(right > WIDEST ? { ...shape, w: WIDEST } : shape);
    y = boardBox(shapes[shapes.length - 1], () => undefined).bottom;
  }
  return shapes;
}
