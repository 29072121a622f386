// Limits a repeated complaint to one line a minute, so that a full disk does not fill the log too.
const MINUTE_MS = 60_000;

export class Minutely {
  #times = 0;
  #reportedAt = -Infinity;

  /** `sentence` gets how often it happened since the last line. */
  report(sentence: (times: number) => string): void {
    this.#times++;
    const now = performance.now();
    if (now - this.#reportedAt < MINUTE_MS) return;
    console.error(sentence(this.#times));
    this.#times = 0;
    this.#reportedAt = now;
  }
}
