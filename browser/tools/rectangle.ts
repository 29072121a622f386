import { Figure } from "./figure.ts";

export class Rectangle extends Figure {
  override name = "rectangle";
  override kind = "rectangle" as const;
}
