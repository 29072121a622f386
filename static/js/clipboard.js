// @ts-check
// Copy, cut and paste through the browser's own events: those work on plain http too, where there is no async clipboard.
import { spelled, wrap } from "./clipping.js";
import { whole } from "./commands/selected.js";
import { isTyping } from "./keys.js";
import { paste } from "./pasting.js";
import { settled } from "./select/place.js";

/** @import { Editor } from "./editor.js" */

/** What was last copied, for a Paste that is no key press: a page may not read the clipboard by itself. */
const KEY = "easel:clip";

/** Follows the browser's clipboard. @param {Editor} editor @param {HTMLElement} surface */
export function bindClipboard(editor, surface) {
  const here = document.body.dataset.board ?? "";
  /** @type {{ clientX: number, clientY: number } | null} */
  let pointer = null;
  surface.addEventListener("pointermove", ({ clientX, clientY, pointerType }) => (pointer = pointerType === "mouse" ? { clientX, clientY } : null), { passive: true });
  surface.addEventListener("pointerleave", () => (pointer = null));

  const concerns = (/** @type {Event} */ event) => !isTyping(event.target) && !document.querySelector("dialog[open]") && !getSelection()?.toString();
  const place = () => (pointer ? editor.camera.toBoard(pointer.clientX, pointer.clientY) : middle(editor));

  /** @param {ClipboardEvent} event */
  const copy = (event) => {
    const shapes = concerns(event) ? whole(editor).map((shape) => settled(shape, editor.shapes.find)) : [];
    if (!shapes.length || !event.clipboardData) return false;
    event.preventDefault();
    const html = wrap(shapes, here);
    event.clipboardData.setData("text/html", html);
    event.clipboardData.setData("text/plain", spelled(shapes));
    keep(html);
    editor.everything?.covered("Copied");
    return true;
  };
  addEventListener("copy", copy);
  addEventListener("cut", (event) => {
    if (!copy(event) || !editor.mayEdit) return;
    editor.commit({ remove: whole(editor).filter(({ locked }) => !locked).map(({ id }) => id) });
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
  if (html) paste(editor, document.body.dataset.board ?? "", middle(editor), html, "");
  else editor.toast("info", "Nothing has been copied here yet. From another program, paste with Ctrl+V.");
}

/** @param {Editor} editor @returns {[number, number]} */
function middle({ camera }) {
  const { x, y } = camera.middle();
  return [x, y];
}

/** Puts these on the clipboard, as the answer to a click. @param {Record<string, string>} flavours texts by their types @returns {boolean} whether it has them */
export function write(flavours) {
  const put = (/** @type {ClipboardEvent} */ event) => {
    for (const [type, text] of Object.entries(flavours)) event.clipboardData?.setData(type, text);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  addEventListener("copy", put, { once: true, capture: true });
  const done = document.execCommand("copy");
  removeEventListener("copy", put, { capture: true });
  return done;
}

/** For a Paste that is no key press. @param {string} html */
export function keep(html) {
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
