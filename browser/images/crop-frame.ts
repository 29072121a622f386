import { element } from "../ground/element.ts";
import { onKey } from "../ground/keydown.ts";
import { source } from "../kinds/image.ts";
import type { Image } from "../types/shape.ts";

/** Which sides of the part go along. */
export type Sides = [left: boolean, top: boolean, right: boolean, bottom: boolean];

/** What each handle moves. */
const HANDLES: Record<string, Sides> = {
  nw: [true, true, false, false],
  n: [false, true, false, false],
  ne: [false, true, true, false],
  e: [false, false, true, false],
  se: [false, false, true, true],
  s: [false, false, false, true],
  sw: [true, false, false, true],
  w: [true, false, false, false],
};

/** The whole of a picture, and over it the part that stays, with handles. */
export function cropFrame(
  shape: Image,
  drag: (event: PointerEvent, sides: Sides) => void,
  press: (event: KeyboardEvent, sides: Sides) => void,
): HTMLElement {
  const frame = element("div", "cropping");
  frame.setAttribute("role", "application");
  frame.setAttribute(
    "aria-label",
    "Crop the picture: drag its edges, or move them with the arrow keys. Enter keeps the part, Escape does not.",
  );
  frame.tabIndex = 0;
  const picture = element("img");
  picture.alt = "";
  picture.src = source.local.get(shape.file) ?? `${source.images}${shape.file}?size=1024`;
  picture.style.scale = `${shape.flip.includes("x") ? -1 : 1} ${shape.flip.includes("y") ? -1 : 1}`;
  const whole = element("div", "whole");
  whole.append(picture, element("div", "hole"));
  const part = element("div", "part");
  for (const [name, sides] of Object.entries(HANDLES)) {
    const handle = element("button", `handle ${name}`);
    handle.type = "button";
    handle.setAttribute("aria-label", `Edge ${name}`);
    handle.addEventListener("pointerdown", (event) => drag(event, sides));
    onKey(handle, (event) => press(event, sides));
    part.append(handle);
  }
  part.addEventListener("pointerdown", (event) => event.target === part && drag(event, [true, true, true, true]));
  frame.append(whole, part);
  return frame;
}
