// @ts-check
// Pointer events as samples on the board.
import { UNKNOWN } from "./pressure.js";
import { within } from "./world.js";

/** @import { Camera } from "./camera.js" */
/** @import { Sample } from "./types.js" */

/** @param {PointerEvent} event @param {Pick<Camera, "toBoard">} camera @returns {Sample} */
export function sample(event, camera) {
  const { clientX, clientY, timeStamp, pointerType, pressure } = event;
  const [x, y] = camera.toBoard(clientX, clientY);
  const pressed = pointerType === "pen" && pressure > 0 ? pressure : UNKNOWN;
  return { x: within(x), y: within(y), clientX, clientY, time: timeStamp, pressure: pressed, ...modifiers(event) };
}

/** Where it was since the last event: on http, which has no such list, only where it is; the list may be empty, too. @param {PointerEvent} event @param {Pick<Camera, "toBoard">} camera */
export function all(event, camera) {
  const coalesced = event.getCoalescedEvents?.() ?? [];
  return (coalesced.length ? coalesced : [event]).map((each) => sample(each, camera));
}

/** Where it will be, as the browser thinks. @param {PointerEvent} event @param {Pick<Camera, "toBoard">} camera */
export function foreseen(event, camera) {
  return (event.getPredictedEvents?.() ?? []).map((each) => sample(each, camera));
}

/** @param {Pick<MouseEvent, "shiftKey" | "altKey" | "ctrlKey" | "metaKey">} event */
export function modifiers({ shiftKey, altKey, ctrlKey, metaKey }) {
  return { shift: shiftKey, alt: altKey, ctrl: ctrlKey || metaKey };
}
