import type { Box } from "../types/shape.ts";

/** The side of an area, in board px. */
const SIDE = 400;

/** What reaches over more areas than this is looked at everywhere. */
const MOST = 64;

/** Where on the board things have ever been, so that those near a place are found without looking at all. */
export class Areas {
  #areas: Map<string, Set<string>> = new Map();
  #everywhere: Set<string> = new Set();

  add(id: string, box: Box) {
    const keys = keysOf(box);
    if (!keys) this.#everywhere.add(id);
    for (const key of keys ?? []) {
      const area = this.#areas.get(key);
      if (area) area.add(id);
      else this.#areas.set(key, new Set([id]));
    }
  }

  /** What may touch one of the boxes; null if that may be anything. */
  near(boxes: readonly Box[]): Set<string> | null {
    const found = new Set(this.#everywhere);
    for (const box of boxes) {
      const keys = keysOf(box);
      if (!keys) return null;
      for (const key of keys) for (const id of this.#areas.get(key) ?? []) found.add(id);
    }
    return found;
  }

  clear() {
    this.#areas.clear();
    this.#everywhere.clear();
  }
}

function keysOf({ left, top, right, bottom }: Box): string[] | null {
  const [west, north, east, south] = [left, top, right, bottom].map((side) => Math.floor(side / SIDE));
  if ((east - west + 1) * (south - north + 1) > MOST) return null;
  const keys = [];
  for (let x = west; x <= east; x++) for (let y = north; y <= south; y++) keys.push(`${x} ${y}`);
  return keys;
}
