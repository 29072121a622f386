import type { InkLine } from "../ink/ink.ts";
import { Rhythm } from "./rhythm.ts";

/** A stroke that comes in reports. Between two that come late it grows evenly, as the hand drew it. */
export class Played {
  #points: number[] = [];
  #pressures: number[] = [];
  #rhythm = new Rhythm();
  /** The point that was to be seen at a time by performance.now(), from where it takes so many ms to the last one. */
  #from = 0;
  #since = 0;
  #time = 0;

  get length() {
    return this.#points.length / 2;
  }

  /** A report has come: these points follow the first `from`. @param points in tenths */
  take(from: number, points: number[], pressures: number[], now: number) {
    const tip = this.length ? this.shown(now).points.slice(-2) : points;
    const seen = Math.min(Math.floor(this.#at(now)), from - 1);
    this.#points.splice(2 * from, Infinity, ...points);
    this.#pressures.splice(from, Infinity, ...pressures);
    this.#time = this.#rhythm.heard(now);
    this.#since = now;
    this.#from = this.#nearest(tip, Math.max(0, seen));
  }

  /** What is to be seen now. */
  shown(now: number): InkLine {
    const at = this.#at(now);
    const whole = Math.floor(at);
    if (whole === this.length - 1) return { points: this.#points, pressures: this.#pressures };
    const [x, y, nextX, nextY] = this.#points.slice(2 * whole, 2 * whole + 4);
    const part = at - whole;
    const tip = [Math.round(x + part * (nextX - x)), Math.round(y + part * (nextY - y))];
    return {
      points: [...this.#points.slice(0, 2 * whole + 2), ...tip],
      pressures: this.#pressures.slice(0, whole + 2),
    };
  }

  /** Whether all of it is to be seen. */
  whole(now: number) {
    return now - this.#since >= this.#time;
  }

  /** The point that is to be seen last, with the part of the way to the next one. */
  #at(now: number) {
    const last = Math.max(0, this.length - 1);
    return this.whole(now) ? last : this.#from + ((last - this.#from) * (now - this.#since)) / this.#time;
  }

  /** The end of what is seen is ahead of the smoothed line: it does not go back. @param from the first point that may be it */
  #nearest([x, y]: number[], from: number) {
    let nearest = from;
    let least = Infinity;
    for (let i = from; i < this.length; i++) {
      const far = Math.hypot(this.#points[2 * i] - x, this.#points[2 * i + 1] - y);
      if (far <= least) [nearest, least] = [i, far];
    }
    return nearest;
  }
}
