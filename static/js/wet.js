// @ts-check
import { partialPathData } from "./geometry.js";

const SVG = "http://www.w3.org/2000/svg";

/** Points of the wet stroke that are drawn again in every frame; older ones lie still in paths of their own. */
const LIVE = 200;

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
