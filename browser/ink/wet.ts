import { partialPathData } from "../kinds/geometry.ts";
import { outlinePath } from "../kinds/ink.ts";
import { svgElement } from "../kinds/svg-element.ts";
import type { InkLine } from "./ink.ts";

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

  /** @param place of the points' origin in the paths, in twentieths @param width px */
  constructor(group: SVGGElement, place: { x: number; y: number }, width: number) {
    this.#group = group;
    this.#place = place;
    this.#width = width;
    this.#tail = this.#path();
  }

  /** How many points lie still: the line may change behind them. */
  get still() {
    return this.#from;
  }

  /** @param line all of the stroke, with what is drawn once and forgotten behind it */
  draw(line: InkLine) {
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
    return this.#group.appendChild(svgElement("path"));
  }

  /** Draws the points of the tail up to one of them. @param open whether it goes on */
  #fill(until: number, { points, pressures }: InkLine, open: boolean) {
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
