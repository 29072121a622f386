// @ts-check
/** Heads of arrows, as paths. The same as app/geometry/heads.py. */
import { along, backwards, lengthOf } from "./course.js";
import { twentieths } from "./markup.js";

/** @import { Head } from "../types.js" */
/** @typedef {{ x: number, y: number }} Place */

/** How far a head goes back from its tip: px, plus widths of the line; at most this part of the line. */
const [LONG, LONGER, PART] = [8, 3, 0.5];

/** Of the angle between a wing and the line. */
const [COS, SIN] = [0.9, 0.43589];

/** @param {number} width px of the line @param {number} length px of the line */
export function headLength(width, length) {
  return Math.min(LONG + LONGER * width, length * PART);
}

/**
 * The paths of both ends, in twentieths: those that are only lines, and those that are filled.
 * @param {{ start: Head, end: Head, width: number }} line
 * @param {number[]} flat its course, in px
 * @param {Place} origin
 */
export function headPaths({ start, end, width }, flat, origin) {
  const long = headLength(width, lengthOf(flat));
  const paths = { open: "", filled: "" };
  if (!long) return paths;
  for (const [head, course] of /** @type {[Head, number[]][]} */ ([[start, flat], [end, backwards(flat)]])) {
    if (head === "none") continue;
    const filled = head === "triangle" || head === "dot";
    paths[filled ? "filled" : "open"] += headPath(head, course, long, origin);
  }
  return paths;
}

/** @param {Head} head @param {number[]} course from the tip @param {number} long @param {Place} origin */
function headPath(head, course, long, origin) {
  const [x, y] = course;
  const back = along(course, long);
  // Towards the line, and to its right: a head's length each.
  const away = Math.sqrt((back.x - x) * (back.x - x) + (back.y - y) * (back.y - y));
  if (!away) return "";
  const [dx, dy] = [((back.x - x) * long) / away, ((back.y - y) * long) / away];
  /** @param {number} far @param {number} aside both in lengths of the head */
  const place = (far, aside) =>
    `${origin.x + twentieths(x + dx * far - dy * aside)} ${origin.y + twentieths(y + dy * far + dx * aside)}`;
  if (head === "bar") return `M${place(0, SIN)}L${place(0, -SIN)}`;
  if (head === "dot") {
    const radius = twentieths(long * 0.3);
    return `M${place(0, 0)}A${radius} ${radius} 0 1 0 ${place(0.6, 0)}A${radius} ${radius} 0 1 0 ${place(0, 0)}Z`;
  }
  return `M${place(COS, SIN)}L${place(0, 0)} ${place(COS, -SIN)}${head === "triangle" ? "Z" : ""}`;
}
