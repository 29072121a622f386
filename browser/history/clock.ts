/** A pause in the log lasts no longer than this while it is played, in ms. */
const LONGEST = 800;

/** A pause that marks where somebody came back, in ns. */
const BREAK = 600_000_000_000n;

/** When each change of the log is played: as it was drawn, without the pauses. Times are in ms from the first change. */
export class Clock {
  /** Before each pause of ten minutes: how many changes there were. */
  breaks: number[] = [];
  #ts: bigint[] = [];
  #times: number[] = [];

  append(ts: string) {
    const now = BigInt(ts);
    const last = this.#ts.at(-1);
    const gap = last === undefined ? 0n : now - last;
    if (gap >= BREAK) this.breaks.push(this.#ts.length);
    this.#ts.push(now);
    this.#times.push((this.#times.at(-1) ?? 0) + Math.min(LONGEST, Number(gap / 1_000n) / 1_000));
  }

  /** How long all of it takes. */
  get end() {
    return this.#times.at(-1) ?? 0;
  }

  /** When the change was played that is the last of so many; 0 before the first. */
  timeOf(count: number) {
    return count > 0 ? this.#times[Math.min(count, this.#times.length) - 1] : 0;
  }

  /** The same change's ts; null before the first. */
  tsOf(count: number): bigint | null {
    return this.#ts[count - 1] ?? null;
  }

  /** How many changes have been played by then. */
  countAt(time: number) {
    return upTo(this.#times, time);
  }

  /** How many changes there had been at this ts. */
  countOf(ts: bigint) {
    return upTo(this.#ts, ts);
  }
}

/** How many of these, which grow, are at most `most`. */
function upTo<N extends number | bigint>(sorted: N[], most: N) {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= most) low = middle + 1;
    else high = middle;
  }
  return low;
}
