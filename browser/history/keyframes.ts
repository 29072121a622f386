import { type Picture, picture } from "./picture.ts";

/** What all of them may take, in bytes. */
const MOST_BYTES = 96 * 1024 * 1024;

/** How many there are at most, and changes between two of them at least. */
const MOST = 40;
const LEAST_APART = 100;

/** Pictures of the board at moments all along the log, from which it is never far to any other. */
export class Keyframes {
  #all: Map<number, Picture> = new Map();
  #length;
  #bytes = 1;

  /** @param length how many changes the log has */
  constructor(length: () => number) {
    this.#length = length;
  }

  clear() {
    this.#all.clear();
  }

  nearest(at: number): { at: number; picture: Picture } | null {
    let best: { at: number; picture: Picture } | null = null;
    for (const [where, kept] of this.#all)
      if (!best || Math.abs(where - at) < Math.abs(best.at - at)) best = { at: where, picture: kept };
    return best;
  }

  /** The first moment that has none and should; null if all have one. */
  missing(): number | null {
    const apart = this.#apart;
    for (let at = apart; at <= this.#length(); at += apart) if (!this.#all.has(at)) return at;
    return null;
  }

  /** Keeps a copy of the picture, if it is of such a moment. */
  keep(at: number, seen: Picture) {
    const { width, height } = seen.canvas;
    this.#bytes = Math.max(1, 4 * width * height);
    if (at === 0 || at % this.#apart !== 0 || this.#all.has(at)) return;
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width, height];
    const copy = picture(canvas);
    copy.replace(seen);
    this.#all.set(at, copy);
  }

  get #apart() {
    const most = Math.max(2, Math.min(MOST, Math.floor(MOST_BYTES / this.#bytes)));
    return Math.max(LEAST_APART, Math.ceil(this.#length() / most));
  }
}
