import { union } from "../kinds/geometry.ts";
import { boardBox, element } from "../kinds/index.ts";
import { shapesGroup, svgElement } from "../kinds/svg-element.ts";
import type { Box, Shape } from "../types/shape.ts";

/** Room around the shapes, in px of the board. */
const MARGIN = 8;

/** More of them tell nobody more, in a picture as large as a thumb. */
const MOST = 200;

/** A small picture of shapes that are not on the board. @param shapes at least one */
export function drawing(shapes: Shape[]): SVGSVGElement {
  const shown = shapes.slice(0, MOST);
  const byId = new Map(shown.map((shape) => [shape.id, shape]));
  const find = (id: string) => byId.get(id);
  const box: Box = shown.map((shape) => boardBox(shape, find)).reduce((all, one) => union(all, one));
  const [width, height] = [box.right - box.left + 2 * MARGIN, box.bottom - box.top + 2 * MARGIN];
  const svg = svgElement("svg", {
    viewBox: `${box.left - MARGIN} ${box.top - MARGIN} ${width} ${height}`,
    "aria-hidden": "true",
    class: "thumb",
  });
  const group = shapesGroup("lifted");
  group.append(...shown.map((shape) => element(shape, find)));
  for (const part of group.querySelectorAll("[id]")) part.removeAttribute("id"); // the board's own may still be there
  svg.append(group);
  return svg;
}
