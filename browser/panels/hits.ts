import type { Board } from "../board.ts";
import { onceAFrame } from "../ground/frame.ts";
import { overlaps } from "../kinds/geometry.ts";
import type { Box } from "../types/shape.ts";
import { Marks } from "./marks.ts";
import type { Found, Match } from "./search.ts";
import { search } from "./search.ts";

const NOTHING: Found = { total: 0, matches: [] };

/** What was found on the board, and which of it somebody looks at. */
export class Hits {
  #board;
  #url;
  #marks;
  #found = NOTHING;
  #at = 0;
  #asked = 0;

  /** @param layer for marks, in board px @param url of the board */
  constructor(board: Board, layer: SVGGElement, url: string) {
    this.#board = board;
    this.#url = url;
    this.#marks = new Marks(layer);
  }

  /** The one that somebody looks at. */
  get match(): Match | undefined {
    return this.#found.matches[this.#at];
  }

  /** "3 of 14" */
  get sentence() {
    const { total, matches } = this.#found;
    const [at, all, first] = [this.#at + 1, total, matches.length].map((number) => number.toLocaleString("en"));
    if (!total) return "Nothing found";
    return matches.length < total ? `${at} of ${all} (first ${first})` : `${at} of ${all}`;
  }

  /**
   * Searches, and flies to a match unless this person looks at one already.
   * @returns what to say; null if there is something else to be said by now
   */
  async ask(q: string): Promise<string | null> {
    const asked = ++this.#asked;
    const found = q ? await search(this.#url, { q }) : NOTHING;
    if (asked !== this.#asked) return null;
    if (!found) return "Could not search: try again";
    const same = found.matches.findIndex(({ id }) => id === this.match?.id);
    this.#found = found;
    this.#at = same >= 0 ? same : this.#nearest();
    if (same < 0) this.#visit();
    this.mark();
    return q && this.sentence;
  }

  /** To the next one, or the one before; round the ends. */
  turn(step: 1 | -1) {
    const { length } = this.#found.matches;
    if (!length) return;
    this.#at = (this.#at + step + length) % length;
    this.#visit();
    this.mark();
  }

  clear() {
    this.#asked++;
    this.#found = NOTHING;
    this.mark();
  }

  /** Shapes may have moved. */
  mark = onceAFrame(() =>
    this.#marks.show(
      this.#found.matches.map((match) => this.#boxOf(match)),
      this.#at,
    ),
  );

  /** The first one in view, or else the first. */
  #nearest() {
    const view = this.#board.camera.view();
    return Math.max(
      0,
      this.#found.matches.findIndex((match) => overlaps(this.#boxOf(match), view)),
    );
  }

  #visit() {
    if (this.match) this.#board.camera.visit(this.#boxOf(this.match));
  }

  /** As this page has the shape, or else where the server has it. */
  #boxOf({ id, box }: Match): Box {
    return this.#board.shapes.bounds([id]) ?? box;
  }
}
