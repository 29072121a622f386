/**
 * How every kind of shape is drawn and measured. A kind that draws itself is a file beside this one and an entry in `KINDS`.
 * `tests/fixtures/shapes.json` holds the markup to the server's.
 */

import type { SelfDrawnKind } from "../../shapes/types.ts";
import type { Kind } from "../types/kind.ts";
import type { Box, Find, Shape } from "../types/shape.ts";
import { boxOnBoard } from "./boxes.ts";
import { isFigure } from "./declared.ts";
import { figure } from "./figure.ts";
import { frame } from "./frame.ts";
import { image } from "./image.ts";
import { line } from "./line.ts";
import { note } from "./note.ts";
import { readStroke, stroke } from "./stroke.ts";
import { svgElement } from "./svg-element.ts";
import { text } from "./text.ts";

export { toBoard, toLocal } from "./boxes.ts";

const KINDS: Record<SelfDrawnKind, Kind<any>> = {
  stroke,
  line,
  arrow: line,
  text,
  note,
  frame,
  image,
};

export function kindOf({ kind }: Pick<Shape, "kind">): Kind {
  return isFigure(kind) ? figure : KINDS[kind];
}

/** The whole element of a shape. @param find what arrows are bound to */
export function svg(shape: Shape, find: Find) {
  return kindOf(shape).svg(shape, find);
}

/** The same, for the page. */
export function element(shape: Shape, find: Find) {
  const group = svgElement("g");
  group.innerHTML = svg(shape, find);
  return group.firstElementChild as SVGElement;
}

/** The shape that an element on the page shows. */
export function read(element: Element): Shape {
  const data = element.getAttribute("data-shape");
  return data === null ? readStroke(element) : { id: element.id, ...JSON.parse(data) };
}

/** The box on the board around all that is drawn of a shape. */
export function boardBox(shape: Shape, find: Find): Box {
  return boxOnBoard(shape, kindOf(shape).ink(shape, find));
}
