// The deployment's time. It never goes back, also when the machine's clock is set back: what is committed later is later.

export class Clock {
  #last = 0;
  /** How far the machine's clock is behind, in ms. */
  #behind = 0;

  /** Nothing was ever later than this; in ms since the epoch, as all times here. */
  reach(time: number): void {
    this.#last = Math.max(this.#last, time);
  }

  /** The machine's time; if that is earlier than what we have said, ours, which goes on at the same speed. */
  now(): number {
    const machine = Date.now();
    if (machine >= this.#last) this.#behind = 0;
    else if (machine + this.#behind < this.#last) this.#behind = this.#last - machine;
    return (this.#last = machine + this.#behind);
  }
}
