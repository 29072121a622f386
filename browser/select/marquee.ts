import type { Board } from "../board.ts";
import type { Hand } from "../hand.ts";
import type { Box } from "../types/shape.ts";
import type { Sample } from "../types/tool.ts";

/**
 * Selects what a box touches, as tldraw does; with Ctrl only what lies wholly in it. Frames are selected from outside only,
 * locked shapes never.
 */
export class Marquee {
  #board;
  #hand;
  #start;
  /** What was selected */
  #before: string[];
  /** What stays selected */
  #kept: string[];

  constructor(board: Board, hand: Hand, start: Sample) {
    this.#board = board;
    this.#hand = hand;
    this.#start = start;
    this.#before = [...board.selection.ids];
    this.#kept = start.shift ? this.#before : [];
  }

  move({ x, y, ctrl }: Sample) {
    const { overlay } = this.#hand;
    const { selection, shapes } = this.#board;
    const box: Box = {
      left: Math.min(x, this.#start.x),
      top: Math.min(y, this.#start.y),
      right: Math.max(x, this.#start.x),
      bottom: Math.max(y, this.#start.y),
    };
    const found = ctrl ? shapes.inside(box) : shapes.touching(box);
    selection.set([...this.#kept, ...found.filter((id) => !shapes.get(id)?.locked)]);
    overlay.marquee = box;
    overlay.changed();
  }

  release() {
    this.#end();
  }

  cancel() {
    this.#board.selection.set(this.#before);
    this.#end();
  }

  #end() {
    this.#hand.overlay.marquee = null;
    this.#hand.overlay.changed();
  }
}
