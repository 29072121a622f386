/** The box around what is selected, which may be turned, and its handles. Pure. */
import { union } from "../kinds/geometry.ts";
import { frameOf } from "../kinds/hits.ts";
import { kindOf, toBoard, toLocal } from "../kinds/index.ts";
import type { Box, Find, Shape } from "../types/shape.ts";

/** `box` is local: relative to x, y and turned about it */
export type TransformBox = { x: number; y: number; rotation: number; box: Box };
export type Side = "nw" | "n" | "ne" | "e" | "se" | "s" | "sw" | "w";

/** Where on the box each handle is, in fractions of it. */
export const SIDES: Record<Side, [number, number]> = {
  nw: [0, 0],
  n: [0.5, 0],
  ne: [1, 0],
  e: [1, 0.5],
  se: [1, 1],
  s: [0.5, 1],
  sw: [0, 1],
  w: [0, 0.5],
};

const CORNERS: Side[] = ["nw", "ne", "se", "sw"];
const ALL: Side[] = [...CORNERS, "n", "e", "s", "w"];

/** How far above the box it is turned, in screen px. */
export const TURNING = 28;

/** Cursors for each eighth of a turn. */
const CURSORS = ["ns-resize", "nesw-resize", "ew-resize", "nwse-resize"];

/** One shape's own box, or the upright box around several. */
export function boxAround(shapes: Shape[], find: Find): TransformBox | null {
  if (shapes.length === 1) {
    const [{ x, y, rotation }] = shapes;
    return { x, y, rotation, box: kindOf(shapes[0]).box(shapes[0], find) };
  }
  let box: Box | null = null;
  for (const shape of shapes) box = union(box, frameOf(shape, find));
  return box && { x: 0, y: 0, rotation: 0, box };
}

/** How several shapes keep their ratio: always when one of them could not follow otherwise, being turned, or being text. */
export function uniform(shapes: Shape[]) {
  return (
    shapes.length > 1 &&
    shapes.some((shape) => shape.rotation !== 0 || ["ratio", "width"].includes(kindOf(shape).resizing))
  );
}

/** The handles that resize these. */
export function handlesOf(shapes: Shape[]): Side[] {
  if (!shapes.length) return [];
  if (shapes.length > 1) return uniform(shapes) ? CORNERS : ALL;
  const { resizing } = kindOf(shapes[0]);
  if (resizing === "ends") return [];
  return resizing === "width" ? [...CORNERS, "e", "w"] : ALL;
}

/** The place on the board of a fraction of the box. */
export function placeOf(box: TransformBox, [u, v]: [number, number]) {
  const { left, top, right, bottom } = box.box;
  return toBoard(asShape(box), left + (right - left) * u, top + (bottom - top) * v);
}

/** Where it is turned by. @param above px of the board */
export function turningPlace(box: TransformBox, above: number) {
  const { left, top, right } = box.box;
  return toBoard(asShape(box), (left + right) / 2, top - above);
}

/** A place on the board in the box's own coordinates. */
export function localIn(box: TransformBox, x: number, y: number) {
  return toLocal(asShape(box), x, y);
}

export function contains(box: TransformBox, x: number, y: number) {
  const place = localIn(box, x, y);
  const { left, top, right, bottom } = box.box;
  return place.x >= left && place.x <= right && place.y >= top && place.y <= bottom;
}

/** The handle at a place. Inside a small box handles shrink, so that there is a middle left to take it by. */
export function handleAt(box: TransformBox, handles: Side[], x: number, y: number, reach: number): Side | null {
  const { left, top, right, bottom } = box.box;
  const place = localIn(box, x, y);
  const inside = contains(box, x, y);
  const reachX = inside ? Math.min(reach, (right - left) / 4) : reach;
  const reachY = inside ? Math.min(reach, (bottom - top) / 4) : reach;
  let nearest: Side | null = null;
  let least = Infinity;
  for (const side of handles) {
    const [u, v] = SIDES[side];
    // A side is taken anywhere along it, but from half as far, and after the corners.
    const part = u === 0.5 || v === 0.5 ? 0.5 : 1;
    const dx = u === 0.5 ? Math.max(left - place.x, 0, place.x - right) : Math.abs(place.x - left - (right - left) * u);
    const dy = v === 0.5 ? Math.max(top - place.y, 0, place.y - bottom) : Math.abs(place.y - top - (bottom - top) * v);
    const far = Math.hypot(dx, dy) / part + (part < 1 ? reach : 0);
    if (dx > reachX * part || dy > reachY * part || far >= least) continue;
    least = far;
    nearest = side;
  }
  return nearest;
}

export function cursorOf(side: Side, rotation: number) {
  const [u, v] = SIDES[side];
  const angle = Math.atan2(u - 0.5, 0.5 - v) + rotation;
  return CURSORS[(Math.round(angle / (Math.PI / 4)) + 8) % 4];
}

/** @returns what can be asked about places */
function asShape(box: TransformBox): Shape {
  return box as any;
}
