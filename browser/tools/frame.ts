import { Figure } from "./figure.ts";

/** A part of the board, behind all that is on it. */
export class Frame extends Figure {
  override size = { w: 480, h: 320 };

  override fields() {
    return { text: "Frame", z: "back" };
  }
}
