// @ts-check
// The items of an Excalidraw library, as our shapes, in rows. Pure.
import { sound } from "../clipping.js";
import { shapes } from "../excalidraw.js";
import { union } from "../geometry.js";
import { newId } from "../identifiers.js";
import { boardBox } from "../kinds/index.js";

/** @import { Element } from "../excalidraw.js" */
/** @import { Box, Shape } from "../types.js" */

/** Between two items, in px. */
const GAP = 60;

/** The elements of each item; null if the text is no library. @param {string} text @returns {Element[][] | null} */
export function items(text) {
  try {
    const { type, libraryItems, library } = JSON.parse(text);
    const found = libraryItems ?? library; // version 2, and 1
    if (type !== "excalidrawlib" || !Array.isArray(found)) return null;
    return found.map((item) => item?.elements ?? item).filter(Array.isArray).map((elements) => elements.filter((/** @type {Element} */ element) => element && !element.isDeleted));
  } catch {
    return null;
  }
}

/** One group for each item, side by side in about a square. @param {Element[][]} items @returns {Shape[]} */
export function arranged(items) {
  const all = items.map(made).filter(({ box }) => box);
  const area = all.reduce((sum, { w, h }) => sum + (w + GAP) * (h + GAP), 0);
  const widest = Math.max(Math.sqrt(area) * 1.2, ...all.map(({ w }) => w));
  let [x, y, high] = [0, 0, 0];
  return all.flatMap(({ found, box, w, h }) => {
    if (x > 0 && x + w > widest) [x, y, high] = [0, y + high + GAP, 0];
    const moved = found.map((shape) => ({ ...shape, x: shape.x + Math.round(x - (box?.left ?? 0)), y: shape.y + Math.round(y - (box?.top ?? 0)) }));
    x += w + GAP;
    high = Math.max(high, h);
    return moved;
  });
}

/** @param {Element[]} elements */
function made(elements) {
  const group = newId();
  const sounds = shapes(elements).flatMap((shape) => sound(shape) ?? []);
  const found = sounds.length > 1 ? sounds.map((shape) => ({ ...shape, group })) : sounds;
  const byId = new Map(found.map((shape) => [shape.id, shape]));
  /** @type {Box | null} */
  let box = null;
  for (const shape of found) box = union(box, boardBox(shape, (id) => byId.get(id)));
  return { found, box, w: box ? box.right - box.left : 0, h: box ? box.bottom - box.top : 0 };
}
