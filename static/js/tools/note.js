// @ts-check
import { complete } from "../defaults.js";
import { newId } from "../identifiers.js";
import { around } from "./figure.js";

/** @import { Editor } from "../editor.js" */
/** @import { Sample, Shape, Tool } from "../types.js" */

/** A side of a new note, in board px. */
const SIDE = 200;

/** Puts a sticky note where it is clicked, and writes on it. @implements {Tool} */
export class Note {
  name = "note";
  writes = true;
  fingers = true;

  #editor;
  /** @type {Shape | null} */
  #note = null;

  /** @param {Editor} editor */
  constructor(editor) {
    this.#editor = editor;
  }

  /** @param {{ x: number, y: number }} place */
  press(place) {
    const { style } = this.#editor;
    this.#note = complete("note", newId(), { ...style, ...around(place, SIDE, SIDE) });
    this.#editor.sketch([this.#note]);
  }

  /** Enter puts one in the middle of the window. @param {KeyboardEvent} event */
  key({ key }) {
    if (key !== "Enter" || this.#note) return false;
    this.press(this.#editor.camera.middle());
    this.release();
    return true;
  }

  /** It hangs on the pointer until that is lifted. @param {Sample[]} samples */
  move(samples) {
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
