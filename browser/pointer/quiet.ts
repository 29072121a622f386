import { MIDDLE } from "./press.ts";

/** Keeps the browser from what it would do with these events by itself. */
export function quiet(surface: HTMLElement) {
  // Or a swipe would be flung, and for 400 ms Chromium would take a tap, on Undo say, for what stops that.
  surface.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
  surface.addEventListener("mousedown", (event) => event.button === MIDDLE && event.preventDefault());
  surface.addEventListener("contextmenu", (event) => event.preventDefault());
}
