// @ts-check
import { partialPathData, pathData } from "./geometry.js";

/** @import { Change, Patch, Shape, Style } from "./types.js" */
/** @import { Shapes } from "./shapes.js" */

const SVG = "http://www.w3.org/2000/svg";

/** Points of the wet stroke that are drawn again in every frame; older ones lie still in paths of their own. */
const LIVE = 200;

/** As far from the board's origin, in px, the server puts a shape in its place by a transform instead of by its path. */
const FAR = 100_000;

/** @typedef {{ put: string[], remove: string[], ts: bigint | null }} Pending ts: when the server had it */

/**
 * What this page has drawn or erased and the server has not yet sent back: drafts lie in the overlay, erased shapes are hidden.
 * A draft is the very element that the server will send, so nothing moves when that takes its place.
 */
export class Drafts {
  #group;
  #shapes;
  /** @type {Map<string, Pending>} by changeId */
  #pending = new Map();

  /** @param {SVGGElement} group @param {Shapes} shapes */
  constructor(group, shapes) {
    this.#group = group;
    this.#shapes = shapes;
  }

  /** @param {string} changeId @param {Change} change */
  add(changeId, { put = [], remove = [] }) {
    const drawn = put.filter(({ id }) => !this.#shapes.onBoard(id));
    const elements = drawn.map((shape) => strokeElement(shape));
    this.#group.append(...elements);
    for (const element of elements) this.#shapes.draft(element);
    for (const id of remove) this.#shapes.erase(id, true);
    this.#pending.set(changeId, { put: drawn.map(({ id }) => id), remove, ts: null });
  }

  /**
   * The server has the change: its elements come, or came, with the stream.
   * @param {string} changeId @param {bigint} ts of the change @param {bigint} seen the stream's last
   */
  answered(changeId, ts, seen) {
    const pending = this.#pending.get(changeId);
    if (pending) pending.ts = ts;
    this.settle(seen);
  }

  /** The page shows all up to `seen`: what was answered by then and is not among it has been undone since. @param {bigint} seen */
  settle(seen) {
    for (const [changeId, { ts }] of this.#pending) if (ts !== null && ts <= seen) this.rollback(changeId);
  }

  /** Takes the change off the page again. @param {string} changeId */
  rollback(changeId) {
    const pending = this.#pending.get(changeId);
    if (!pending) return;
    this.#pending.delete(changeId);
    for (const id of pending.put) this.#shapes.removeDraft(id);
    for (const id of pending.remove) this.#shapes.erase(id, false);
  }

  /** @param {ReadonlyMap<string, Patch>} _patches */
  preview(_patches) {}

  /** A stroke that is being drawn, at x, y. @param {number} x @param {number} y @param {Style} style */
  wet(x, y, style) {
    const group = document.createElementNS(SVG, "g");
    const place = dress(group, { ...style, x, y });
    this.#group.append(group);
    return new Wet(group, place);
  }
}

/** Wet ink. A frame costs the same however long the stroke is and however many shapes the board has. */
export class Wet {
  #group;
  #place;
  #tail;
  /** Index of the first point that the tail draws. */
  #from = 0;

  /** @param {SVGGElement} group @param {{ x: number, y: number }} place of the points' origin in the paths, in twentieths */
  constructor(group, place) {
    this.#group = group;
    this.#place = place;
    this.#tail = group.appendChild(document.createElementNS(SVG, "path"));
  }

  /** @param {number[]} points all of the stroke @param {number[]} [predicted] drawn once and forgotten */
  draw(points, predicted = []) {
    const last = points.length / 2 - 1;
    if (last - this.#from > 2 * LIVE) {
      const until = last - LIVE;
      const still = points.slice(0, 2 * until + 4);
      this.#tail.setAttribute("d", partialPathData(still, { ...this.#place, from: this.#from, open: true }));
      this.#tail = this.#group.appendChild(document.createElementNS(SVG, "path"));
      this.#from = until + 1;
    }
    const shown = predicted.length ? points.concat(predicted) : points;
    this.#tail.setAttribute("d", partialPathData(shown, { ...this.#place, from: this.#from }));
  }

  remove() {
    this.#group.remove();
  }
}

/** @param {Shape} shape the same markup as in templates/shapes.html */
function strokeElement(shape) {
  const stroke = /** @type {import("./types.js").Stroke} */ (shape);
  const path = document.createElementNS(SVG, "path");
  path.id = stroke.id;
  const { x, y } = dress(path, stroke);
  path.setAttribute("d", pathData(stroke.points.map((value) => Math.round(value * 10)), x, y));
  return path;
}

/**
 * Gives the element the stroke's look and, if it is far away, its place.
 * @param {SVGElement} element @param {{ color: string, width: number, x: number, y: number }} stroke
 * @returns {{ x: number, y: number }} the place that is left to the path, in twentieths
 */
function dress(element, { color, width, x, y }) {
  if (color.startsWith("#")) element.setAttribute("stroke", color);
  else element.setAttribute("class", color);
  element.setAttribute("stroke-width", `${20 * width}`);
  if (Math.max(Math.abs(x), Math.abs(y)) <= FAR) return { x: Math.round(20 * x), y: Math.round(20 * y) };
  element.setAttribute("transform", `translate(${20 * x} ${20 * y})`);
  return { x: 0, y: 0 };
}
