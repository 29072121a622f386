// @ts-check
import { distance } from "./curve.js";
import { bounds, pathPoints } from "./geometry.js";

/** @import { Box } from "./types.js" */

/** Where the element's path stands on the board. @param {SVGElement} element */
function placement(element) {
  const transform = element.getAttribute("transform") ?? "";
  const [x = 0, y = 0] = numbersIn(transform, "translate");
  const [degrees = 0] = numbersIn(transform, "rotate");
  return { x, y, angle: (degrees * Math.PI) / 180, width: Number(element.getAttribute("stroke-width") ?? 0) / 20 };
}

/** @param {string} transform @param {string} name */
function numbersIn(transform, name) {
  return transform.match(new RegExp(`${name}\\(([^)]*)\\)`))?.[1].split(/[ ,]+/).map(Number) ?? [];
}

/** @param {SVGElement} element @returns {Box} with the ink's width */
export function boxOf(element) {
  const { x, y, angle, width } = placement(element);
  const box = bounds(pathPoints(element.getAttribute("d") ?? "M0 0h0"));
  const corners = [box.left, box.top, box.right, box.top, box.right, box.bottom, box.left, box.bottom];
  const turned = angle ? bounds(rotate(corners, angle)) : box;
  return {
    left: x + turned.left / 10 - width / 2,
    top: y + turned.top / 10 - width / 2,
    right: x + turned.right / 10 + width / 2,
    bottom: y + turned.bottom / 10 + width / 2,
  };
}

/** From a place on the board to the ink of a stroke: 0 on it. @param {SVGElement} element @param {number} boardX @param {number} boardY */
export function fromInk(element, boardX, boardY) {
  const { x, y, angle, width } = placement(element);
  const [localX, localY] = rotate([boardX - x, boardY - y], -angle);
  const points = pathPoints(element.getAttribute("d") ?? "M0 0h0");
  return Math.max(0, distance(points, localX * 10, localY * 10) / 10 - width / 2);
}

/** @param {number[]} points @param {number} angle */
function rotate(points, angle) {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return points.map((value, i) => (i % 2 ? points[i - 1] * sin + value * cos : value * cos - points[i + 1] * sin));
}
