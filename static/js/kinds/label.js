// @ts-check
/** Lines of text in a shape. */
import { BASELINE, LINE, lines } from "../text/layout.js";
import { escape, number, twentieths } from "./markup.js";

/** @import { Align, Box } from "../types.js" */

/**
 * @typedef {object} Label lines in local px
 * @property {readonly { text: string, width: number }[]} lines
 * @property {number} size
 * @property {Align} align
 * @property {number} x where the lines begin, have their middle or end
 * @property {number} top
 * @property {number} w what they are broken at, or as wide as they are
 * @property {Box} box around the lines
 */

/** What an `align` is in SVG, and how much of a line lies left of its x. */
const ANCHOR = { left: "", center: ' text-anchor="middle"', right: ' text-anchor="end"' };
export const BEFORE = { left: 0, center: 0.5, right: 1 };

/**
 * The text in lines `w` px wide (0: as wide as they are), around a middle or, without one, from 0 down.
 * @param {{ text: string, size: number, align: Align }} shape
 * @param {{ left: number, w: number, middle?: number }} place
 * @returns {Label}
 */
export function label({ text, size, align }, { left, w, middle }) {
  const laid = lines(text, size, w);
  const widest = laid.reduce((most, line) => Math.max(most, line.width), 0);
  const height = laid.length * LINE * size;
  const top = middle === undefined ? 0 : middle - height / 2;
  const x = left + (w || widest) * BEFORE[align];
  const start = x - widest * BEFORE[align];
  return { lines: laid, size, align, x, top, w: w || widest, box: { left: start, top, right: start + widest, bottom: top + height } };
}

/**
 * The `<text>` of a label; nothing if there is nothing to be seen.
 * @param {Label} label @param {{ x: number, y: number }} origin in twentieths @param {string} [look] its class
 */
export function labelSvg({ lines, size, align, x, top }, origin, look = "") {
  const spans = lines.map(({ text }, n) => {
    if (!text) return "";
    const baseline = twentieths(top + (n * LINE + BASELINE) * size);
    return `<tspan x="${origin.x + twentieths(x)}" y="${origin.y + baseline}">${escape(text).replaceAll("\t", "\u2003\u2003")}</tspan>`;
  });
  const all = spans.join("");
  return all && `<text${look && ` class="${look}"`} font-size="${number(20 * size)}"${ANCHOR[align]}>${all}</text>`;
}
