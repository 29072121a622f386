// What a hand holds, as it is sent to the others: within the server's limits for one report.

import { lean } from "../kinds/defaults.ts";
import { toHundredths } from "../kinds/rounding.ts";
import type { Patch, Shape } from "../types/shape.ts";

const MOST_SHAPES = 200;
/** In characters; the body of a report has 64 KiB. */
const MOST = 20_000;

/** Fields of a patch that others see live, and the longest list of points among them. */
const LIVE = ["x", "y", "rotation", "w", "h", "size", "width", "points", "opacity", "text", "base", "caret"] as const;
const MOST_POINTS = 800;

/** By the shapes' ids; one that is not on the board yet is sent whole, as `shape` */
export type Held = Record<string, Patch & { shape?: Partial<Shape> }>;

/** @param patches what is previewed @param sketches what is being made @returns null is nothing */
export function heldOf(patches: ReadonlyMap<string, Patch>, sketches: readonly Shape[] = []): Held | null {
  const held: Held = {};
  let [count, room] = [0, MOST];
  const tell = (id: string, what: object) => {
    const { length } = JSON.stringify(what);
    if (count === MOST_SHAPES || length > room) return;
    held[id] = what;
    count++;
    room -= length;
  };
  for (const shape of sketches) if (shown(shape)) tell(shape.id, { shape: lean(shape) });
  for (const [id, patch] of patches) {
    if (count === MOST_SHAPES) break;
    const fields = LIVE.filter((name) => name in patch).map((name) => [name, (patch as any)[name]]);
    const long = fields.some(([name, value]) => name === "points" && value.length > MOST_POINTS);
    if (fields.length && !long) tell(id, Object.fromEntries(fields.map(([name, value]) => [name, rounded(value)])));
  }
  return count ? held : null;
}

/** Whether others see it: ink is sent separately, and something without an id is no shape. */
function shown(shape: Shape) {
  return shape.id !== "" && shape.kind !== "stroke" && (shape.kind !== "text" || shape.text !== "");
}

function rounded(value: number | number[] | string) {
  if (typeof value === "string") return value;
  return Array.isArray(value) ? value.map(toHundredths) : Math.round(value * 1e4) / 1e4;
}
