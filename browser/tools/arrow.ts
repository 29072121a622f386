import type { Board } from "../board.ts";
import { bindingAt } from "../kinds/binding.ts";
import { Line } from "./line.ts";

/** How near to a shape an end is bound to it, in screen px. */
const REACH = 8;

/** A line whose ends are bound to the shapes under them, unless Ctrl is held. */
export class Arrow extends Line {
  override name = "arrow";
  override kind = "arrow" as const;
  override shortest = 20;

  override fields() {
    return {};
  }

  override bind({ x, y }: { x: number; y: number }, { shapes, camera }: Board) {
    return bindingAt(shapes, x, y, REACH / camera.zoom);
  }
}
