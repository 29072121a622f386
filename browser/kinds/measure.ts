import type { Box } from "../types/shape.ts";
import { bounds, pathPoints } from "./geometry.ts";

/** How the element's path, which is in twentieths of a px, is moved, turned and drawn: in tenths, as its points. */
function placement(element: SVGElement) {
  const transform = element.getAttribute("transform") ?? "";
  const [x = 0, y = 0] = numbersIn(transform, "translate");
  const [degrees = 0] = numbersIn(transform, "rotate");
  const width = Number(element.getAttribute("stroke-width") ?? 80);
  return { x: x / 2, y: y / 2, angle: (degrees * Math.PI) / 180, reach: width / 4 };
}

function numbersIn(transform: string, name: string) {
  return (
    transform
      .match(new RegExp(`${name}\\(([^)]*)\\)`))?.[1]
      .split(/[ ,]+/)
      .map(Number) ?? []
  );
}

/** @returns with the ink's width */
export function boxOf(element: SVGElement): Box {
  const { x, y, angle, reach } = placement(element);
  const box = bounds(pathPoints(element.getAttribute("d") ?? "M0 0h0"));
  const corners = [box.left, box.top, box.right, box.top, box.right, box.bottom, box.left, box.bottom];
  const turned = angle ? bounds(rotate(corners, angle)) : box;
  return {
    left: (x + turned.left - reach) / 10,
    top: (y + turned.top - reach) / 10,
    right: (x + turned.right + reach) / 10,
    bottom: (y + turned.bottom + reach) / 10,
  };
}

function rotate(points: number[], angle: number) {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return points.map((value, i) => (i % 2 ? points[i - 1] * sin + value * cos : value * cos - points[i + 1] * sin));
}
