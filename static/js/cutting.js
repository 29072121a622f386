// @ts-check
import { Erasure } from "./erasure.js";
import { newId } from "./identifiers.js";
import { within } from "./ink.js";
import { toLocal } from "./kinds/index.js";

/** @import { Editor } from "./editor.js" */
/** @import { Stroke } from "./types.js" */

/** @typedef {{ x: number, y: number }} Place */

/** Strokes that an eraser cuts: dimmed while it goes on, with what will be left drawn over them. */
export class Cutting {
  #editor;
  /** `left` is what is left of the stroke, once it was asked for. @type {Map<string, { stroke: Stroke, erasure: Erasure, left: Stroke[] | null }>} */
  #cuts = new Map();
  #changed = false;

  /** @param {Editor} editor */
  constructor(editor) {
    this.#editor = editor;
  }

  /** The eraser passes over a stroke, or takes back. @param {string} id @param {Place} from @param {Place} to @param {number} margin @param {boolean} back */
  pass(id, from, to, margin, back) {
    const cut = this.#cuts.get(id);
    if (back) {
      if (!cut) return;
      this.#cuts.delete(id);
      this.#editor.shapes.dim(id, false);
      this.#changed = true;
      return;
    }
    const stroke = cut?.stroke ?? /** @type {Stroke} */ (this.#editor.shapes.get(id));
    const erasure = cut?.erasure ?? new Erasure({ points: tenths(stroke.points), pressures: stroke.pressures });
    const reach = 10 * (margin + stroke.width / 2);
    if (!erasure.pass(local(stroke, from), local(stroke, to), reach)) return;
    this.#cuts.set(id, { stroke, erasure, left: null });
    this.#editor.shapes.dim(id, true);
    this.#changed = true;
  }

  /** Draws what will be left. */
  show() {
    if (this.#changed) this.#editor.sketch(this.change().put, false);
    this.#changed = false;
  }

  /** What it does to the board: what is left stands where the whole stroke stood. */
  change() {
    const put = [...this.#cuts.values()].flatMap((cut) => (cut.left ??= pieces(cut.stroke, cut.erasure)));
    return { put, remove: [...this.#cuts.keys()] };
  }

  cancel() {
    for (const id of this.#cuts.keys()) this.#editor.shapes.dim(id, false);
    if (this.#cuts.size) this.#editor.sketch([]);
    this.#cuts.clear();
    this.#changed = false;
  }
}

/** @param {Stroke} stroke @param {Erasure} erasure @returns {Stroke[]} */
function pieces(stroke, erasure) {
  return erasure.left().flatMap(within).map(({ points, pressures }) => ({
    ...stroke,
    id: newId(),
    points: points.map((value) => value / 10),
    pressures,
    z: { above: stroke.id },
  }));
}

/** @param {Stroke} stroke @param {Place} place */
function local(stroke, { x, y }) {
  const place = toLocal(stroke, x, y);
  return [10 * place.x, 10 * place.y];
}

/** @param {number[]} points */
function tenths(points) {
  return points.map((value) => Math.round(10 * value));
}
