/** Takes the tremble out of a hand: the line follows the pointer as if drawn by a short thread. */

/** How far behind the pointer the line runs, in screen px. 2 and 10 feel like perfect-freehand's streamline of .2 and .5 at 60 samples a second. */
export const LENGTHS = { none: 0, low: 2, high: 10 };

/**
 * An exponential filter over the way and not over the samples: a mouse of 1,000 Hz and one of 60 Hz draw the same line, and a
 * hand that rests moves nothing.
 */
export class Smoothing {
  #length;
  #x;
  #y;
  #fromX;
  #fromY;

  /** @param length how far the line runs behind, in the unit of the places @param y where it begins */
  constructor(length: number, x: number, y: number) {
    this.#length = length;
    this.#x = this.#fromX = x;
    this.#y = this.#fromY = y;
  }

  /** The pointer goes straight to x, y. @returns where the line goes */
  to(x: number, y: number): [number, number] {
    const way = Math.hypot(x - this.#fromX, y - this.#fromY);
    // The exact answer for a pointer that moves evenly: it approaches `length` behind, whatever the steps.
    const kept = this.#length ? Math.exp(-way / this.#length) : 0;
    const behind = way ? (this.#length * (1 - kept)) / way : 0;
    this.#x = x + (this.#x - this.#fromX) * kept - (x - this.#fromX) * behind;
    this.#y = y + (this.#y - this.#fromY) * kept - (y - this.#fromY) * behind;
    this.#fromX = x;
    this.#fromY = y;
    return [this.#x, this.#y];
  }
}
