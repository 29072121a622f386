// Pointer events as samples on the board.
import { UNKNOWN } from "../ink/pressure.ts";
import { clamped } from "../kinds/world.ts";
import type { Sample } from "../types/tool.ts";
import type { Camera } from "../view/camera.ts";

export function sample(event: PointerEvent, camera: Pick<Camera, "toBoard">): Sample {
  const { clientX, clientY, timeStamp, pointerType, pressure } = event;
  const [x, y] = camera.toBoard(clientX, clientY);
  const pressed = pointerType === "pen" && pressure > 0 ? pressure : UNKNOWN;
  return { x: clamped(x), y: clamped(y), clientX, clientY, time: timeStamp, pressure: pressed, ...modifiers(event) };
}

/** Where it was since the last event: on http, which has no such list, only where it is; the list may be empty, too. */
export function all(event: PointerEvent, camera: Pick<Camera, "toBoard">) {
  const coalesced = event.getCoalescedEvents?.() ?? [];
  return (coalesced.length ? coalesced : [event]).map((each) => sample(each, camera));
}

/** Where it will be, as the browser thinks. */
export function foreseen(event: PointerEvent, camera: Pick<Camera, "toBoard">) {
  return (event.getPredictedEvents?.() ?? []).map((each) => sample(each, camera));
}

export function modifiers({
  shiftKey,
  altKey,
  ctrlKey,
  metaKey,
}: Pick<MouseEvent, "shiftKey" | "altKey" | "ctrlKey" | "metaKey">) {
  return { shift: shiftKey, alt: altKey, ctrl: ctrlKey || metaKey };
}

export function isModifier({ key }: KeyboardEvent) {
  return ["Shift", "Alt", "Control", "Meta"].includes(key);
}
