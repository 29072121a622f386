import type { Box } from "../types/shape.ts";

/** What the server leaves around the drawing, in px. */
const ROOM = 32;

/** The box around the drawing, which the server has fitted to the window. From now on the camera places the board. */
export function unfit(board: SVGSVGElement): Box | null {
  const { x, y, width, height } = board.viewBox.baseVal;
  const fitted = board.hasAttribute("viewBox");
  for (const name of ["viewBox", "style"]) board.removeAttribute(name);
  return fitted ? { left: x + ROOM, top: y + ROOM, right: x + width - ROOM, bottom: y + height - ROOM } : null;
}
