// @ts-check
import { Figure } from "./figure.js";

/** A part of the board, behind all that is on it. */
export class Frame extends Figure {
  /** @override */
  name = "frame";
  /** @override */
  kind = /** @type {const} */ ("frame");
  /** @override */
  size = { w: 480, h: 320 };

  /** @override */
  fields() {
    return { text: "Frame", z: "back" };
  }
}
