import type { Editor } from "../editor.ts";
import { newId } from "../ground/identifiers.ts";
import { complete } from "../kinds/defaults.ts";
import type { Sample, Shape, Tool } from "../types.ts";
import { around } from "./figure.ts";

/** A side of a new note, in board px. */
const SIDE = 200;

/** Puts a sticky note where it is clicked, and writes on it. */
export class Note implements Tool {
  name = "note";
  writes = true;
  fingers = true;

  #editor;
  #note: Shape | null = null;

  constructor(editor: Editor) {
    this.#editor = editor;
  }

  press(place: { x: number; y: number }) {
    const { style } = this.#editor;
    this.#note = complete("note", newId(), { ...style, ...around(place, SIDE, SIDE) });
    this.#editor.sketch([this.#note]);
  }

  /** Enter puts one in the middle of the window. */
  key({ key }: KeyboardEvent) {
    if (key !== "Enter" || this.#note) return false;
    this.press(this.#editor.camera.middle());
    this.release();
    return true;
  }

  /** It hangs on the pointer until that is lifted. */
  move(samples: Sample[]) {
    if (!this.#note) return;
    this.#note = { ...this.#note, ...around(samples[samples.length - 1], SIDE, SIDE) };
    this.#editor.sketch([this.#note]);
  }

  release() {
    const note = this.#note;
    this.cancel();
    if (note) this.#editor.edit({ shape: note });
    return null;
  }

  cancel() {
    this.#note = null;
    this.#editor.sketch([]);
  }
}
