import { bring, bringFiles } from "../clipboard/bring.ts";
import type { Editor } from "../editor.ts";
import { isTyping } from "../ground/typing.ts";
import { flavoursOf } from "../intake/flavours.ts";

/** What a file chooser offers; a phone offers its camera too. */
const ACCEPT = "image/*";

/** What is dropped on the board counts as pasted where it fell. */
const DROPPED = ["Files", "text/html", "text/plain"];

/** What is dropped on the page, and pictures that are chosen. */
export function bindTaking(editor: Editor) {
  // On panels too: the browser would open a file in the page's place. What nobody takes is stopped in browser/site/drops.ts.
  const takes = (event: DragEvent) => !isTyping(event.target) && !document.querySelector("dialog[open]");
  addEventListener("dragover", (event) => {
    if (!takes(event) || !DROPPED.some((type) => event.dataTransfer?.types.includes(type))) return;
    event.preventDefault();
    (event.dataTransfer as DataTransfer).dropEffect = editor.mayEdit ? "copy" : "none";
  });
  addEventListener("drop", (event) => {
    if (!takes(event) || !event.dataTransfer?.types.length) return;
    event.preventDefault();
    if (editor.mayEdit)
      bring(editor, editor.camera.toBoard(event.clientX, event.clientY), flavoursOf(event.dataTransfer));
  });
  editor.onTool((name) => {
    if (name !== "image") return;
    const { left, top, right, bottom } = editor.camera.view();
    choose(true, (files) => void bringFiles(editor, [(left + right) / 2, (top + bottom) / 2], files));
    // Not at once: the others are still being told of this tool.
    queueMicrotask(() => editor.tool("select"));
  });
}

/** Asks for files. It must be called while a click or a key press is being handled. */
export function choose(several: boolean, take: (files: File[]) => void) {
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
