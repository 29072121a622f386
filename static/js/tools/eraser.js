// @ts-check
/** @import { Editor } from "../editor.js" */
/** @import { Sample, Tool } from "../types.js" */

/** How near the eraser must pass, in screen px. */
const MARGIN = 8;

/** Erases whole shapes: dims those it passes, deletes on release. With Alt it takes back. @implements {Tool} */
export class Eraser {
  name = "eraser";
  writes = true;

  #editor;
  /** @type {Set<string>} */
  #passed = new Set();
  #x = 0;
  #y = 0;

  /** @param {Editor} editor */
  constructor(editor) {
    this.#editor = editor;
  }

  /** @param {Sample} sample */
  press(sample) {
    this.#x = sample.x;
    this.#y = sample.y;
    this.#pass(sample, sample.alt);
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
    for (const id of this.#passed) this.#editor.shapes.dim(id, false);
    this.#passed.clear();
  }

  /** A fast eraser jumps: look at every place between. @param {Sample} sample */
  #sweep(sample) {
    const dx = sample.x - this.#x;
    const dy = sample.y - this.#y;
    const steps = Math.max(1, Math.ceil((Math.hypot(dx, dy) * this.#editor.camera.zoom) / MARGIN));
    for (let step = 1; step <= steps; step++) {
      this.#pass({ x: this.#x + (dx * step) / steps, y: this.#y + (dy * step) / steps }, sample.alt);
    }
    this.#x = sample.x;
    this.#y = sample.y;
  }

  /** @param {{ x: number, y: number }} place @param {boolean} back */
  #pass({ x, y }, back) {
    const { shapes, selection, camera } = this.#editor;
    const near = shapes.at(x, y, MARGIN / camera.zoom).filter((id) => !shapes.get(id)?.locked);
    for (const id of selection.expanded(near)) {
      if (this.#passed.has(id) !== back) continue;
      if (back) this.#passed.delete(id);
      else this.#passed.add(id);
      shapes.dim(id, !back);
    }
  }
}
