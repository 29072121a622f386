// A shape as a mirror shows it. Pure.

import type { Box, Shape } from "../types/shape.ts";
import { toHundredths } from "./rounding.ts";

/**
 * The patch that mirrors a shape. Text stays readable: only its place is mirrored, and its turn.
 * @param box its local box
 * @param axis "x" swaps left and right
 * @param at the mirror's place on that axis
 * @param along ids of what is mirrored too: arrows stay bound to the same spots of these
 */
export function mirrored(shape: Shape, box: Box, axis: "x" | "y", at: number, along: ReadonlySet<string>) {
  const cos = Math.cos(shape.rotation);
  const sin = Math.sin(shape.rotation);
  const rotation = shape.rotation ? -shape.rotation : 0;
  if ("points" in shape) {
    const points = shape.points.map((value, i) => (i % 2 === (axis === "x" ? 0 : 1) && value ? -value : value));
    const place = axis === "x" ? { x: 2 * at - shape.x } : { y: 2 * at - shape.y };
    return {
      ...place,
      rotation,
      points,
      ...("from" in shape ? { from: bound(shape.from, axis, along), to: bound(shape.to, axis, along) } : {}),
    };
  }
  // The corner that becomes the origin's: across the box from it, along that axis.
  const [u, v] = axis === "x" ? [box.left + box.right, 0] : [0, box.top + box.bottom];
  const x = shape.x + u * cos - v * sin;
  const y = shape.y + u * sin + v * cos;
  const place =
    axis === "x"
      ? { x: toHundredths(2 * at - x), y: toHundredths(y) }
      : { x: toHundredths(x), y: toHundredths(2 * at - y) };
  return { ...place, rotation, ...("flip" in shape ? { flip: toggled(shape.flip, axis) } : {}) };
}

function bound(binding: { id: string; at: [number, number] } | null, axis: "x" | "y", along: ReadonlySet<string>) {
  if (!binding || !along.has(binding.id)) return binding;
  const [u, v] = binding.at;
  return { id: binding.id, at: axis === "x" ? [1 - u, v] : [u, 1 - v] };
}

function toggled(flip: "" | "x" | "y" | "xy", axis: "x" | "y") {
  const flips = { x: flip.includes("x"), y: flip.includes("y") };
  flips[axis] = !flips[axis];
  return `${flips.x ? "x" : ""}${flips.y ? "y" : ""}`;
}
