/** The second click or tap of two, in ms after the first, and as near to it in screen px. */
const DOUBLE = { mouse: 450, touch: 300 };
const NEAR = 16;

/** Tells double clicks, and double taps, which browsers do not tell alike. */
export class Clicks {
  /** The last one that was no second one. */
  #first: { time: number; x: number; y: number } | null = null;

  /** A click or tap. @returns whether it makes a double one with the last */
  isSecond({ pointerType, timeStamp, clientX, clientY }: PointerEvent): boolean {
    const first = this.#first;
    const soon = first !== null && timeStamp - first.time < (pointerType === "touch" ? DOUBLE.touch : DOUBLE.mouse);
    const second = soon && Math.hypot(clientX - first.x, clientY - first.y) < NEAR;
    this.#first = second ? null : { time: timeStamp, x: clientX, y: clientY };
    return second;
  }

  /** Something else came in between. */
  forget() {
    this.#first = null;
  }
}
