// @ts-check
import { bring, bringFiles } from "../intake/bring.js";
import { flavoursOf } from "../intake/flavours.js";
import { isTyping } from "../keys.js";

/** @import { Editor } from "../editor.js" */

/** What a file chooser offers; a phone offers its camera too. */
const ACCEPT = "image/*";

/** What is dropped on the board counts as pasted where it fell. */
const DROPPED = ["Files", "text/html", "text/plain"];

/** What is dropped on the page, and pictures that are chosen. @param {Editor} editor */
export function bindTaking(editor) {
  // On panels too: the browser would open a file in the page's place. What nobody takes is stopped in static/js/drops.js.
  const takes = (/** @type {DragEvent} */ event) => !isTyping(event.target) && !document.querySelector("dialog[open]");
  addEventListener("dragover", (event) => {
    if (!takes(event) || !DROPPED.some((type) => event.dataTransfer?.types.includes(type))) return;
    event.preventDefault();
    /** @type {DataTransfer} */ (event.dataTransfer).dropEffect = editor.mayEdit ? "copy" : "none";
  });
  addEventListener("drop", (event) => {
    if (!takes(event) || !event.dataTransfer?.types.length) return;
    event.preventDefault();
    if (editor.mayEdit) bring(editor, editor.camera.toBoard(event.clientX, event.clientY), flavoursOf(event.dataTransfer));
  });
  editor.onTool((name) => {
    if (name !== "image") return;
    const { left, top, right, bottom } = editor.camera.view();
    choose(true, (files) => void bringFiles(editor, [(left + right) / 2, (top + bottom) / 2], files));
    // Not at once: the others are still being told of this tool.
    queueMicrotask(() => editor.tool("select"));
  });
}

/** Asks for files. It must be called while a click or a key press is being handled. @param {boolean} several @param {(files: File[]) => void} take */
export function choose(several, take) {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = ACCEPT;
  input.multiple = several;
  input.addEventListener("change", () => {
    take([...(input.files ?? [])]);
    input.remove();
  });
  input.addEventListener("cancel", () => input.remove());
  input.hidden = true;
  document.body.append(input);
  input.click();
}
