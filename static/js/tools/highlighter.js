// @ts-check
import { Pen } from "./pen.js";

/** @import { Style } from "../types.js" */

/** As wide as five lines of the pen, within the server's limit. */
const TIMES = 5;
const WIDEST = 64;

const OPACITY = 0.4;

/** In place of black, which would hide what it marks. The palette's yellow is made to be read, and looks like mustard here. */
const BRIGHT = "#ffd60a";

/** Wide and translucent ink, of one opacity throughout a stroke. */
export class Highlighter extends Pen {
  /** @override */
  name = "highlighter";

  /** @override @param {Style} style @returns {Style} */
  ink(style) {
    const color = style.color === "black" ? BRIGHT : style.color;
    return { ...style, color, width: Math.min(WIDEST, TIMES * style.width), opacity: OPACITY, pressure: false };
  }
}
