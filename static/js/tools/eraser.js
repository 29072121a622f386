// @ts-check
/** @import { Editor } from "../editor.js" */
/** @import { Sample, Tool } from "../types.js" */

/** How near the eraser must pass, in screen px. */
const MARGIN = 8;

/** Erases whole shapes: dims those it passes, deletes on release. @implements {Tool} */
export class Eraser {
  name = "eraser";
  writes = true;

  #shapes;
  #camera;
  /** @type {Set<string>} */
  #passed = new Set();
  #x = 0;
  #y = 0;

  /** @param {Pick<Editor, "shapes" | "camera">} editor */
  constructor({ shapes, camera }) {
    this.#shapes = shapes;
    this.#camera = camera;
  }

  /** @param {Sample} sample */
  press(sample) {
    this.#pass(sample);
    this.#x = sample.x;
    this.#y = sample.y;
  }

  /** @param {Sample[]} samples */
  move(samples) {
    for (const sample of samples) this.#sweep(sample);
  }

  release() {
    const remove = [...this.#passed];
    this.cancel();
    return remove.length ? { remove } : null;
  }

  cancel() {
    for (const id of this.#passed) this.#shapes.dim(id, false);
    this.#passed.clear();
  }

  /** A fast eraser jumps: look at every place between. @param {Sample} sample */
  #sweep(sample) {
    const dx = sample.x - this.#x;
    const dy = sample.y - this.#y;
    const steps = Math.max(1, Math.ceil((Math.hypot(dx, dy) * this.#camera.zoom) / MARGIN));
    for (let step = 1; step <= steps; step++) {
      this.#pass({ x: this.#x + (dx * step) / steps, y: this.#y + (dy * step) / steps });
    }
    this.#x = sample.x;
    this.#y = sample.y;
  }

  /** @param {{ x: number, y: number }} place */
  #pass({ x, y }) {
    for (const id of this.#shapes.at(x, y, MARGIN / this.#camera.zoom)) {
      if (this.#passed.has(id)) continue;
      this.#passed.add(id);
      this.#shapes.dim(id, true);
    }
  }
}
