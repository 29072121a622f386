/** What becomes of shapes when the box around them is another. Pure. */
import { mapping } from "../kinds/boxes.ts";
import { kindOf, toLocal } from "../kinds/index.ts";
import type { Box, Find, Patch, Shape } from "../types/shape.ts";
import type { Side } from "./box.ts";
import { SIDES } from "./box.ts";
import { settled } from "./transforms.ts";

/** No side becomes shorter, in px. */
const LEAST = 1;

/**
 * The box whose handle was taken to a place.
 * @param place local
 * @param how `flips`: beyond the other side it is mirrored
 * @returns `left` may be right of `right`
 */
export function stretched(
  from: Box,
  side: Side,
  place: { x: number; y: number },
  { ratio, centred, flips }: { ratio: boolean; centred: boolean; flips: boolean },
): Box {
  const [u, v] = SIDES[side];
  const x = axis(from.left, from.right, u, place.x, centred, flips);
  const y = axis(from.top, from.bottom, v, place.y, centred, flips);
  if (ratio) {
    const scale = Math.max(u === 0.5 ? 0 : Math.abs(x.scale), v === 0.5 ? 0 : Math.abs(y.scale));
    x.scale = Math.sign(x.scale) * scale;
    y.scale = Math.sign(y.scale) * scale;
  }
  return {
    left: x.still + (from.left - x.still) * x.scale,
    right: x.still + (from.right - x.still) * x.scale,
    top: y.still + (from.top - y.still) * y.scale,
    bottom: y.still + (from.bottom - y.still) * y.scale,
  };
}

/** On one axis: what stays where it is, and the scale about it. */
function axis(low: number, high: number, at: number, place: number, centred: boolean, flips: boolean) {
  const length = high - low;
  const still = low + length * (centred ? 0.5 : 1 - at);
  if (at === 0.5 || length === 0) return { still: low + length / 2, scale: 1 };
  const scale = (place - still) / (low + length * at - still);
  const least = LEAST / length;
  if (Math.abs(scale) >= least && (flips || scale > 0)) return { still, scale };
  return { still, scale: flips && scale < 0 ? -least : least };
}

/**
 * The patches of shapes when the box around them goes from one to another: in the only shape's own coordinates, or on the
 * board. Turned ones among several need a `to` of the same ratio.
 * @param shapes as they were
 */
export function resized(shapes: Shape[], from: Box, to: Box, find: Find): Map<string, Patch> {
  if (shapes.length === 1) return new Map([[shapes[0].id, kindOf(shapes[0]).resize(shapes[0], from, to) as Patch]]);
  const map = mapping(from, to);
  return new Map(
    shapes.map((shape) => {
      const kind = kindOf(shape);
      const box = kind.box(shape, find);
      const origin = toLocal(shape, map.x(shape.x), map.y(shape.y));
      const goal = {
        left: origin.x + box.left * map.scaleX,
        right: origin.x + box.right * map.scaleX,
        top: origin.y + box.top * map.scaleY,
        bottom: origin.y + box.bottom * map.scaleY,
      };
      return [shape.id, kind.resize(settled(shape, find), box, goal) as Patch];
    }),
  );
}
