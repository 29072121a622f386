import type { Camera } from "../view/camera.ts";
import { penMode } from "./pen-mode.ts";

/** A second finger this soon after the first means two fingers all along, in ms. */
const TOGETHER = 500;

/** And so it does however late, while the first has gone no farther than this, in screen px; else it is a palm beside a stroke. */
const SHORT = 40;

/** The hand that holds a pen rests on the glass: touches this soon after the pen was seen are no fingers, in ms. */
const PALM = 500;

/** With a pen in use, what touches more than this is no fingertip, in px. */
const PALM_SIZE = 60;

type Pinch = { x: number; y: number; apart: number };

/** The fingers on the board: one that may draw, two that move it, and what is only a palm. */
export class Fingers {
  #camera;
  #down: Map<number, PointerEvent> = new Map();
  #pinch: Pinch | null = null;
  #penSeen = -Infinity;

  constructor(camera: Pick<Camera, "zoom" | "panBy" | "zoomTo">) {
    this.#camera = camera;
  }

  /** A pen hovers, or draws. */
  sawPen({ timeStamp }: PointerEvent) {
    this.#penSeen = timeStamp;
  }

  /** A pen touches: whatever else lies there is a hand. */
  makeWay(pen: PointerEvent) {
    penMode.touched();
    this.sawPen(pen);
    this.#down.clear();
    this.#pinch = null;
  }

  /**
   * A finger lands.
   * @param gesture that is under way
   * @returns two take the place of the gesture
   */
  land(
    event: PointerEvent,
    gesture: { pointerType: string; since: number; reach: number; pans: boolean } | null,
  ): "first" | "second" | "palm" {
    if (gesture?.pointerType === "pen" || event.timeStamp - this.#penSeen < PALM) return "palm";
    if (penMode.on && Math.max(event.width, event.height) > PALM_SIZE) return "palm";
    const late =
      gesture !== null &&
      (gesture.pointerType !== "touch" || (event.timeStamp - gesture.since > TOGETHER && gesture.reach > SHORT));
    if (late && !gesture.pans) return "palm";
    this.#down.set(event.pointerId, event);
    if (this.#down.size === 1) return "first";
    this.#pinch = this.#span();
    return "second";
  }

  /** @returns whether two fingers are moving the board */
  move(event: PointerEvent): boolean {
    if (this.#down.has(event.pointerId)) this.#down.set(event.pointerId, event);
    const before = this.#pinch;
    if (!before) return false;
    const now = this.#span();
    this.#pinch = now;
    this.#camera.panBy(now.x - before.x, now.y - before.y);
    this.#camera.zoomTo(this.#camera.zoom * (now.apart / before.apart), now.x, now.y);
    return true;
  }

  lift(event: PointerEvent) {
    this.#down.delete(event.pointerId);
    this.#pinch = this.#pinch && this.#down.size > 1 ? this.#span() : null;
  }

  /** @returns of the first two */
  #span(): Pinch {
    const [one, two] = this.#down.values();
    const apart = Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY);
    return { x: (one.clientX + two.clientX) / 2, y: (one.clientY + two.clientY) / 2, apart: Math.max(apart, 1) };
  }
}
