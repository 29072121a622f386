import { Figure } from "./figure.ts";

export class Ellipse extends Figure {
  override name = "ellipse";
  override kind = "ellipse" as const;
}
