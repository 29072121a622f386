/** What becomes of shapes that are moved or turned. Pure. */

import { boundPoints } from "../kinds/bind.ts";
import { toHundredths, toTenths } from "../kinds/rounding.ts";
import type { Find, Patch, Shape } from "../types/shape.ts";

const DEGREE = Math.PI / 180;

/** @param shapes as they were */
export function moved(shapes: Shape[], dx: number, dy: number, find: Find): Map<string, Patch> {
  const along = new Set(shapes.map(({ id }) => id));
  return new Map(
    shapes.map((shape) => [
      shape.id,
      { ...loosened(shape, along, find), x: toHundredths(shape.x + dx), y: toHundredths(shape.y + dy) },
    ]),
  );
}

/** @param shapes as they were @param angle in radians */
export function turned(
  shapes: Shape[],
  centre: { x: number; y: number },
  angle: number,
  find: Find,
): Map<string, Patch> {
  const along = new Set(shapes.map(({ id }) => id));
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return new Map(
    shapes.map((shape) => {
      const [dx, dy] = [shape.x - centre.x, shape.y - centre.y];
      const place = {
        x: toHundredths(centre.x + dx * cos - dy * sin),
        y: toHundredths(centre.y + dx * sin + dy * cos),
      };
      return [shape.id, { ...loosened(shape, along, find), ...place, rotation: normal(shape.rotation + angle) }];
    }),
  );
}

/**
 * A line that goes away from what it is bound to is bound to it no more, and stays as it is seen.
 * @param along what it stays bound to
 * @returns empty for all other shapes
 */
export function loosened(shape: Shape, along: ReadonlySet<string>, find: Find): Patch {
  if (!("from" in shape)) return {};
  const [from, to] = [shape.from, shape.to].map((end) => (end && along.has(end.id) ? end : null));
  if (from === shape.from && to === shape.to) return {};
  return { points: boundPoints(shape, find).map(toTenths), from, to };
}

/** The shape with the points that are seen: those that a bound line keeps are from when somebody last moved it by itself. */
export function settled<S extends Shape>(shape: S, find: Find): S {
  return "from" in shape && (shape.from || shape.to)
    ? { ...shape, points: boundPoints(shape, find).map(toTenths) }
    : shape;
}

/** Within half a turn either way, in whole hundredths of a degree, as elements are written. @param angle in radians */
export function normal(angle: number) {
  const degrees = toHundredths(angle / DEGREE);
  const turns = degrees - 360 * Math.round(degrees / 360);
  return toHundredths(turns) * DEGREE;
}
