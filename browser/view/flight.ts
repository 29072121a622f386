/** How long it takes, in ms. */
const DURATION = 320;

/** A place in the middle of the window, and the zoom there. */
export interface Spot {
  x: number;
  y: number;
  zoom: number;
}

const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** A camera's way from one spot to another, so that people see where they are taken. */
export class Flight {
  #frame = 0;

  /** @param arrive called for each spot on the way, and last with `to` */
  start(from: Spot, to: Spot, arrive: (spot: Spot) => void) {
    this.stop();
    if (calm.matches || document.hidden) return arrive(to);
    const started = performance.now();
    const fly = (now: number) => {
      const part = Math.min(1, Math.max(0, (now - started) / DURATION));
      this.#frame = part < 1 ? requestAnimationFrame(fly) : 0;
      arrive(part < 1 ? between(from, to, part * part * (3 - 2 * part)) : to);
    };
    this.#frame = requestAnimationFrame(fly);
  }

  stop() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }
}

/** What is `part` of the way; each step zooms by the same factor. */
export function between(from: Spot, to: Spot, part: number): Spot {
  const mix = (a: number, b: number) => a + (b - a) * part;
  return { x: mix(from.x, to.x), y: mix(from.y, to.y), zoom: from.zoom * (to.zoom / from.zoom) ** part };
}
