// @ts-check
import { bindingAt } from "../binding.js";
import { Line } from "./line.js";

/** @import { Editor } from "../editor.js" */

/** How near to a shape an end is bound to it, in screen px. */
const REACH = 8;

/** A line whose ends are bound to the shapes under them, unless Ctrl is held. */
export class Arrow extends Line {
  /** @override */
  name = "arrow";
  /** @override */
  kind = /** @type {const} */ ("arrow");
  /** @override */
  shortest = 20;

  /** @override */
  fields() {
    return {};
  }

  /** @override @param {{ x: number, y: number }} place @param {Editor} editor */
  bind({ x, y }, { shapes, camera }) {
    return bindingAt(shapes, x, y, REACH / camera.zoom);
  }
}
