// @ts-check
import { Trail } from "../trail.js";

/** @import { Editor } from "../editor.js" */
/** @import { Sample, Tool } from "../types.js" */

/** Points at something, for everybody who is here; nothing of it is stored. @implements {Tool} */
export class Laser {
  name = "laser";
  writes = false;

  #editor;
  /** @type {Trail | null} */
  #trail = null;

  /** @param {Editor} editor */
  constructor(editor) {
    this.#editor = editor;
  }

  /** @param {Sample} sample */
  press(sample) {
    const overlay = /** @type {Element} */ (document.querySelector(".overlay"));
    this.#trail = new Trail(overlay, () => this.#editor.camera.zoom);
    this.#to(sample);
  }

  /** @param {Sample[]} samples */
  move(samples) {
    for (const sample of samples) this.#to(sample);
  }

  release() {
    this.cancel();
    return null;
  }

  cancel() {
    this.#trail?.lift();
    if (this.#trail) this.#editor.pointed(null);
    this.#trail = null;
  }

  /** @param {Sample} sample */
  #to({ x, y }) {
    this.#trail?.to(x, y);
    this.#editor.pointed({ x, y });
  }
}
