import type { Board } from "../board.ts";
import { union } from "../kinds/geometry.ts";
import { inside } from "../kinds/hits.ts";
import type { Box } from "../types/shape.ts";
import type { Past } from "./past.ts";
import type { Stage } from "./stage.ts";

/** Changes, the last ones, that the camera shows together if they are near. */
const TOGETHER = 5;

/** The camera stays for so long, in ms: else it would never rest. */
const STAYS = 900;

/** Lets the camera follow what is drawn, while the past of a board is played. */
export class Action {
  /** The camera moves because of this, and not because the person moves it. */
  flies = false;
  #board;
  #past;
  #stage;
  #moved = 0;
  #followed = 0;

  constructor(board: Board, past: Past, stage: Stage) {
    this.#board = board;
    this.#past = past;
    this.#stage = stage;
  }

  follow(count: number) {
    const { camera } = this.#board;
    const now = performance.now();
    if (count === this.#followed || this.#stage.shown !== count || now - this.#moved < STAYS) return;
    this.#followed = count;
    const view = camera.view();
    let box: Box | null = null;
    for (let change = count - 1; change >= Math.max(0, count - TOGETHER); change--) {
      const boxes = this.#stage.boxesOf(this.#past.fold.touched(change));
      const together: Box | null = boxes.reduce((all: Box | null, other) => union(all, other), box);
      if (box && together && !fits(together, view)) break;
      box = together;
    }
    if (!box || inside(box, view)) return;
    this.#moved = now;
    this.flies = true;
    camera.visit(box);
    this.flies = false;
  }
}

function fits(box: Box, view: Box) {
  return box.right - box.left <= view.right - view.left && box.bottom - box.top <= view.bottom - view.top;
}
