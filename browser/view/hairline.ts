/** Nearer than this lines are seen as they are. */
const NEAR = 0.1;

/** The width below which a line fades away, in px of the window. */
const LEAST = 0.7;

/** From afar lines are never so thin that they fade away; static/css/board.css does it. */
export function thicken(board: SVGSVGElement, zoom: number) {
  const afar = zoom < NEAR;
  if (board.hasAttribute("data-afar") !== afar) board.toggleAttribute("data-afar", afar);
  const width = afar ? `${Math.round((20 * LEAST) / zoom)}px` : "";
  if (board.style.getPropertyValue("--hairline") !== width) board.style.setProperty("--hairline", width);
}
