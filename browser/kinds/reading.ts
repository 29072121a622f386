// The order in which somebody reads a board: rows from the top, each from the left. app/outline.py has the same. Pure.
import type { Box } from "../types/shape.ts";

/** What begins no lower than this below the first of a row is in the row, in board px; and no lower than half of the first's height. */
const ROW = 100;

export function inReadingOrder<T extends { box: Box }>(things: T[]): T[] {
  const down = things.toSorted((a, b) => a.box.top - b.box.top || a.box.left - b.box.left);
  const read: T[] = [];
  for (let from = 0; from < down.length; ) {
    const { top, bottom } = down[from].box;
    const limit = top + Math.min(ROW, (bottom - top) / 2);
    let to = from + 1;
    while (to < down.length && down[to].box.top <= limit) to++;
    read.push(...down.slice(from, to).sort((a, b) => a.box.left - b.box.left || a.box.top - b.box.top));
    from = to;
  }
  return read;
}
