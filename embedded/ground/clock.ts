// The deployment's time. It never goes back, even if the machine's clock is set back, so a later commit has a later time.

export class Clock {
  #last = 0;
  /** How far the machine's clock is behind ours, in ms. */
  #behind = 0;

  /** The latest time returned so far, in ms since the epoch. */
  reach(time: number): void {
    this.#last = Math.max(this.#last, time);
  }

  /** The machine's time, or a later one that runs at the same speed if the machine's clock was set back. */
  now(): number {
    const machine = Date.now();
    if (machine >= this.#last) this.#behind = 0;
    else if (machine + this.#behind < this.#last) this.#behind = this.#last - machine;
    return (this.#last = machine + this.#behind);
  }
}
