import { Figure } from "./figure.ts";

export class Diamond extends Figure {
  override name = "diamond";
  override kind = "diamond" as const;
}
