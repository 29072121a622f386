// How far in and out a board is seen. Pure.
import type { Box } from "../types/shape.ts";

/** As far as a hand zooms out, or to where all of the drawing is seen. */
const LEAST = 0.02;
/** As far as a command goes that shows all of something: the largest board in the smallest window. */
const FARTHEST = 0.0001;
const MOST = 8;
const STOPS = [0.02, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8];

/** The zoom nearest to the requested one that is allowed. @param whole computes the zoom that shows the whole drawing */
export function allowed(asked: number, now: number, whole: () => number) {
  return Math.min(MOST, asked >= LEAST ? asked : Math.max(asked, Math.min(LEAST, now, whole())));
}

/** The next stop. */
export function next(now: number, direction: 1 | -1) {
  if (direction < 0) return STOPS.findLast((stop) => stop < now / 1.01) ?? now / 2;
  return now < LEAST ? Math.min(LEAST, 2 * now) : (STOPS.find((stop) => stop > now * 1.01) ?? MOST);
}

/** At which all of the box is seen beside the panels, never larger than life. @param clear the part of the window that no panel covers */
export function fitting(box: Box | null, clear: Box) {
  if (!box) return 1;
  const across = (clear.right - clear.left) / Math.max(1, box.right - box.left);
  const down = (clear.bottom - clear.top) / Math.max(1, box.bottom - box.top);
  return Math.min(1, Math.max(FARTHEST, Math.min(across, down)));
}

/** At which the box fills the window. */
export function filling({ left, top, right, bottom }: Box, { width, height }: DOMRect) {
  return Math.min(MOST, Math.max(FARTHEST, Math.min(width / (right - left), height / (bottom - top))));
}
