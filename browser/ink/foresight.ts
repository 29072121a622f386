import type { Sample } from "../types/tool.ts";

/** The hand's speed is that of its last samples, in ms. Samples that come bunched have nearly one time: they took at least this long. */
const LATELY = 32;
const LEAST = 16;

/** A hand may go faster than it went, by this factor. */
const FASTER = 1.5;

/** In screen px. */
const FARTHEST = 40;

/** How far ahead of the pointer a line is drawn: the browser's own guess may be thousands of px away after events that came bunched. */
export class Foresight {
  #lately: Sample[] = [];

  add(sample: Sample) {
    const since = sample.time - LATELY;
    this.#lately = [...this.#lately.filter(({ time }, i, { length }) => time >= since || i === length - 1), sample];
  }

  /** @param predicted by the browser @returns the same, but no farther than the hand can have come by then */
  of(predicted: Sample[]): Sample[] {
    const last = this.#lately[this.#lately.length - 1];
    const way = this.#lately.reduce((sum, sample, i) => sum + (i ? distance(sample, this.#lately[i - 1]) : 0), 0);
    const speed = way / Math.max(LEAST, last.time - this.#lately[0].time);
    return predicted.map((sample) => {
      const most = Math.min(FARTHEST, FASTER * speed * Math.max(0, sample.time - last.time));
      const part = Math.min(1, most / (distance(sample, last) || 1));
      return { ...sample, x: last.x + part * (sample.x - last.x), y: last.y + part * (sample.y - last.y) };
    });
  }
}

/** In screen px. */
function distance(a: Sample, b: Sample) {
  return Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
}
