import { limits } from "../kinds/declared.ts";
import { toHundredths } from "../kinds/rounding.ts";
import type { Ink } from "../types/tool.ts";

/** The server's limits: points of one report, and of one stroke. */
const MOST_POINTS = 1_000;
const LONGEST = limits.points;

/** What a report says of a strand: null, it was let go. Then the server has so many points that stay as they are; or there is more to tell. */
export type Told = { piece: object | null; id?: string; steady: number; more: boolean };

/** The ink, or the laser's trail, in hand, and how much of it the server is known to have. */
export class Strand {
  #now: Ink | null = null;
  /** Points, from the first on, that the server has and that stay as they are. */
  #known = 0;
  /** Whether the server was told of what is in hand. */
  #told = false;
  /** Whether the server may still show what was let go. */
  #letGo = false;

  /** The id of what is in hand, if there is something. */
  get inHand() {
    return this.#now?.id;
  }

  /** What is in hand; null: let go, and not kept. */
  hold(ink: Ink | null) {
    if (!ink) this.#letGo ||= this.#told;
    if (ink?.id !== this.inHand) this.kept();
    this.#now = ink;
  }

  /** It was kept: the change says the rest. */
  kept() {
    this.#now = null;
    this.forgotten();
  }

  /** The server may know nothing of it. */
  forgotten() {
    this.#known = 0;
    this.#told = false;
  }

  /** The server has no more than so many points. */
  gap(points: number) {
    this.#known = Math.min(this.#known, points);
  }

  /** What the server is not known to have; undefined is nothing. A stroke waits until the last one is known to be let go. */
  next(): Told | undefined {
    if (this.#letGo) return { piece: null, steady: 0, more: false };
    if (!this.#now) return undefined;
    const { id, points, steady = points.length / 2 } = this.#now;
    const all = Math.min(points.length / 2, LONGEST);
    const until = Math.min(this.#known + MOST_POINTS, all);
    this.#told = true;
    return { piece: piece(this.#now, this.#known, until), id, steady: Math.min(steady, until), more: until < all };
  }

  /** The server has it. @returns whether there is more to tell */
  knows({ piece, id, steady, more }: Told): boolean {
    if (!piece) {
      this.#letGo = false;
      return this.#now !== null;
    }
    if (id !== this.inHand) return false;
    this.#known = Math.max(this.#known, steady);
    return more;
  }
}

/** @param until index of the point that is no more part of it */
export function piece({ id, x, y, points, pressures, color, width, opacity }: Ink, from: number, until: number) {
  const place = points.slice(2 * from, 2 * until).map((value, i) => toHundredths(value / 10 + (i % 2 ? y : x)));
  const pressed = pressures?.length ? { pressures: pressures.slice(from, until) } : {};
  const look = from === 0 ? { color, width, opacity } : {};
  return { id, from, points: place, ...pressed, ...look };
}
