import { limits } from "../kinds/declared.ts";
import { toHundredths } from "../kinds/rounding.ts";
import type { Ink } from "../types/tool.ts";

/** The server's limits: points of one report, and of one stroke. */
const MOST_POINTS = 1_000;
const LONGEST = limits.points;

/** The next piece to send, and how much of the stroke with that id the server has after it */
type Told = { piece: object | null; id: string; known: number[] };

/** The ink, or the laser's trail, in hand, and how much of it the server has. Each point is sent once. */
export class Strand {
  #now: Ink | null = null;
  #id = "";
  #known: number[] = [];
  dirty = false;

  /** The id of what is in hand, if there is something. */
  get inHand() {
    return this.#now?.id;
  }

  /** What is in hand; null: let go, and not kept. */
  hold(ink: Ink | null) {
    this.#now = ink;
    if (ink && ink.id !== this.#id) [this.#id, this.#known] = [ink.id, []];
    this.dirty = Boolean(ink) || this.#known.length > 0;
    if (!ink) this.#known = [];
  }

  /** It was kept: the change says the rest. */
  kept() {
    this.#now = null;
    this.#known = [];
    this.dirty = false;
  }

  /** The server may know nothing of it. */
  forgotten() {
    this.#known = [];
    this.again();
  }

  /** Sends again what is in hand, or that it still is. */
  again() {
    this.dirty = Boolean(this.#now);
  }

  /** The server has no more than so many points. */
  gap(points: number) {
    this.#known = this.#known.slice(0, 2 * points);
    this.again();
  }

  /** What is new of it. */
  news(): Told | null {
    if (!this.dirty) return null;
    this.dirty = false;
    if (!this.#now) return { piece: null, id: this.#id, known: [] };
    const { points } = this.#now;
    const all = Math.min(points.length / 2, LONGEST);
    const from = agreeing(this.#known, points);
    const until = Math.min(from + MOST_POINTS, all);
    this.dirty = until < all;
    return { piece: piece(this.#now, from, until), id: this.#id, known: points.slice(0, 2 * until) };
  }

  /** The server has it. */
  knows({ id, known }: Told) {
    if (this.#id === id && this.#now) this.#known = known;
  }
}

/** How many points two lists have in common from the start. */
export function agreeing(known: number[], points: number[]) {
  const most = Math.min(known.length, points.length);
  let i = 0;
  while (i < most && known[i] === points[i]) i++;
  return i >> 1;
}

/** @param until index of the point that is no more part of it */
export function piece({ id, x, y, points, pressures, color, width, opacity }: Ink, from: number, until: number) {
  const place = points.slice(2 * from, 2 * until).map((value, i) => toHundredths(value / 10 + (i % 2 ? y : x)));
  const pressed = pressures?.length ? { pressures: pressures.slice(from, until) } : {};
  const look = from === 0 ? { color, width, opacity } : {};
  return { id, from, points: place, ...pressed, ...look };
}
