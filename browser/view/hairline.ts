/** Nearer than this lines are seen as they are. */
const NEAR = 0.1;

/** The width below which a line fades away, in px of the window. */
const LEAST = 0.7;

/** From afar lines, the one in hand too, are never so thin that they fade away; static/css/board.css does it. */
export function thicken(canvas: HTMLElement, zoom: number) {
  const afar = zoom < NEAR;
  if (canvas.hasAttribute("data-afar") !== afar) canvas.toggleAttribute("data-afar", afar);
  const width = afar ? `${Math.round((20 * LEAST) / zoom)}px` : "";
  if (canvas.style.getPropertyValue("--hairline") !== width) canvas.style.setProperty("--hairline", width);
}
