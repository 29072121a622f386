import type { Style } from "../types/style.ts";
import { Pen } from "./pen.ts";

/** As wide as five lines of the pen, within the server's limit. */
const TIMES = 5;
const WIDEST = 64;

const OPACITY = 0.4;

/** Wide and translucent ink, of one opacity throughout a stroke. */
export class Highlighter extends Pen {
  override name = "highlighter";

  override ink(style: Style): Style {
    return { ...style, width: Math.min(WIDEST, TIMES * style.width), opacity: OPACITY, pressure: "never" };
  }
}
