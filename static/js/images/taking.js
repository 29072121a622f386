// @ts-check
import { isTyping } from "../keys.js";

/** @import { Editor } from "../editor.js" */

/** What a file chooser offers; a phone offers its camera too. */
const ACCEPT = "image/*";

/**
 * Pictures from the clipboard, dropped, or chosen.
 * @param {Editor} editor @param {HTMLElement} canvas
 * @param {(files: File[], x: number, y: number) => void} take at a place of the board
 */
export function bindTaking(editor, canvas, take) {
  const middle = () => {
    const { left, top, right, bottom } = editor.camera.view();
    return /** @type {[number, number]} */ ([(left + right) / 2, (top + bottom) / 2]);
  };
  /** @type {[number, number] | null} */
  let pointer = null;
  canvas.addEventListener("pointermove", ({ clientX, clientY, pointerType }) => (pointer = pointerType === "mouse" ? [clientX, clientY] : null), { passive: true });
  canvas.addEventListener("pointerleave", () => (pointer = null));

  addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length || isTyping(event.target) || document.querySelector("dialog[open]") || !editor.mayEdit) return;
    event.preventDefault();
    take(files, ...(pointer ? editor.camera.toBoard(...pointer) : middle()));
  });
  canvas.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = editor.mayEdit ? "copy" : "none";
  });
  canvas.addEventListener("drop", (event) => {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    if (editor.mayEdit) take(files, ...editor.camera.toBoard(event.clientX, event.clientY));
  });
  editor.onTool((name) => {
    if (name !== "image") return;
    choose(true, (files) => take(files, ...middle()));
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
