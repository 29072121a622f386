// @ts-check
import { partialPathData } from "./geometry.js";
import { outlinePath } from "./kinds/ink.js";

/** @import { Line } from "./ink.js" */

const SVG = "http://www.w3.org/2000/svg";

/** Points of the wet stroke that are drawn again in every frame; older ones lie still in paths of their own. */
const LIVE = 200;

/** Wet ink. A frame costs the same however long the stroke is and however many shapes the board has. */
export class Wet {
  #group;
  #place;
  #width;
  #tail;
  /** Index of the first point that the tail draws. */
  #from = 0;

  /** @param {SVGGElement} group @param {{ x: number, y: number }} place of the points' origin in the paths, in twentieths @param {number} width px */
  constructor(group, place, width) {
    this.#group = group;
    this.#place = place;
    this.#width = width;
    this.#tail = this.#path();
  }

  /** @param {Line} line all of the stroke, with what is drawn once and forgotten behind it */
  draw(line) {
    const last = line.points.length / 2 - 1;
    if (last - this.#from > 2 * LIVE) {
      const until = last - LIVE;
      this.#fill(until, line, true);
      this.#tail = this.#path();
      this.#from = until + (line.pressures.length ? 0 : 1);
    }
    this.#fill(last, line, false);
  }

  remove() {
    this.#group.remove();
  }

  #path() {
    return this.#group.appendChild(document.createElementNS(SVG, "path"));
  }

  /** Draws the points of the tail up to one of them. @param {number} until @param {Line} line @param {boolean} open whether it goes on */
  #fill(until, { points, pressures }, open) {
    if (!pressures.length) {
      const some = open ? points.slice(0, 2 * until + 4) : points;
      return this.#tail.setAttribute("d", partialPathData(some, { ...this.#place, from: this.#from, open }));
    }
    const px = points.slice(2 * this.#from, 2 * until + 2).map((value) => value / 10);
    this.#tail.setAttribute("d", outlinePath(px, pressures.slice(this.#from, until + 1), this.#width, this.#place));
    this.#tail.setAttribute("fill", "currentColor");
    this.#tail.setAttribute("stroke", "none");
  }
}
