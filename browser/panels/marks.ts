import { svgElement } from "../kinds/svg-element.ts";
import type { Box } from "../types/shape.ts";

/** Room between a shape and its mark, in board px. */
const ROOM = 6;

/** Marks places on the board: those that were found, and the one that somebody looks at. */
export class Marks {
  #layer;

  /** @param layer in board px */
  constructor(layer: SVGGElement) {
    this.#layer = layer;
  }

  /** @param at the number of the one that somebody looks at */
  show(boxes: Box[], at: number) {
    const marks = boxes.map((box) => svgElement("rect", sides(box)));
    marks[at]?.classList.add("at");
    this.#layer.replaceChildren(...marks);
    if (marks[at]) this.#layer.append(marks[at]); // above the others
  }

  clear() {
    this.#layer.replaceChildren();
  }
}

function sides({ left, top, right, bottom }: Box) {
  return { x: left - ROOM, y: top - ROOM, width: right - left + 2 * ROOM, height: bottom - top + 2 * ROOM };
}
