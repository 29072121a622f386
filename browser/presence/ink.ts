import type { Wet } from "../ink/wet.ts";
import type { Drafts } from "../scene/drafts.ts";
import type { Style } from "../types/style.ts";
import type { Piece } from "./peers.ts";
import { Played } from "./played.ts";

/** In board px. */
type Stroke = { wet: Wet; x: number; y: number; style: Style; line: Played };

/** The wet ink of others: drawn as it comes, until its change brings the stroke, or it is let go. */
export class OthersInk {
  #drafts;
  #onBoard;
  /** By page, then by the shape's id */
  #pages: Map<string, Map<string, Stroke>> = new Map();
  /** Those that are not drawn as they are to be seen. */
  #growing: Set<Stroke> = new Set();
  #frame = 0;

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
      stroke = { wet: this.#drafts.wet(x, y, style), x, y, style, line: new Played() };
      strokes.set(id, stroke);
    }
    const { x, y, line } = stroke;
    if (line.length < from) return; // the server tells each point once, so there are none missing
    if (line.length > from && from <= stroke.wet.still) {
      stroke.wet.remove();
      stroke.wet = this.#drafts.wet(x, y, stroke.style);
    }
    const tenths = points.map((value, i) => Math.round((value - (i % 2 ? y : x)) * 10));
    line.take(from, tenths, pressures, performance.now());
    this.#growing.add(stroke);
    this.#frame ||= requestAnimationFrame(() => this.#draw());
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

  #draw() {
    this.#frame = 0;
    const now = performance.now();
    for (const stroke of this.#growing) {
      const { wet, line } = stroke;
      if (line.length) wet.draw(line.shown(now));
      if (line.whole(now)) this.#growing.delete(stroke);
    }
    if (this.#growing.size) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #remove(key: string, id: string) {
    const stroke = this.#pages.get(key)?.get(id);
    if (!stroke) return;
    stroke.wet.remove();
    this.#growing.delete(stroke);
    this.#pages.get(key)?.delete(id);
  }
}
