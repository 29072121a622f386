import { overlaps, union } from "../kinds/geometry.ts";
import type { Box } from "../types/shape.ts";

/** Side of a cell in board px: a screenful, so that a view touches few cells and a cell holds few hundred strokes. */
const CELL = 1_000;

type Cell<T> = { box: Box | null; items: Set<T>; shown: boolean };

/** Finds what is near a place without asking the browser for layout. An item is filed under the cell of its centre. */
export class Grid<T extends { box: Box }> {
  #cells: Map<string, Cell<T>> = new Map();
  /** What was last to be shown */
  #view: Box = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };

  /** @returns whether it is to be shown, which its cell need not be */
  add(item: T): boolean {
    const key = keyOf(item.box);
    const cell = this.#cells.get(key) ?? { box: null, items: new Set(), shown: overlaps(item.box, this.#view) };
    cell.box = union(cell.box, item.box);
    cell.items.add(item);
    this.#cells.set(key, cell);
    return cell.shown || overlaps(item.box, this.#view);
  }

  remove(item: T) {
    const key = keyOf(item.box);
    const cell = this.#cells.get(key);
    cell?.items.delete(item);
    if (cell?.items.size === 0) this.#cells.delete(key);
  }

  clear() {
    this.#cells.clear();
  }

  /** Items whose boxes touch this one. */
  *near(box: Box): Generator<T> {
    for (const cell of this.#cells.values()) {
      if (!cell.box || !overlaps(cell.box, box)) continue;
      for (const item of cell.items) if (overlaps(item.box, box)) yield item;
    }
  }

  /** @returns around everything */
  bounds(): Box | null {
    let box: Box | null = null;
    for (const cell of this.#cells.values()) for (const item of cell.items) box = union(box, item.box);
    return box;
  }

  /**
   * Shows the cells that touch the view and hides the others, whole cells at a time.
   * @param show called for each item of a cell that changes
   */
  cull(view: Box, show: (item: T, shown: boolean) => void) {
    this.#view = view;
    for (const cell of this.#cells.values()) {
      const shown = cell.box !== null && overlaps(cell.box, view);
      if (shown === cell.shown) continue;
      cell.shown = shown;
      for (const item of cell.items) show(item, shown);
    }
  }
}

function keyOf(box: Box) {
  return `${Math.floor((box.left + box.right) / 2 / CELL)},${Math.floor((box.top + box.bottom) / 2 / CELL)}`;
}
