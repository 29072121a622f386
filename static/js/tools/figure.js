// @ts-check
import { complete } from "../defaults.js";
import { newId } from "../identifiers.js";

/** @import { Editor } from "../editor.js" */
/** @import { Sample, Shape, Tool } from "../types.js" */

/** A press that goes no farther is a click, in screen px. */
const CLICK = { mouse: 4, touch: 6 };

/** @typedef {{ id: string, from: Sample, to: Sample, click: number }} Drag */

/**
 * Drags a shape out from corner to corner: with Shift as high as wide, with Alt from its centre. One of these for each kind
 * that is its box.
 * @implements {Tool}
 */
export class Figure {
  name = "";
  writes = true;
  /** @type {Shape["kind"]} */
  kind = "rectangle";
  /** What a click makes, in screen px. */
  size = { w: 160, h: 100 };

  #editor;
  /** @type {Drag | null} */
  #drag = null;

  /** @param {Editor} editor */
  constructor(editor) {
    this.#editor = editor;
  }

  /** What is not of the style. @returns {Record<string, unknown>} */
  fields() {
    return this.kind === "rectangle" ? {} : { radius: 0 };
  }

  /** @param {Sample} sample @param {string} pointerType */
  press(sample, pointerType) {
    this.#drag = { id: newId(), from: sample, to: sample, click: pointerType === "touch" ? CLICK.touch : CLICK.mouse };
  }

  /** @param {Sample[]} samples */
  move(samples) {
    if (!this.#drag) return;
    this.#drag.to = samples[samples.length - 1];
    if (isDrag(this.#drag)) this.#editor.sketch([this.#shape(this.#drag)]);
  }

  release() {
    if (!this.#drag) return null;
    this.#make(this.#shape(this.#drag));
    return null;
  }

  /** Enter makes one in the middle of the window. @param {KeyboardEvent} event */
  key({ key }) {
    if (key !== "Enter" || this.#drag) return false;
    this.#make(this.#usual(newId(), this.#editor.camera.middle()));
    return true;
  }

  cancel() {
    this.#drag = null;
    this.#editor.sketch([]);
  }

  /** @param {Shape} shape */
  #make(shape) {
    this.cancel();
    this.#editor.commit({ put: [shape] });
    this.#editor.made([shape.id]);
  }

  /** @param {Drag} drag */
  #shape(drag) {
    return isDrag(drag) ? this.#in(drag.id, dragged(drag)) : this.#usual(drag.id, drag.from);
  }

  /** @param {string} id @param {{ x: number, y: number }} centre */
  #usual(id, centre) {
    const { zoom } = this.#editor.camera;
    return this.#in(id, around(centre, this.size.w / zoom, this.size.h / zoom));
  }

  /** @param {string} id @param {{ x: number, y: number, w: number, h: number }} box */
  #in(id, box) {
    return complete(this.kind, id, { ...this.#editor.style, ...this.fields(), ...box });
  }
}

/** @param {Drag} drag */
function isDrag({ from, to, click }) {
  return Math.hypot(to.clientX - from.clientX, to.clientY - from.clientY) >= click;
}

/** @param {Drag} drag */
function dragged({ from, to }) {
  let [dx, dy] = [to.x - from.x, to.y - from.y];
  if (to.shift) {
    const side = Math.max(Math.abs(dx), Math.abs(dy));
    [dx, dy] = [dx < 0 ? -side : side, dy < 0 ? -side : side];
  }
  return to.alt ? around(from, 2 * Math.abs(dx), 2 * Math.abs(dy)) : between(from.x, from.y, from.x + dx, from.y + dy);
}

/** @param {{ x: number, y: number }} centre @param {number} w @param {number} h */
export function around({ x, y }, w, h) {
  return between(x - w / 2, y - h / 2, x + w / 2, y + h / 2);
}

/** In whole twentieths of a px, as it is drawn. @param {number} x @param {number} y @param {number} toX @param {number} toY */
export function between(x, y, toX, toY) {
  const sides = [Math.min(x, toX), Math.min(y, toY), Math.max(x, toX), Math.max(y, toY)];
  const [left, top, right, bottom] = sides.map((value) => Math.round(20 * value));
  return { x: left / 20, y: top / 20, w: Math.max(1, right - left) / 20, h: Math.max(1, bottom - top) / 20 };
}
