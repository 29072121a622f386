import type { Board } from "../board.ts";
import type { Hand } from "../hand.ts";
import { STEP } from "../kinds/angle.ts";
import type { Patch, Shape } from "../types/shape.ts";
import type { Sample } from "../types/tool.ts";
import type { TransformBox } from "./box.ts";
import { boxAround, placeOf } from "./box.ts";
import { carried } from "./carried.ts";
import { turned } from "./transforms.ts";

/** The selection turns about its middle with the pointer. */
export class Rotate {
  #board;
  #hand;
  /** As they were. */
  #shapes: Shape[];
  #centre;
  #start;
  /** Of the box, before. */
  #rotation;
  #patches: Map<string, Patch> = new Map();

  constructor(board: Board, hand: Hand, start: Sample, shapes: Shape[]) {
    const box = boxAround(shapes, board.shapes.find) as TransformBox;
    this.#board = board;
    this.#hand = hand;
    this.#shapes = carried(
      board,
      shapes.map(({ id }) => id),
    ).flatMap((id) => board.shapes.get(id) ?? []);
    this.#centre = placeOf(box, [0.5, 0.5]);
    this.#start = this.#angle(start);
    this.#rotation = box.rotation;
  }

  move(sample: Sample) {
    const { shapes } = this.#board;
    let by = this.#angle(sample) - this.#start;
    if (sample.shift) by = Math.round((this.#rotation + by) / STEP) * STEP - this.#rotation;
    const left = this.#shapes.filter(({ id }) => shapes.has(id));
    const asTheyWere = new Map(left.map((shape) => [shape.id, shape]));
    this.#patches = turned(left, this.#centre, by, (id) => asTheyWere.get(id) ?? shapes.get(id));
    this.#hand.preview(this.#patches);
    this.#hand.overlay.changed();
  }

  release() {
    if (this.#patches.size) this.#board.commit({ patch: Object.fromEntries(this.#patches) });
    this.cancel();
  }

  cancel() {
    this.#hand.preview(new Map());
  }

  #angle({ x, y }: Sample) {
    return Math.atan2(y - this.#centre.y, x - this.#centre.x);
  }
}
