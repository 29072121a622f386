import { toHundredths } from "../kinds/rounding.ts";
import type { Sample } from "../types/tool.ts";

/** How hard the hand presses, for ink whose width follows it: from a pen that knows, else from how fast the hand moves. */

/** Simulated: of a hand that rests, and how much less for each screen px a ms, down to the least. A calm hand writes at 0.3 px a ms, a dash is at 2. */
const RESTING = 0.75;
const HASTE = 0.28;
const LEAST = 0.2;

/** The simulated pressure follows the speed over about this way, in screen px. */
const FOLLOWS = 24;

/** What stands in a sample of a device that knows no pressure, and of a lifted pen. */
export const UNKNOWN = 0.5;

/** The pressures of one stroke, sample by sample. */
export class Pressure {
  #real;
  #last;
  #now = RESTING * 0.6;
  /** What the pen said last; lifted, it says nothing. */
  #said = UNKNOWN;

  /** @param real whether the pen has ever said anything else than one number @param sample the first */
  constructor(real: boolean, sample: Pick<Sample, "clientX" | "clientY" | "time">) {
    this.#real = real;
    this.#last = sample;
  }

  /** @returns 0 to 1, in hundredths as it is stored */
  of(sample: Pick<Sample, "clientX" | "clientY" | "time" | "pressure">): number {
    const way = Math.hypot(sample.clientX - this.#last.clientX, sample.clientY - this.#last.clientY);
    const time = Math.max(1, sample.time - this.#last.time);
    this.#last = sample;
    const target = Math.max(LEAST, RESTING - (HASTE * way) / time);
    this.#now += (target - this.#now) * (1 - Math.exp(-way / FOLLOWS));
    if (sample.pressure !== UNKNOWN) this.#said = sample.pressure;
    return toHundredths(this.#real ? this.#said : this.#now);
  }
}
