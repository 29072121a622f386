/** Heads of arrows, as paths. The same as app/drawing/heads.py. */

import type { Point } from "../types/point.ts";
import type { Head } from "../types/shape.ts";
import { along, backwards, lengthOf } from "./course.ts";
import { twentieths } from "./markup.ts";

/** How far a head goes back from its tip: px, plus widths of the line; at most this part of the line. */
const [LONG, LONGER, PART] = [8, 3, 0.5];

/** Of the angle between a wing and the line. */
const COS = 0.9;
export const SIN = 0.43589;

/** The radius of a dot, in lengths of a head. */
const DOT = 0.3;

/** Where the head of each sort reaches, in lengths of the head: back from the tip, and aside. */
const REACH: Record<Head, [number, number][]> = {
  none: [],
  arrow: [
    [COS, SIN],
    [0, 0],
    [COS, -SIN],
  ],
  triangle: [
    [COS, SIN],
    [0, 0],
    [COS, -SIN],
  ],
  bar: [
    [0, SIN],
    [0, -SIN],
  ],
  dot: [
    [0, DOT],
    [2 * DOT, DOT],
    [2 * DOT, -DOT],
    [0, -DOT],
  ],
};

/** How far a head goes back from its tip, in px. @param far the line's length */
export function headLength({ width }: { width: number }, far: number) {
  return Math.min(LONG + LONGER * width, far * PART);
}

/**
 * Both heads of a line.
 * @param flat its course, in px
 */
function heads(
  { start, end, width }: { start: Head; end: Head; width: number },
  flat: number[],
): { head: Head; long: number; place: (far: number, aside: number) => Point }[] {
  const long = headLength({ width }, lengthOf(flat));
  const ends = [
    [start, flat],
    [end, backwards(flat)],
  ] as [Head, number[]][];
  return ends.flatMap(([head, course]) => {
    const [x, y] = course;
    const back = along(course, long);
    const away = Math.sqrt((back.x - x) * (back.x - x) + (back.y - y) * (back.y - y));
    if (head === "none" || !away) return [];
    // Towards the line, a head's length.
    const [dx, dy] = [((back.x - x) * long) / away, ((back.y - y) * long) / away];
    return [{ head, long, place: (far, aside) => ({ x: x + dx * far - dy * aside, y: y + dy * far + dx * aside }) }];
  });
}

/** Corners around both heads, flat, in px. */
export function headPlaces(line: { start: Head; end: Head; width: number }, flat: number[]) {
  return heads(line, flat).flatMap(({ head, place }) => REACH[head].flatMap((reach) => Object.values(place(...reach))));
}

/** The paths of both, in twentieths: those that are only lines, and those that are filled. */
export function headPaths(line: { start: Head; end: Head; width: number }, flat: number[], origin: Point) {
  const paths = { open: "", filled: "" };
  for (const { head, place } of heads(line, flat)) {
    const at = (far: number, aside: number) => {
      const { x, y } = place(far, aside);
      return `${origin.x + twentieths(x)} ${origin.y + twentieths(y)}`;
    };
    // Half a circle: a radius that is too short is made just long enough. A rounded one would bulge, by up to 0.9 px.
    const arc = "A1 1 0 1 0 ";
    if (head === "dot") paths.filled += `M${at(0, 0)}${arc}${at(2 * DOT, 0)}${arc}${at(0, 0)}Z`;
    else if (head === "bar") paths.open += `M${at(0, SIN)}L${at(0, -SIN)}`;
    else
      paths[head === "triangle" ? "filled" : "open"] +=
        `M${at(COS, SIN)}L${at(0, 0)} ${at(COS, -SIN)}${head === "triangle" ? "Z" : ""}`;
  }
  return paths;
}
