// The items of an Excalidraw library, as our shapes, in rows. Pure.

import { newId } from "../ground/identifiers.ts";
import { union } from "../kinds/geometry.ts";
import { boardBox } from "../kinds/index.ts";
import type { Box, Shape } from "../types/shape.ts";
import { sound } from "./clipping.ts";
import { shapes } from "./excalidraw.ts";
import type { Element } from "./excalidraw-element.ts";

/** Between two items, in px. */
const GAP = 60;

/** The elements of each item; null if the text is no library. */
export function items(text: string): Element[][] | null {
  try {
    const { type, libraryItems, library } = JSON.parse(text);
    const found = libraryItems ?? library; // version 2, and 1
    if (type !== "excalidrawlib" || !Array.isArray(found)) return null;
    return found
      .map((item) => item?.elements ?? item)
      .filter(Array.isArray)
      .map((elements) => elements.filter((element: Element) => element && !element.isDeleted));
  } catch {
    return null;
  }
}

/** One group for each item, side by side in about a square. */
export function arranged(items: Element[][]): Shape[] {
  const all = items.map(made).filter(({ box }) => box);
  const area = all.reduce((sum, { w, h }) => sum + (w + GAP) * (h + GAP), 0);
  const widest = Math.max(Math.sqrt(area) * 1.2, ...all.map(({ w }) => w));
  let [x, y, high] = [0, 0, 0];
  return all.flatMap(({ found, box, w, h }) => {
    if (x > 0 && x + w > widest) [x, y, high] = [0, y + high + GAP, 0];
    const moved = found.map((shape) => ({
      ...shape,
      x: shape.x + Math.round(x - (box?.left ?? 0)),
      y: shape.y + Math.round(y - (box?.top ?? 0)),
    }));
    x += w + GAP;
    high = Math.max(high, h);
    return moved;
  });
}

function made(elements: Element[]) {
  const group = newId();
  const sounds = shapes(elements).flatMap((shape) => sound(shape) ?? []);
  const found = sounds.length > 1 ? sounds.map((shape) => ({ ...shape, group })) : sounds;
  const byId = new Map(found.map((shape) => [shape.id, shape]));
  let box: Box | null = null;
  for (const shape of found)
    box = union(
      box,
      boardBox(shape, (id) => byId.get(id)),
    );
  return { found, box, w: box ? box.right - box.left : 0, h: box ? box.bottom - box.top : 0 };
}
