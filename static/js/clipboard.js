// @ts-check
// Copy, cut and paste through the browser's own events: those work on plain http too, where there is no async clipboard.
import { sound, spelled, unwrap, wrap } from "./clipping.js";
import { free, selected } from "./commands/selected.js";
import { copies } from "./copies.js";
import { complete } from "./defaults.js";
import { elements, shapes as converted } from "./excalidraw.js";
import { union } from "./geometry.js";
import { newId } from "./identifiers.js";
import { isTyping } from "./keys.js";
import { boardBox } from "./kinds/index.js";
import { clean } from "./text/clean.js";

/** @import { Editor } from "./editor.js" */
/** @import { Box, Shape } from "./types.js" */

/** What was last copied, for a Paste that is no key press: a page may not read the clipboard by itself. */
const KEY = "easel:clip";

/** Of one text shape; a longer text becomes several. */
const LONGEST = 5_000;

/** Follows the browser's clipboard. @param {Editor} editor @param {HTMLElement} surface */
export function bindClipboard(editor, surface) {
  const here = document.body.dataset.board ?? "";
  /** @type {{ clientX: number, clientY: number } | null} */
  let pointer = null;
  surface.addEventListener("pointermove", ({ clientX, clientY, pointerType }) => (pointer = pointerType === "mouse" ? { clientX, clientY } : null), { passive: true });
  surface.addEventListener("pointerleave", () => (pointer = null));

  const concerns = (/** @type {Event} */ event) => !isTyping(event.target) && !document.querySelector("dialog[open]") && !getSelection()?.toString();
  const place = () => (pointer ? editor.camera.toBoard(pointer.clientX, pointer.clientY) : middle(editor.camera.view()));

  /** @param {ClipboardEvent} event */
  const copy = (event) => {
    const shapes = concerns(event) ? selected(editor) : [];
    if (!shapes.length || !event.clipboardData) return false;
    event.preventDefault();
    const html = wrap(shapes, here);
    event.clipboardData.setData("text/html", html);
    event.clipboardData.setData("text/plain", spelled(shapes));
    keep(html);
    return true;
  };
  addEventListener("copy", copy);
  addEventListener("cut", (event) => {
    if (!copy(event) || !editor.mayEdit) return;
    editor.commit({ remove: free(editor).map(({ id }) => id) });
    editor.selection.clear();
  });
  addEventListener("paste", (event) => {
    const data = event.clipboardData;
    if (!concerns(event) || !data || data.files.length || !editor.mayEdit) return; // pictures are for static/js/images.js
    event.preventDefault();
    paste(editor, here, place(), data.getData("text/html"), data.getData("text/plain"));
  });
}

/** Pastes what was last copied on this device, at the middle of the view. @param {Editor} editor */
export function pasteKept(editor) {
  const html = kept();
  if (html) paste(editor, document.body.dataset.board ?? "", middle(editor.camera.view()), html, "");
  else editor.toast("info", "Nothing has been copied here yet. From another program, paste with Ctrl+V.");
}

/** @param {Editor} editor @param {string} here this board @param {[number, number]} place @param {string} html @param {string} text */
function paste(editor, here, place, html, text) {
  const ours = unwrap(html);
  const theirs = ours ? null : elements(text);
  const found = ours ? ours.shapes : theirs ? converted(theirs).flatMap((shape) => sound(shape) ?? []) : texts(text, editor);
  // A picture is a file of its own board.
  const shapes = found.filter(({ kind }) => kind !== "image" || ours?.board === here);
  const left = (theirs ? theirs.filter(({ type }) => type === "image").length : 0) + found.length - shapes.length;
  if (left) editor.toast("info", left === 1 ? "A picture stays behind: drop its file here." : `${left} pictures stay behind: drop their files here.`);
  if (!shapes.length) return;
  const byId = new Map(shapes.map((shape) => [shape.id, shape]));
  /** @type {Box | null} */
  let box = null;
  for (const shape of shapes) box = union(box, boardBox(shape, (id) => byId.get(id)));
  const [x, y] = box ? middle(box) : place;
  const put = copies(shapes, Math.round(place[0] - x), Math.round(place[1] - y));
  editor.commit({ put });
  editor.tool("select");
  editor.selection.set(put.map(({ id }) => id));
}

/** @param {string} text @param {Editor} editor @returns {Shape[]} */
function texts(text, editor) {
  const letters = [...clean(text).replace(/\t/g, "    ").trim()];
  /** @type {Shape[]} */
  const shapes = [];
  for (let from = 0, y = 0; from < letters.length; from += LONGEST) {
    const shape = complete("text", newId(), { ...editor.style, align: "left", y, text: letters.slice(from, from + LONGEST).join("") });
    shapes.push(shape);
    y = boardBox(shape, () => undefined).bottom;
  }
  return shapes;
}

/** @param {Box} box @returns {[number, number]} */
function middle({ left, top, right, bottom }) {
  return [(left + right) / 2, (top + bottom) / 2];
}

/** @param {string} html */
function keep(html) {
  try {
    localStorage.setItem(KEY, html);
  } catch {
    // Too much, or a browser that keeps nothing: then only the real clipboard has it.
  }
}

function kept() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
