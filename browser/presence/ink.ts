import type { Wet } from "../ink/wet.ts";
import type { Drafts } from "../scene/drafts.ts";
import type { Style } from "../types/style.ts";
import type { Piece } from "./peers.ts";

/** Points in tenths relative to x, y */
type Stroke = { wet: Wet; x: number; y: number; points: number[]; pressures: number[]; style: Style };

/** The wet ink of others: drawn as it comes, until its change brings the stroke, or it is let go. */
export class OthersInk {
  #drafts;
  #onBoard;
  /** By page, then by the shape's id */
  #pages: Map<string, Map<string, Stroke>> = new Map();

  /** @param onBoard whether the server has drawn a shape */
  constructor(drafts: Pick<Drafts, "wet">, onBoard: (id: string) => boolean) {
    this.#drafts = drafts;
    this.#onBoard = onBoard;
  }

  /** @param key of the page */
  add(key: string, { id, from, points, pressures = [], color = "black", width = 4, opacity = 1 }: Piece) {
    if (this.#onBoard(id)) return;
    const strokes = this.#pages.get(key) ?? new Map();
    this.#pages.set(key, strokes);
    let stroke = strokes.get(id);
    if (!stroke) {
      if (from > 0 || points.length < 2) return;
      const [x, y] = points;
      const style = { color, width, opacity } as Style;
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

  dry(key: string, ids: string[]) {
    for (const id of ids) this.#remove(key, id);
  }

  remove(key: string) {
    this.dry(key, [...(this.#pages.get(key)?.keys() ?? [])]);
    this.#pages.delete(key);
  }

  /** Shapes have come from the server, and nothing was painted since: the strokes among them take the ink's place. */
  settle() {
    for (const [key, strokes] of this.#pages)
      for (const id of strokes.keys()) if (this.#onBoard(id)) this.#remove(key, id);
  }

  #remove(key: string, id: string) {
    this.#pages.get(key)?.get(id)?.wet.remove();
    this.#pages.get(key)?.delete(id);
  }
}
