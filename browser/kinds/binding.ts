import type { Binding, Box, Find, Shape } from "../types/shape.ts";
import { grown } from "./boxes.ts";
import { kinds } from "./declared.ts";
import { kindOf, toLocal } from "./index.ts";
import { inside } from "./outline.ts";

/** The shapes around a place, in their order. */
interface Around {
  near(box: Box): Shape[];
  sorted(ids: Iterable<string>): string[];
  find: Find;
}

/**
 * What a line's end at a place would be bound to: the topmost shape there. Near its middle it goes for the middle.
 * @param reach px
 * @param except the line itself
 */
export function bindingAt(shapes: Around, x: number, y: number, reach: number, except?: string): Binding | null {
  const found = shapes
    .near({ left: x - reach, top: y - reach, right: x + reach, bottom: y + reach })
    .filter((shape) => shape.id !== except && binds(shape, x, y, reach, shapes));
  const id = shapes.sorted(found.map((shape) => shape.id)).at(-1);
  const shape = found.find((each) => each.id === id);
  return shape ? { id: shape.id, at: anchor(shape, x, y, reach, shapes) } : null;
}

function binds(shape: Shape, x: number, y: number, reach: number, { find }: Pick<Around, "find">) {
  if (!kinds[shape.kind].binds) return false;
  const place = toLocal(shape, x, y);
  // Else an arrow inside a frame could not be free.
  if (shape.kind === "frame") return kindOf(shape).distance(shape, place.x, place.y, find) <= reach;
  return inside(shape, grown(kindOf(shape).box(shape, find), reach), place.x, place.y);
}

function anchor(shape: Shape, x: number, y: number, reach: number, { find }: Pick<Around, "find">): [number, number] {
  const { left, top, right, bottom } = kindOf(shape).box(shape, find);
  const place = toLocal(shape, x, y);
  if (Math.hypot(place.x - (left + right) / 2, place.y - (top + bottom) / 2) <= reach) return [0.5, 0.5];
  return [fraction(place.x, left, right), fraction(place.y, top, bottom)];
}

/** @param high in thousandths, within the box */
function fraction(at: number, low: number, high: number) {
  if (high === low) return 0.5;
  return Math.round(1000 * Math.min(1, Math.max(0, (at - low) / (high - low)))) / 1000;
}
