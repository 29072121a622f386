// @ts-check
/**
 * How every kind of shape is drawn and measured. A new kind is a file beside this one and an entry in `KINDS`.
 * `tests/fixtures/shapes.json` holds the markup to the server's.
 */
import { boxOnBoard } from "./boxes.js";
import { figure } from "./figure.js";
import { frame } from "./frame.js";
import { image } from "./image.js";
import { line } from "./line.js";
import { note } from "./note.js";
import { readStroke, stroke } from "./stroke.js";
import { text } from "./text.js";

/** @import { Box, Find, Kind, Shape } from "../types.js" */

export { toBoard, toLocal } from "./boxes.js";

/** @type {Record<Shape["kind"], Kind<any>>} */
const KINDS = {
  stroke,
  line,
  arrow: line,
  rectangle: figure,
  ellipse: figure,
  diamond: figure,
  text,
  note,
  frame,
  image,
};

/** @param {Pick<Shape, "kind">} shape @returns {Kind} */
export function kindOf({ kind }) {
  return KINDS[kind];
}

/** The whole element of a shape. @param {Shape} shape @param {Find} find what arrows are bound to */
export function svg(shape, find) {
  return kindOf(shape).svg(shape, find);
}

/** The same, for the page. @param {Shape} shape @param {Find} find */
export function element(shape, find) {
  const group = document.createElementNS("http://www.w3.org/2000/svg", "g");
  group.innerHTML = svg(shape, find);
  return /** @type {SVGElement} */ (group.firstElementChild);
}

/** The shape that an element on the page shows. @param {Element} element @returns {Shape} */
export function read(element) {
  const data = element.getAttribute("data-shape");
  return data === null ? readStroke(element) : { id: element.id, ...JSON.parse(data) };
}

/** The box on the board around all that is drawn of a shape. @param {Shape} shape @param {Find} find @returns {Box} */
export function boardBox(shape, find) {
  return boxOnBoard(shape, kindOf(shape).ink(shape, find));
}
