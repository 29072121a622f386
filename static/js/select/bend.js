// @ts-check
import { bindingAt } from "../binding.js";
import { boundPoints } from "../kinds/bind.js";
import { controls, distinct } from "../kinds/course.js";
import { toBoard, toLocal } from "../kinds/index.js";
import { tenths } from "./place.js";

/** @import { Editor } from "../editor.js" */
/** @import { Binding, Find, Line, Patch, Sample } from "../types.js" */

/** How near to a shape an end is bound to it, in screen px. */
const REACH = 8;

/** With Shift the leg is at a multiple of this, in radians. */
const STEP = Math.PI / 12;

/** The server's limit for one line. */
const MOST_POINTS = 100;

/** So near to the straight line between its neighbours a point goes, in screen px. */
const STRAIGHT = 5;

/** A point of a line goes with the pointer: an end, which may be bound then, one between, or one that this makes. */
export class Bend {
  #editor;
  /** As it was. @type {Line} */
  #line;
  /** @type {number[]} as they were seen, with a new one */
  #points;
  #index;
  /** @type {Patch | null} */
  #patch = null;

  /** @param {Editor} editor @param {Line} line @param {{ index: number, between: boolean }} handle */
  constructor(editor, line, { index, between }) {
    this.#editor = editor;
    this.#line = line;
    this.#index = index;
    this.#points = boundPoints(line, editor.shapes.find);
    if (between) this.#points.splice(2 * index, 0, (this.#points[2 * index - 2] + this.#points[2 * index]) / 2, (this.#points[2 * index - 1] + this.#points[2 * index + 1]) / 2);
  }

  /** @param {Sample} sample */
  move(sample) {
    const line = this.#line;
    const end = this.#end();
    const place = sample.shift ? this.#steep(sample) : sample;
    const binding = end && !sample.ctrl ? this.#binding(place) : null;
    const { x, y } = toLocal(line, place.x, place.y);
    const points = this.#points.map(tenths);
    [points[2 * this.#index], points[2 * this.#index + 1]] = [tenths(x), tenths(y)];
    this.#patch = { points, ...(end === "from" ? { from: binding } : end === "to" ? { to: binding } : {}) };
    this.#editor.highlight(binding?.id ?? null);
    this.#editor.preview(new Map([[line.id, this.#patch]]));
    this.#editor.overlay.changed();
  }

  release() {
    if (this.#patch) this.#editor.commit({ patch: { [this.#line.id]: this.#straightened(this.#patch) } });
    this.cancel();
  }

  cancel() {
    this.#editor.highlight(null);
    this.#editor.preview(new Map());
  }

  #end() {
    if (this.#index === 0) return "from";
    return 2 * this.#index === this.#points.length - 2 ? "to" : null;
  }

  /** @param {{ x: number, y: number }} place @returns {Binding | null} */
  #binding({ x, y }) {
    const { shapes, camera } = this.#editor;
    return bindingAt(shapes, x, y, REACH / camera.zoom, this.#line.id);
  }

  /** On the board, at a whole step from the point beside it. @param {Sample} sample */
  #steep({ x, y }) {
    const beside = 2 * (this.#index ? this.#index - 1 : 1);
    const from = toBoard(this.#line, this.#points[beside], this.#points[beside + 1]);
    const angle = Math.round(Math.atan2(y - from.y, x - from.x) / STEP) * STEP;
    const far = Math.hypot(x - from.x, y - from.y);
    return { x: from.x + far * Math.cos(angle), y: from.y + far * Math.sin(angle) };
  }

  /** Without a point that is let go on the straight way between its neighbours. @param {Patch} patch @returns {Patch} */
  #straightened(patch) {
    const points = "points" in patch && patch.points ? [...patch.points] : [];
    const at = 2 * this.#index;
    if (this.#end() || points.length < 6) return patch;
    const [ax, ay, x, y, bx, by] = points.slice(at - 2, at + 4);
    const length = Math.hypot(bx - ax, by - ay);
    const off = length ? Math.abs((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / length : Math.hypot(x - ax, y - ay);
    if (off * this.#editor.camera.zoom < STRAIGHT) points.splice(at, 2);
    return { ...patch, points };
  }
}

/**
 * The handles of a line: at each point, and halfway between two, where a new one would be.
 * @param {Line} line @param {Find} find
 * @returns {{ x: number, y: number, index: number, between: boolean }[]} on the board; `index` is that of the point, or of the new one
 */
export function pointsOf(line, find) {
  const points = boundPoints(line, find);
  const count = points.length / 2;
  const handles = Array.from({ length: count }, (_, i) => ({ ...toBoard(line, points[2 * i], points[2 * i + 1]), index: i, between: false }));
  if (count >= MOST_POINTS) return handles;
  return [...handles, ...halfways(points, line.curved).map(([x, y], i) => ({ ...toBoard(line, x, y), index: i + 1, between: true }))];
}

/** The place halfway along each leg. @param {number[]} points @param {boolean} curved @returns {[number, number][]} */
function halfways(points, curved) {
  const bends = curved && points.length > 4 && distinct(points).length === points.length ? controls(points) : [];
  return Array.from({ length: points.length / 2 - 1 }, (_, i) => {
    const [x0, y0, x3, y3] = points.slice(2 * i, 2 * i + 4);
    const [x1, y1, x2, y2] = bends[i] ?? [x0, y0, x3, y3];
    return [(x0 + 3 * x1 + 3 * x2 + x3) / 8, (y0 + 3 * y1 + 3 * y2 + y3) / 8];
  });
}
