import type { Board } from "../board.ts";
import type { Hand } from "../hand.ts";
import { STEP } from "../kinds/angle.ts";
import { boundPoints } from "../kinds/bind.ts";
import { bindingAt } from "../kinds/binding.ts";
import { toBoard, toLocal } from "../kinds/index.ts";
import { toTenths } from "../kinds/rounding.ts";
import type { Binding, Line, Patch } from "../types/shape.ts";
import type { Sample } from "../types/tool.ts";

/** How near to a shape an end is bound to it, in screen px. */
const REACH = 8;

/** So near to the straight line between its neighbours a point goes, in screen px. */
const STRAIGHT = 5;

/** A point of a line goes with the pointer: an end, which may be bound then, one between, or one that this makes. */
export class Bend {
  #board;
  #hand;
  /** As it was. */
  #line: Line;
  /** As they were seen, with a new one */
  #points: number[];
  #index;
  #patch: Patch | null = null;

  constructor(board: Board, hand: Hand, line: Line, { index, between }: { index: number; between: boolean }) {
    this.#board = board;
    this.#hand = hand;
    this.#line = line;
    this.#index = index;
    this.#points = boundPoints(line, board.shapes.find);
    if (between)
      this.#points.splice(
        2 * index,
        0,
        (this.#points[2 * index - 2] + this.#points[2 * index]) / 2,
        (this.#points[2 * index - 1] + this.#points[2 * index + 1]) / 2,
      );
  }

  move(sample: Sample) {
    const line = this.#line;
    const end = this.#end();
    const place = sample.shift ? this.#steep(sample) : sample;
    const binding = end && !sample.ctrl ? this.#binding(place) : null;
    const { x, y } = toLocal(line, place.x, place.y);
    const points = this.#points.map(toTenths);
    [points[2 * this.#index], points[2 * this.#index + 1]] = [toTenths(x), toTenths(y)];
    this.#patch = { points, ...(end === "from" ? { from: binding } : end === "to" ? { to: binding } : {}) };
    this.#hand.highlight(binding?.id ?? null);
    this.#hand.preview(new Map([[line.id, this.#patch]]));
    this.#hand.overlay.changed();
  }

  release() {
    if (this.#patch) this.#board.commit({ patch: { [this.#line.id]: this.#straightened(this.#patch) } });
    this.cancel();
  }

  cancel() {
    this.#hand.highlight(null);
    this.#hand.preview(new Map());
  }

  #end() {
    if (this.#index === 0) return "from";
    return 2 * this.#index === this.#points.length - 2 ? "to" : null;
  }

  #binding({ x, y }: { x: number; y: number }): Binding | null {
    const { shapes, camera } = this.#board;
    return bindingAt(shapes, x, y, REACH / camera.zoom, this.#line.id);
  }

  /** On the board, at a whole step from the point beside it. */
  #steep({ x, y }: Sample) {
    const beside = 2 * (this.#index ? this.#index - 1 : 1);
    const from = toBoard(this.#line, this.#points[beside], this.#points[beside + 1]);
    const angle = Math.round(Math.atan2(y - from.y, x - from.x) / STEP) * STEP;
    const far = Math.hypot(x - from.x, y - from.y);
    return { x: from.x + far * Math.cos(angle), y: from.y + far * Math.sin(angle) };
  }

  /** Without a point that is let go on the straight way between its neighbours. */
  #straightened(patch: Patch): Patch {
    const points = "points" in patch && patch.points ? [...patch.points] : [];
    const at = 2 * this.#index;
    if (this.#end() || points.length < 6) return patch;
    const [ax, ay, x, y, bx, by] = points.slice(at - 2, at + 4);
    const length = Math.hypot(bx - ax, by - ay);
    const off = length ? Math.abs((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / length : Math.hypot(x - ax, y - ay);
    if (off * this.#board.camera.zoom < STRAIGHT) points.splice(at, 2);
    return { ...patch, points };
  }
}
