// @ts-check
/** @import { Editor } from "../editor.js" */
/** @import { Sample, Tool } from "../types.js" */

/** Pans. @implements {Tool} */
export class Hand {
  name = "hand";
  writes = false;

  #camera;
  #clientX = 0;
  #clientY = 0;

  /** @param {Pick<Editor, "camera">} editor */
  constructor({ camera }) {
    this.#camera = camera;
  }

  /** @param {Sample} sample */
  press({ clientX, clientY }) {
    this.#clientX = clientX;
    this.#clientY = clientY;
  }

  /** @param {Sample[]} samples */
  move(samples) {
    const { clientX, clientY } = samples[samples.length - 1];
    this.#camera.panBy(clientX - this.#clientX, clientY - this.#clientY);
    this.press(samples[samples.length - 1]);
  }

  release() {
    return null;
  }

  cancel() {}
}
