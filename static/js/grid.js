// @ts-check
import { overlaps, union } from "./geometry.js";

/** @import { Box } from "./types.js" */

/** Side of a cell in board px: a screenful, so that a view touches few cells and a cell holds few hundred strokes. */
const CELL = 1_000;

/**
 * @template T
 * @typedef {{ box: Box | null, items: Set<T>, shown: boolean }} Cell
 */

/**
 * Finds what is near a place without asking the browser for layout. An item is filed under the cell of its centre.
 * @template {{ box: Box }} T
 */
export class Grid {
  /** @type {Map<string, Cell<T>>} */
  #cells = new Map();
  /** @type {Box} what was last to be shown */
  #view = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };

  /** @param {T} item @returns {boolean} whether it is to be shown, which its cell need not be */
  add(item) {
    const key = keyOf(item.box);
    const cell = this.#cells.get(key) ?? { box: null, items: new Set(), shown: overlaps(item.box, this.#view) };
    cell.box = union(cell.box, item.box);
    cell.items.add(item);
    this.#cells.set(key, cell);
    return cell.shown || overlaps(item.box, this.#view);
  }

  /** @param {T} item */
  remove(item) {
    const key = keyOf(item.box);
    const cell = this.#cells.get(key);
    cell?.items.delete(item);
    if (cell?.items.size === 0) this.#cells.delete(key);
  }

  clear() {
    this.#cells.clear();
  }

  /** Items whose boxes touch this one. @param {Box} box @returns {Generator<T>} */
  *near(box) {
    for (const cell of this.#cells.values()) {
      if (!cell.box || !overlaps(cell.box, box)) continue;
      for (const item of cell.items) if (overlaps(item.box, box)) yield item;
    }
  }

  /** @returns {Box | null} around everything */
  bounds() {
    /** @type {Box | null} */
    let box = null;
    for (const cell of this.#cells.values()) for (const item of cell.items) box = union(box, item.box);
    return box;
  }

  /**
   * Shows the cells that touch the view and hides the others, whole cells at a time.
   * @param {Box} view @param {(item: T, shown: boolean) => void} show called for each item of a cell that changes
   */
  cull(view, show) {
    this.#view = view;
    for (const cell of this.#cells.values()) {
      const shown = cell.box !== null && overlaps(cell.box, view);
      if (shown === cell.shown) continue;
      cell.shown = shown;
      for (const item of cell.items) show(item, shown);
    }
  }
}

/** @param {Box} box */
function keyOf(box) {
  return `${Math.floor((box.left + box.right) / 2 / CELL)},${Math.floor((box.top + box.bottom) / 2 / CELL)}`;
}
