import { boundPoints } from "../kinds/bind.ts";
import { controls, distinct } from "../kinds/course.ts";
import { toBoard } from "../kinds/index.ts";
import type { Find, Line } from "../types/shape.ts";

/** The server's limit for one line. */
const MOST_POINTS = 100;

/**
 * The handles of a line: at each point, and halfway between two, where a new one would be.
 * @returns on the board; `index` is that of the point, or of the new one
 */
export function pointsOf(line: Line, find: Find): { x: number; y: number; index: number; between: boolean }[] {
  const points = boundPoints(line, find);
  const count = points.length / 2;
  const handles = Array.from({ length: count }, (_, i) => ({
    ...toBoard(line, points[2 * i], points[2 * i + 1]),
    index: i,
    between: false,
  }));
  if (count >= MOST_POINTS) return handles;
  return [
    ...handles,
    ...halfways(points, line.curved).map(([x, y], i) => ({ ...toBoard(line, x, y), index: i + 1, between: true })),
  ];
}

/** The place halfway along each leg. */
function halfways(points: number[], curved: boolean): [number, number][] {
  const bends = curved && points.length > 4 && distinct(points).length === points.length ? controls(points) : [];
  return Array.from({ length: points.length / 2 - 1 }, (_, i) => {
    const [x0, y0, x3, y3] = points.slice(2 * i, 2 * i + 4);
    const [x1, y1, x2, y2] = bends[i] ?? [x0, y0, x3, y3];
    return [(x0 + 3 * x1 + 3 * x2 + x3) / 8, (y0 + 3 * y1 + 3 * y2 + y3) / 8];
  });
}
