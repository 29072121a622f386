// @ts-check
import { Figure } from "./figure.js";

export class Ellipse extends Figure {
  /** @override */
  name = "ellipse";
  /** @override */
  kind = /** @type {const} */ ("ellipse");
}
