// @ts-check
import { Cutting } from "../cutting.js";

/** @import { Editor } from "../editor.js" */
/** @import { Change, Sample, Tool } from "../types.js" */

/** How near the eraser must pass, in screen px. */
const MARGIN = 8;

/**
 * Erases whole shapes: dims those it passes, deletes on release; with Alt it takes back. Or, by its style, of strokes only the
 * part that it passes.
 * @implements {Tool}
 */
export class Eraser {
  name = "eraser";
  writes = true;

  #editor;
  /** Those that go whole. @type {Set<string>} */
  #passed = new Set();
  #cutting;
  #x = 0;
  #y = 0;

  /** @param {Editor} editor */
  constructor(editor) {
    this.#editor = editor;
    this.#cutting = new Cutting(editor);
  }

  /** @param {Sample} sample */
  press(sample) {
    this.#x = sample.x;
    this.#y = sample.y;
    this.#sweep(sample);
  }

  /** @param {Sample[]} samples */
  move(samples) {
    for (const sample of samples) this.#sweep(sample);
    this.#cutting.show();
  }

  /** @returns {Change | null} */
  release() {
    const { put, remove } = this.#cutting.change();
    const gone = [...this.#passed, ...remove];
    this.cancel();
    return gone.length ? { put, remove: gone } : null;
  }

  cancel() {
    for (const id of this.#passed) this.#editor.shapes.dim(id, false);
    this.#passed.clear();
    this.#cutting.cancel();
  }

  /** A fast eraser jumps: look at every place between. @param {Sample} sample */
  #sweep(sample) {
    const { zoom } = this.#editor.camera;
    const [dx, dy] = [sample.x - this.#x, sample.y - this.#y];
    const steps = Math.max(1, Math.ceil((Math.hypot(dx, dy) * zoom) / MARGIN));
    for (let step = 1; step <= steps; step++) {
      const from = { x: this.#x + (dx * (step - 1)) / steps, y: this.#y + (dy * (step - 1)) / steps };
      const to = { x: this.#x + (dx * step) / steps, y: this.#y + (dy * step) / steps };
      this.#pass(from, to, MARGIN / zoom, sample.alt);
    }
    this.#x = sample.x;
    this.#y = sample.y;
  }

  /** @param {{ x: number, y: number }} from @param {{ x: number, y: number }} to @param {number} margin @param {boolean} back */
  #pass(from, to, margin, back) {
    const { shapes, selection, style } = this.#editor;
    const near = shapes.at(to.x, to.y, margin).filter((id) => !shapes.get(id)?.locked);
    const cut = style.erase === "part" ? near.filter((id) => shapes.get(id)?.kind === "stroke") : [];
    for (const id of cut) this.#cutting.pass(id, from, to, margin, back);
    const whole = near.filter((id) => !cut.includes(id));
    for (const id of style.erase === "part" ? whole : selection.expanded(whole)) {
      if (this.#passed.has(id) !== back) continue;
      if (back) this.#passed.delete(id);
      else this.#passed.add(id);
      shapes.dim(id, !back);
    }
  }
}
