// @ts-check
// Copy, cut and paste through the browser's own events: those work on plain http too, where there is no async clipboard.
import { spelled, wrap } from "./clipping.js";
import { whole } from "./commands/selected.js";
import { bring } from "./intake/bring.js";
import { flavoursOf, meant } from "./intake/flavours.js";
import { isTyping } from "./keys.js";
import { settled } from "./select/place.js";

/** @import { Editor } from "./editor.js" */
/** @import { Flavours } from "./intake/flavours.js" */

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
    if (!data || !editor.mayEdit) return;
    const flavours = flavoursOf(data);
    if (!concerns(event) && !outgrows(event, flavours)) return;
    event.preventDefault();
    bring(editor, place(), flavours);
  });
}

/** Whether what is pasted into a shape's text is no text: it goes to the board beside, and the writing ends. @param {ClipboardEvent} event @param {Flavours} flavours */
function outgrows({ target }, flavours) {
  if (!(target instanceof HTMLTextAreaElement) || !target.closest("#writing")) return false;
  const { take } = meant(flavours);
  if (take === "text" || take === "svg" || (take === "shapes" && flavours.text)) return false;
  target.blur();
  return true;
}

/** Pastes what is on the clipboard, if the browser lets a page read it, or else what was last copied here, at the middle of the view. @param {Editor} editor */
export async function pasteAsked(editor) {
  const flavours = (await asked()) ?? { html: kept() ?? "", text: "", files: [] };
  if (flavours.html || flavours.text || flavours.files.length) bring(editor, middle(editor), flavours);
  else editor.toast("info", "Nothing has been copied here yet. From another program, paste with Ctrl+V.");
}

/** The clipboard, where there is https and the person allows it; null where not, or if it is empty. @returns {Promise<Flavours | null>} */
async function asked() {
  /** @type {Flavours} */
  const found = { html: "", text: "", files: [] };
  try {
    for (const item of await navigator.clipboard.read()) {
      for (const type of item.types) {
        const blob = await item.getType(type);
        if (type === "text/html") found.html = await blob.text();
        else if (type === "text/plain") found.text = await blob.text();
        else if (type.startsWith("image/")) found.files.push(new File([blob], "picture", { type }));
      }
    }
  } catch {
    return null;
  }
  return found.html || found.text || found.files.length ? found : null;
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
