import { newId } from "../ground/identifiers.ts";
import { complete } from "../kinds/defaults.ts";
import type { Page } from "../page.ts";
import type { Shape } from "../types/shape.ts";
import type { Sample, Tool } from "../types/tool.ts";
import { around } from "./figure.ts";

/** A side of a new note, in board px. */
const SIDE = 200;

/** Puts a sticky note where it is clicked, and writes on it. */
export class Note implements Tool {
  name = "note";
  fingers = true;

  #board;
  #hand;
  #page;
  #note: Shape | null = null;

  constructor(page: Page) {
    this.#board = page.board;
    this.#hand = page.hand;
    this.#page = page;
  }

  press(place: { x: number; y: number }) {
    const { style } = this.#hand;
    this.#note = complete("note", newId(), { ...style, ...around(place, SIDE, SIDE) });
    this.#hand.sketch([this.#note]);
  }

  /** Enter puts one in the middle of the window. */
  key({ key }: KeyboardEvent) {
    if (key !== "Enter" || this.#note) return false;
    this.press(this.#board.camera.middle());
    this.release();
    return true;
  }

  /** It hangs on the pointer until that is lifted. */
  move(samples: Sample[]) {
    if (!this.#note) return;
    this.#note = { ...this.#note, ...around(samples[samples.length - 1], SIDE, SIDE) };
    this.#hand.sketch([this.#note]);
  }

  release() {
    const note = this.#note;
    this.cancel();
    if (note) this.#page.edit({ shape: note });
    return null;
  }

  cancel() {
    this.#note = null;
    this.#hand.sketch([]);
  }
}
