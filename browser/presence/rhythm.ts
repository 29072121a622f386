/** Reports that come at least this often, in ms, are one a frame. */
const FRAME = 25;

/** After a longer silence, in ms, a hand has rested. */
const REST = 400;

/** How long it takes until the next report comes, as the last ones did. */
export class Rhythm {
  #heardAt = -Infinity;
  #gap = 0;

  /** A report has come. @returns for how long to play it, in ms; 0: show it at once */
  heard(now: number): number {
    const gap = now - this.#heardAt;
    this.#heardAt = now;
    if (gap < REST) this.#gap += (gap - this.#gap) / 4;
    return this.#gap < FRAME ? 0 : this.#gap;
  }
}
