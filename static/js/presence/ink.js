// @ts-check
/** @import { Drafts } from "../draft.js" */
/** @import { Style } from "../types.js" */
/** @import { Wet } from "../wet.js" */
/** @import { Piece } from "./peers.js" */

/** @typedef {{ wet: Wet, x: number, y: number, points: number[], pressures: number[], style: Style }} Stroke points in tenths relative to x, y */

/** The wet ink of others: drawn as it comes, until its change brings the stroke, or it is let go. */
export class OthersInk {
  #drafts;
  #onBoard;
  /** @type {Map<string, Map<string, Stroke>>} by page, then by the shape's id */
  #pages = new Map();

  /** @param {Pick<Drafts, "wet">} drafts @param {(id: string) => boolean} onBoard whether the server has drawn a shape */
  constructor(drafts, onBoard) {
    this.#drafts = drafts;
    this.#onBoard = onBoard;
  }

  /** @param {string} key of the page @param {Piece} piece */
  add(key, { id, from, points, pressures = [], color = "black", width = 4, opacity = 1 }) {
    if (this.#onBoard(id)) return;
    const strokes = this.#pages.get(key) ?? new Map();
    this.#pages.set(key, strokes);
    let stroke = strokes.get(id);
    if (!stroke) {
      if (from > 0 || points.length < 2) return;
      const [x, y] = points;
      const style = /** @type {Style} */ ({ color, width, opacity });
      stroke = { wet: this.#drafts.wet(x, y, style), x, y, points: [], pressures: [], style };
      strokes.set(id, stroke);
    }
    const { x, y } = stroke;
    if (stroke.points.length < 2 * from) return; // the server tells each point once, so there are none missing
    if (stroke.points.length > 2 * from) {
      // The end has moved, as that of a straight line does.
      stroke.points.length = 2 * from;
      stroke.pressures.length = Math.min(stroke.pressures.length, from);
      stroke.wet.remove();
      stroke.wet = this.#drafts.wet(x, y, stroke.style);
    }
    stroke.points.push(...points.map((value, i) => Math.round((value - (i % 2 ? y : x)) * 10)));
    stroke.pressures.push(...pressures);
    if (stroke.points.length) stroke.wet.draw(stroke);
  }

  /** @param {string} key @param {string[]} ids */
  dry(key, ids) {
    for (const id of ids) this.#remove(key, id);
  }

  /** @param {string} key */
  remove(key) {
    this.dry(key, [...(this.#pages.get(key)?.keys() ?? [])]);
    this.#pages.delete(key);
  }

  /** Shapes have come from the server, and nothing was painted since: the strokes among them take the ink's place. */
  settle() {
    for (const [key, strokes] of this.#pages) for (const id of strokes.keys()) if (this.#onBoard(id)) this.#remove(key, id);
  }

  /** @param {string} key @param {string} id */
  #remove(key, id) {
    this.#pages.get(key)?.get(id)?.wet.remove();
    this.#pages.get(key)?.delete(id);
  }
}
