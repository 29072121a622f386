// @ts-check
import { Figure } from "./figure.js";

export class Diamond extends Figure {
  /** @override */
  name = "diamond";
  /** @override */
  kind = /** @type {const} */ ("diamond");
}
