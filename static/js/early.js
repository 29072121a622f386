// @ts-check
// Does what hands did while the scripts were on their way: templates/boards/early.html has kept it.

/** @typedef {{ event: Event }} Played a pointer's or a key's */
/** @typedef {{ files: File[], clientX: number, clientY: number }} Dropped */
/** @typedef {{ queue: (Played | Dropped | { button: HTMLElement })[], drawn: boolean, stop: () => void }} Early `drawn`: a pointer has come down on the board */

const early = /** @type {{ early?: Early }} */ (/** @type {unknown} */ (globalThis)).early;

/** The box of the board that somebody saw who has drawn on it already: the view must stay there. @param {SVGSVGElement} board still fitted to the window @returns {import("./types.js").Box | null} */
export function seenEarly(board) {
  const matrix = early?.drawn ? board.getScreenCTM() : null;
  if (!matrix || !board.hasAttribute("viewBox")) return null;
  const { a: zoom, e: x, f: y } = matrix;
  return { left: -x / zoom, top: -y / zoom, right: (innerWidth - x) / zoom, bottom: (innerHeight - y) / zoom };
}

/**
 * Once all scripts of the page have run: what came early happens now, in its order, and what comes is heard at once.
 * @param {HTMLElement} canvas @param {HTMLElement} surface @param {() => void} done
 */
export function replay(canvas, surface, done) {
  const play = () => {
    early?.stop();
    for (const line of document.querySelectorAll(".early")) line.remove();
    done();
    for (const one of early?.queue ?? []) {
      if ("button" in one) one.button.click();
      else if ("files" in one) drop(one, surface);
      else if (one.event instanceof KeyboardEvent) canvas.dispatchEvent(new KeyboardEvent(one.event.type, one.event)); // the old one is prevented already
      else surface.dispatchEvent(one.event); // itself: only it has what came between two frames
    }
  };
  if (document.readyState === "complete") play();
  else addEventListener("DOMContentLoaded", play, { once: true });
}

/** @param {Dropped} dropped @param {HTMLElement} surface */
function drop({ files, clientX, clientY }, surface) {
  const dataTransfer = new DataTransfer();
  for (const file of files) dataTransfer.items.add(file);
  surface.dispatchEvent(new DragEvent("drop", { dataTransfer, clientX, clientY, bubbles: true, cancelable: true }));
}
