/** A frame that took longer than this was too much, in ms: at 60 a second each has 16.7. */
const LATE = 22;

/** Full frames on time before it tries a little more. */
const PATIENCE = 20;

const LEAST = 12;
const MOST = 4_000;

/** How many shapes to paint in one frame, so that frames stay smooth: it learns that from the frames there were. */
export class Pace {
  /** Shapes of a frame. */
  quota = 40;
  #full = false;
  /** Full frames on time since the last late one. */
  #good = 0;
  /** No frame was late yet. */
  #fresh = true;

  /** A frame begins, so many ms after the last one. */
  frame(passed: number) {
    if (!this.#full) return;
    this.#full = false;
    if (passed > LATE) {
      this.quota = Math.max(LEAST, Math.floor(this.quota * 0.75));
      this.#good = 0;
      this.#fresh = false;
    } else if (this.#fresh || ++this.#good % PATIENCE === 0)
      this.quota = Math.min(MOST, Math.ceil(this.quota * (this.#fresh ? 1.2 : 1.05)));
  }

  /** All that a frame has was used: the next one says whether that was too much. */
  spent() {
    this.#full = true;
  }
}
