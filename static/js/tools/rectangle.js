// @ts-check
import { Figure } from "./figure.js";

export class Rectangle extends Figure {
  /** @override */
  name = "rectangle";
  /** @override */
  kind = /** @type {const} */ ("rectangle");
}
