// @ts-check
import { boxAround, placeOf } from "./box.js";
import { carried } from "../carried.js";
import { turned } from "./place.js";

/** @import { Editor } from "../editor.js" */
/** @import { Patch, Sample, Shape } from "../types.js" */

/** With Shift, in radians. */
const STEP = Math.PI / 12;

/** The selection turns about its middle with the pointer. */
export class Rotate {
  #editor;
  /** As they were. @type {Shape[]} */
  #shapes;
  #centre;
  #start;
  /** Of the box, before. */
  #rotation;
  /** @type {Map<string, Patch>} */
  #patches = new Map();

  /** @param {Editor} editor @param {Sample} start @param {Shape[]} shapes */
  constructor(editor, start, shapes) {
    const box = /** @type {import("./box.js").TransformBox} */ (boxAround(shapes, editor.shapes.find));
    this.#editor = editor;
    this.#shapes = carried(editor, shapes.map(({ id }) => id)).flatMap((id) => editor.shapes.get(id) ?? []);
    this.#centre = placeOf(box, [0.5, 0.5]);
    this.#start = this.#angle(start);
    this.#rotation = box.rotation;
  }

  /** @param {Sample} sample */
  move(sample) {
    const { shapes } = this.#editor;
    let by = this.#angle(sample) - this.#start;
    if (sample.shift) by = Math.round((this.#rotation + by) / STEP) * STEP - this.#rotation;
    const left = this.#shapes.filter(({ id }) => shapes.has(id));
    const asTheyWere = new Map(left.map((shape) => [shape.id, shape]));
    this.#patches = turned(left, this.#centre, by, (id) => asTheyWere.get(id) ?? shapes.get(id));
    this.#editor.preview(this.#patches);
    this.#editor.overlay.changed();
  }

  release() {
    if (this.#patches.size) this.#editor.commit({ patch: Object.fromEntries(this.#patches) });
    this.cancel();
  }

  cancel() {
    this.#editor.preview(new Map());
  }

  /** @param {Sample} sample */
  #angle({ x, y }) {
    return Math.atan2(y - this.#centre.y, x - this.#centre.x);
  }
}
