// Does what hands did while the scripts were on their way: templates/boards/early.html has kept it.
import type { Box } from "../types/shape.ts";

/** A pointer's or a key's */
type Played = { event: Event };
type Dropped = { files: File[]; clientX: number; clientY: number };
/** `drawn`: a pointer has come down on the board */
type Early = { queue: (Played | Dropped | { button: HTMLElement })[]; drawn: boolean; stop: () => void };

const early = (globalThis as unknown as { early?: Early }).early;

/** The part of the board that somebody has already drawn on: the view must stay there. Null if nobody has. @param board still fitted to the window */
export function seenEarly(board: SVGSVGElement): Box | null {
  const matrix = early?.drawn ? board.getScreenCTM() : null;
  if (!matrix || !board.hasAttribute("viewBox")) return null;
  const { a: zoom, e: x, f: y } = matrix;
  return { left: -x / zoom, top: -y / zoom, right: (innerWidth - x) / zoom, bottom: (innerHeight - y) / zoom };
}

/** Once all scripts of the page have run: early events are played in their order, and later ones are handled at once. */
export function replay(canvas: HTMLElement, surface: HTMLElement, done: () => void) {
  const play = () => {
    early?.stop();
    for (const line of document.querySelectorAll(".early")) line.remove();
    done();
    for (const one of early?.queue ?? []) {
      if ("button" in one) one.button.click();
      else if ("files" in one) drop(one, surface);
      else if (one.event instanceof KeyboardEvent)
        canvas.dispatchEvent(new KeyboardEvent(one.event.type, one.event)); // the old one is prevented already
      else surface.dispatchEvent(one.event); // itself: only it has what came between two frames
    }
  };
  if (document.readyState === "complete") play();
  else addEventListener("DOMContentLoaded", play, { once: true });
}

function drop({ files, clientX, clientY }: Dropped, surface: HTMLElement) {
  const dataTransfer = new DataTransfer();
  for (const file of files) dataTransfer.items.add(file);
  surface.dispatchEvent(new DragEvent("drop", { dataTransfer, clientX, clientY, bubbles: true, cancelable: true }));
}
