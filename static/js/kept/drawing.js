// @ts-check
import { union } from "../geometry.js";
import { boardBox, element } from "../kinds/index.js";

/** @import { Box, Shape } from "../types.js" */

const SVG = "http://www.w3.org/2000/svg";

/** Room around the shapes, in px of the board. */
const MARGIN = 8;

/** More of them tell nobody more, in a picture as large as a thumb. */
const MOST = 200;

/** A small picture of shapes that are not on the board. @param {Shape[]} shapes at least one @returns {SVGSVGElement} */
export function drawing(shapes) {
  const shown = shapes.slice(0, MOST);
  const byId = new Map(shown.map((shape) => [shape.id, shape]));
  const find = (/** @type {string} */ id) => byId.get(id);
  /** @type {Box} */
  const box = shown.map((shape) => boardBox(shape, find)).reduce((all, one) => union(all, one));
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `${box.left - MARGIN} ${box.top - MARGIN} ${box.right - box.left + 2 * MARGIN} ${box.bottom - box.top + 2 * MARGIN}`);
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("thumb");
  const group = document.createElementNS(SVG, "g");
  const look = { class: "lifted", transform: "scale(.05)", fill: "none", "stroke-width": "80", "stroke-linecap": "round", "stroke-linejoin": "round" };
  for (const [name, value] of Object.entries(look)) group.setAttribute(name, value);
  group.append(...shown.map((shape) => element(shape, find)));
  for (const part of group.querySelectorAll("[id]")) part.removeAttribute("id"); // the board's own may still be there
  svg.append(group);
  return svg;
}
