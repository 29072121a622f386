/** A frame that took longer than this was too much, in ms: at 60 a second each has 16.7. */
const LATE = 22;

const LEAST = 12;
const MOST = 4_000;

/** How many shapes to paint in one frame, so that frames stay smooth: it learns that from the frames there were. */
export class Pace {
  /** Shapes of a frame. */
  quota = 40;
  #full = false;

  /** A frame begins, so many ms after the last one. */
  frame(passed: number) {
    if (passed > LATE && this.#full) this.quota = Math.max(LEAST, Math.floor(this.quota * 0.7));
    else if (this.#full) this.quota = Math.min(MOST, Math.ceil(this.quota * 1.1));
    this.#full = false;
  }

  /** All that a frame has was used: the next one says whether that was too much. */
  spent() {
    this.#full = true;
  }
}
