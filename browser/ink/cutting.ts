import type { Board } from "../board.ts";
import { newId } from "../ground/identifiers.ts";
import type { Hand } from "../hand.ts";
import { toLocal } from "../kinds/index.ts";
import type { Point } from "../types/point.ts";
import type { Stroke } from "../types/shape.ts";
import { Erasure } from "./erasure.ts";
import { withinLimits } from "./ink.ts";

/** Strokes that an eraser cuts: dimmed while it goes on, with what will be left drawn over them. */
export class Cutting {
  #board;
  #hand;
  /** `left` caches what is left of the stroke. */
  #cuts: Map<string, { stroke: Stroke; erasure: Erasure; left: Stroke[] | null }> = new Map();
  #changed = false;

  constructor(board: Board, hand: Hand) {
    this.#board = board;
    this.#hand = hand;
  }

  /** The eraser passes over a stroke, or takes back. */
  pass(id: string, from: Point, to: Point, margin: number, back: boolean) {
    const cut = this.#cuts.get(id);
    if (back) {
      if (!cut) return;
      this.#cuts.delete(id);
      this.#board.shapes.dim(id, false);
      this.#changed = true;
      return;
    }
    const stroke = cut?.stroke ?? (this.#board.shapes.get(id) as Stroke);
    const erasure = cut?.erasure ?? new Erasure({ points: tenths(stroke.points), pressures: stroke.pressures });
    const reach = 10 * (margin + stroke.width / 2);
    if (!erasure.pass(local(stroke, from), local(stroke, to), reach)) return;
    this.#cuts.set(id, { stroke, erasure, left: null });
    this.#board.shapes.dim(id, true);
    this.#changed = true;
  }

  /** Draws what will be left. */
  show() {
    if (this.#changed) this.#hand.sketch(this.change().put, false);
    this.#changed = false;
  }

  /** The change of the board: the pieces stand where the whole stroke stood. */
  change() {
    const put = [...this.#cuts.values()].flatMap((cut) => (cut.left ??= pieces(cut.stroke, cut.erasure)));
    return { put, remove: [...this.#cuts.keys()] };
  }

  cancel() {
    for (const id of this.#cuts.keys()) this.#board.shapes.dim(id, false);
    if (this.#cuts.size) this.#hand.sketch([]);
    this.#cuts.clear();
    this.#changed = false;
  }
}

function pieces(stroke: Stroke, erasure: Erasure): Stroke[] {
  return erasure
    .left()
    .flatMap(withinLimits)
    .map(({ points, pressures }) => ({
      ...stroke,
      id: newId(),
      points: points.map((value) => value / 10),
      pressures,
      z: { above: stroke.id },
    }));
}

function local(stroke: Stroke, { x, y }: Point) {
  const place = toLocal(stroke, x, y);
  return [10 * place.x, 10 * place.y];
}

function tenths(points: number[]) {
  return points.map((value) => Math.round(10 * value));
}
