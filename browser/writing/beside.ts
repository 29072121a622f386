import type { Page } from "../page.ts";

/** Panels that are used while somebody writes: how the text looks, and how near one is. */
const BESIDE = "#style, #style-open, #zoom, #toasts";

/** What in them is about the shape as a whole, and ends the writing. */
const ENDS = "[data-acts]";

/** Whether the focus may go there while somebody writes, without ending that. */
export function keepsWriting(target: EventTarget | null) {
  return target instanceof Element && target.closest(BESIDE) !== null && target.closest(ENDS) === null;
}

/**
 * A press on a panel leaves the focus, and the caret, in the text that is being written. A slider or a colour needs the focus, and
 * gives it back.
 */
export function bindPanels(page: Page) {
  const isBeside = ({ target }: Event) => page.writing !== null && keepsWriting(target);
  const isColor = ({ target }: Event) =>
    target instanceof Element && target.closest("label, input[type=color]") !== null;
  addEventListener(
    "mousedown",
    (event) => {
      if (isBeside(event) && !(event.target instanceof HTMLInputElement)) event.preventDefault();
    },
    true,
  );
  addEventListener("change", (event) => isBeside(event) && page.writing?.focus());
  addEventListener("pointerup", (event) => isBeside(event) && !isColor(event) && page.writing?.focus());
}
