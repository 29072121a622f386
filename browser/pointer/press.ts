import { APPLE } from "../ground/keycaps.ts";
import type { Sample, Tool } from "../types/tool.ts";

/** How far a press must go before it is a drag, in screen px, for tools that are patient. */
const SLOP = { mouse: 4, touch: 6 };

/** How long a finger rests before the menu opens, in ms. */
const LONG = 500;

export const RIGHT = 2;
export const MIDDLE = 1;
export const ERASER_END = 5;

/** On a Mac, Ctrl and a click is a right click. */
export function buttonOf({ button, ctrlKey, pointerType }: PointerEvent) {
  return APPLE && button === 0 && ctrlKey && pointerType === "mouse" ? RIGHT : button;
}

/** A pointer that is down, from where it began, and the tool that it means. */
export class Press {
  pointerId;
  pointerType;
  button;
  since;
  tool;
  start;
  /** The last sample that the tool received. */
  last: Sample;
  /** Whether it has left the place where it began. */
  dragged = false;
  /** How far from there it has been, in screen px. */
  reach = 0;
  #resting: ReturnType<typeof setTimeout> | undefined;

  /** @param button that it counts as @param rested a finger has rested where it landed */
  constructor(
    { pointerId, pointerType, timeStamp }: PointerEvent,
    button: number,
    tool: Tool,
    start: Sample,
    rested: () => void,
  ) {
    this.pointerId = pointerId;
    this.pointerType = pointerType;
    this.button = button;
    this.since = timeStamp;
    this.tool = tool;
    this.start = this.last = start;
    if (pointerType === "touch" && tool.patient) this.#resting = setTimeout(rested, LONG);
  }

  /** Whether the tool receives moves yet. */
  drags({ pointerType, clientX, clientY }: PointerEvent) {
    this.reach = Math.max(this.reach, Math.hypot(clientX - this.start.clientX, clientY - this.start.clientY));
    if (!this.dragged) {
      const slop = pointerType === "touch" ? SLOP.touch : SLOP.mouse;
      this.dragged = this.reach >= slop;
      if (this.dragged) this.end();
    }
    return this.dragged || (!this.tool.patient && this.button !== RIGHT);
  }

  /** It rests no more. */
  end() {
    clearTimeout(this.#resting);
  }
}
