/** Lines of text in a shape. */
import { BASELINE, LINE, lines } from "../text/layout.ts";
import type { Label } from "../types/kind.ts";
import type { Align } from "../types/shape.ts";
import { escaped, number, twentieths } from "./markup.ts";

/** What an `align` is in SVG, and how much of a line lies left of its x. */
const ANCHOR = { left: "", center: ' text-anchor="middle"', right: ' text-anchor="end"' };
export const BEFORE = { left: 0, center: 0.5, right: 1 };

/** The text in lines `w` px wide (0: as wide as they are), around a middle or, without one, from 0 down. */
export function label(
  { text, size, align }: { text: string; size: number; align: Align },
  { left, w, middle }: { left: number; w: number; middle?: number },
): Label {
  const laid = lines(text, size, w);
  const widest = laid.reduce((most, line) => Math.max(most, line.width), 0);
  const height = laid.length * LINE * size;
  const top = middle === undefined ? 0 : middle - height / 2;
  const x = left + (w || widest) * BEFORE[align];
  const start = x - widest * BEFORE[align];
  return {
    lines: laid,
    size,
    align,
    x,
    top,
    w: w || widest,
    box: { left: start, top, right: start + widest, bottom: top + height },
  };
}

/**
 * The `<text>` of a label; nothing if there is nothing to be seen.
 * @param origin in twentieths
 * @param look its class
 */
export function labelSvg({ lines, size, align, x, top }: Label, origin: { x: number; y: number }, look: string = "") {
  const spans = lines.map(({ text }, n) => {
    if (!text) return "";
    const baseline = twentieths(top + (n * LINE + BASELINE) * size);
    return `<tspan x="${origin.x + twentieths(x)}" y="${origin.y + baseline}">${escaped(text).replaceAll("\t", "\u2003\u2003")}</tspan>`;
  });
  const all = spans.join("");
  return all && `<text${look && ` class="${look}"`} font-size="${number(20 * size)}"${ANCHOR[align]}>${all}</text>`;
}
