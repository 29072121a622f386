// @ts-check
import { simplify } from "../curve.js";
import { complete } from "../defaults.js";
import { newId } from "../identifiers.js";

/** @import { Wet } from "../draft.js" */
/** @import { Editor } from "../editor.js" */
/** @import { Sample, Stroke, Style, Tool } from "../types.js" */

/** The server's limit for one stroke. A longer one goes on as the next, from the very point where this one ends. */
const MOST_POINTS = 5_000;

/** Nearer samples are dropped, in screen px: a pen's are finer. */
const NEAREST = { pen: 0.5, other: 1 };

/** How far thinning may move the line, in screen px. */
const TOLERANCE = 0.3;

/** Freehand ink of constant width. @implements {Tool} */
export class Pen {
  name = "pen";
  writes = true;

  #editor;
  /** @type {Stroke[]} full ones, of the stroke that is being drawn */
  #done = [];
  /** @type {Wet[]} */
  #wet = [];
  /** @type {number[]} */
  #points = [];
  #x = 0;
  #y = 0;
  #nearest = 0;
  #frame = 0;
  /** @type {number[]} */
  #predicted = [];
  /** @type {Style} */
  #ink;

  /** @param {Editor} editor */
  constructor(editor) {
    this.#editor = editor;
    this.#ink = editor.style;
  }

  /** @param {Sample} sample @param {string} pointerType */
  press(sample, pointerType) {
    this.#ink = this.#editor.style;
    this.#nearest = ((pointerType === "pen" ? NEAREST.pen : NEAREST.other) * 10) / this.#editor.camera.zoom;
    this.#begin(twentieths(sample.x), twentieths(sample.y));
  }

  /** @param {Sample[]} samples @param {Sample[]} predicted */
  move(samples, predicted) {
    for (const sample of samples) this.#add(...this.#tenths(sample));
    this.#predicted = predicted.flatMap((sample) => this.#tenths(sample));
    this.#frame ||= requestAnimationFrame(() => this.#draw());
  }

  release() {
    const put = [...this.#done, this.#stroke()];
    this.cancel();
    return { put };
  }

  cancel() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    for (const wet of this.#wet) wet.remove();
    this.#wet = [];
    this.#done = [];
    this.#points = [];
  }

  /** @param {number} x @param {number} y */
  #begin(x, y) {
    this.#x = x;
    this.#y = y;
    this.#points = [0, 0];
    this.#wet.push(this.#editor.drafts.wet(x, y, this.#ink));
    this.#draw();
  }

  /** @param {number} x @param {number} y in tenths */
  #add(x, y) {
    const end = this.#points.length;
    if (Math.hypot(x - this.#points[end - 2], y - this.#points[end - 1]) < this.#nearest) return;
    this.#points.push(x, y);
    if (this.#points.length < 2 * MOST_POINTS) return;
    this.#predicted = [];
    this.#draw();
    this.#done.push(this.#stroke());
    this.#begin(twentieths(this.#x + x / 10), twentieths(this.#y + y / 10));
  }

  #draw() {
    this.#frame = 0;
    this.#wet.at(-1)?.draw(this.#points, this.#predicted);
  }

  /** @returns {Stroke} */
  #stroke() {
    const points = simplify(this.#points, (TOLERANCE * 10) / this.#editor.camera.zoom).map((value) => value / 10);
    return complete("stroke", newId(), { ...this.#ink, x: this.#x, y: this.#y, points });
  }

  /** @param {Sample} sample @returns {[number, number]} */
  #tenths(sample) {
    return [Math.round((sample.x - this.#x) * 10), Math.round((sample.y - this.#y) * 10)];
  }
}

/** A stroke begins at a whole twentieth of a px, so that its path is whole numbers. @param {number} value */
function twentieths(value) {
  return Math.round(value * 20) / 20;
}
