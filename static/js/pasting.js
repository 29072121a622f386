// @ts-check
// What is pasted becomes shapes: ours or Excalidraw's as they are, text as text shapes.
import { isId, sound } from "./clipping.js";
import { copies } from "./copies.js";
import { complete } from "./defaults.js";
import { shapes as converted, unknown } from "./excalidraw.js";
import { files } from "./excalidraw-pictures.js";
import { union } from "./geometry.js";
import { newId } from "./identifiers.js";
import { original } from "./images/original.js";
import { arranged } from "./intake/library.js";
import { boardBox } from "./kinds/index.js";
import { clean } from "./text/clean.js";

/** @import { Editor } from "./editor.js" */
/** @import { Element } from "./excalidraw.js" */
/** @import { Box, Image, Shape } from "./types.js" */

/** Of one text shape; a longer text becomes several. */
const LONGEST = 5_000;

/** Wider text is broken into lines, in board px. */
const WIDEST = 600;

/** How far beside what it would cover exactly a copy lies, in screen px. */
const OFFSET = 16;

/** @typedef {[x: number, y: number]} Place where the middle goes */

const UNREADABLE = "you cannot read where it was copied from, here and now";
const MISSING = "the drawing does not hold it";

/** @param {Editor} editor @param {Place} place @param {Shape[]} shapes @param {string} board that they were copied from */
export function pasteShapes(editor, place, shapes, board) {
  const own = board === document.body.dataset.board;
  const read = async (/** @type {string} */ file) => (isId(board) && (await original(board, file))) || null;
  put(editor, place, shapes, own ? null : read, UNREADABLE);
}

/** @param {Editor} editor @param {Place} place @param {Element[]} elements @param {string} text that they were read from @returns {boolean} whether there was any shape */
export function pasteDrawing(editor, place, elements, text) {
  const shapes = converted(elements).flatMap((shape) => sound(shape) ?? []);
  const within = files(text);
  put(editor, place, shapes, async (file) => within.get(file) ?? null, MISSING);
  leftOut(editor, elements);
  return shapes.length > 0;
}

/** @param {Editor} editor @param {Place} place @param {Element[][]} items @returns {boolean} whether there was any shape */
export function pasteLibrary(editor, place, items) {
  const shapes = arranged(items);
  put(editor, place, shapes, async () => null, MISSING);
  leftOut(editor, items.flat());
  return shapes.length > 0;
}

/** @param {Editor} editor @param {Place} place @param {string} text @param {boolean} table whether its lines are to stay whole */
export function pasteText(editor, place, text, table) {
  put(editor, place, texts(text, editor, table), null, "");
}

/**
 * @param {Editor} editor @param {Place} place @param {Shape[]} found
 * @param {((file: string) => Promise<Blob | null>) | null} read gets a picture that is not a file of this board; null if all are @param {string} why there may be none
 */
function put(editor, place, found, read, why) {
  if (!found.length) return;
  const all = copies(found, ...way(editor, found, place));
  // A picture is a file of its own board.
  const foreign = all.filter((shape) => shape.kind === "image" && read);
  const own = all.filter((shape) => !foreign.includes(shape));
  editor.commit({ put: own });
  editor.tool("select");
  editor.selection.set(own.map(({ id }) => id));
  if (!foreign.length || !read) return;
  const pictures = /** @type {Image[]} */ (foreign.map((shape) => below(shape, all, own)));
  void editor.pictures?.bring(pictures, read, why);
}

/** Says which kinds of shapes are not there. @param {Editor} editor @param {Element[]} elements */
function leftOut(editor, elements) {
  const kinds = unknown(elements);
  if (kinds.length) editor.toast("info", `Left out, since Easel has no such shapes: ${kinds.slice(0, 5).join(", ")}.`);
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

/** @param {string} text @param {Editor} editor @param {boolean} table @returns {Shape[]} */
function texts(text, editor, table) {
  const letters = [...clean(text).replace(/^(\s*\n)+/, "").trimEnd()];
  /** @type {Shape[]} */
  const shapes = [];
  for (let from = 0, y = 0; from < letters.length; from += LONGEST) {
    const part = letters.slice(from, from + LONGEST).join("");
    const shape = complete("text", newId(), { ...editor.styleOf("text"), align: "left", y, text: part });
    const { right } = boardBox(shape, () => undefined);
    shapes.push(right > WIDEST && !table ? { ...shape, w: WIDEST } : shape);
    y = boardBox(shapes[shapes.length - 1], () => undefined).bottom;
  }
  return shapes;
}
