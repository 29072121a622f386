import { bring, bringFiles } from "../clipboard/bring.ts";
import { element } from "../ground/element.ts";
import { isTyping } from "../ground/typing.ts";
import { flavoursOf } from "../intake/flavours.ts";
import type { Page } from "../page.ts";

/** What a file chooser offers; a phone offers its camera too. */
const ACCEPT = "image/*";

/** What is dropped on the board counts as pasted where it fell. */
const DROPPED = ["Files", "text/html", "text/plain"];

/** What is dropped on the page, and pictures that are chosen. */
export function bindTaking(page: Page) {
  const { board, hand } = page;
  // On panels too: the browser would open a file in the page's place. What nobody takes is stopped in browser/site/drops.ts.
  const takes = (event: DragEvent) => !isTyping(event.target) && !document.querySelector("dialog[open]");
  addEventListener("dragover", (event) => {
    if (!takes(event) || !DROPPED.some((type) => event.dataTransfer?.types.includes(type))) return;
    event.preventDefault();
    (event.dataTransfer as DataTransfer).dropEffect = board.mayEdit ? "copy" : "none";
  });
  addEventListener("drop", (event) => {
    if (!takes(event) || !event.dataTransfer?.types.length) return;
    event.preventDefault();
    if (board.mayEdit) bring(page, board.camera.toBoard(event.clientX, event.clientY), flavoursOf(event.dataTransfer));
  });
  hand.onTool((name) => {
    if (name !== "image") return;
    const { x, y } = board.camera.middle();
    choose(true, (files) => void bringFiles(page, [x, y], files));
    // Not at once: other listeners have not heard of this tool yet.
    queueMicrotask(() => hand.tool("select"));
  });
}

/** Asks for files. It must be called while a click or a key press is being handled. @param accept what it offers; "": everything */
export function choose(several: boolean, take: (files: File[]) => void, accept: string = ACCEPT) {
  const input = element("input");
  input.type = "file";
  input.accept = accept;
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
