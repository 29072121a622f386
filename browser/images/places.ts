import { toHundredths } from "../kinds/rounding.ts";
import type { Box } from "../types/shape.ts";

/** The longest side of a new picture on the board, in px; the same as in app/images/place.py. */
const SHOWN = 800;
/** The most of the window that they take. */
const PART = 0.6;
/** Between pictures that come together, in px. */
const GAP = 24;

/**
 * Where pictures go that come together: in rows around a place, none larger than is well seen.
 * @param y their middle
 * @param view what is seen of the board
 */
export function places(
  sizes: { width: number; height: number }[],
  x: number,
  y: number,
  view: Box,
): { x: number; y: number; w: number; h: number }[] {
  const columns = Math.ceil(Math.sqrt(sizes.length));
  const mostWide = (PART * (view.right - view.left)) / columns;
  const mostHigh = (PART * (view.bottom - view.top)) / Math.ceil(sizes.length / columns);
  const boxes = sizes.map(({ width, height }) => {
    const scale = Math.min(1, SHOWN / Math.max(width, height), mostWide / width, mostHigh / height);
    return { x: 0, y: 0, w: toHundredths(Math.max(1, width * scale)), h: toHundredths(Math.max(1, height * scale)) };
  });
  const rows = Array.from({ length: Math.ceil(boxes.length / columns) }, (_, row) =>
    boxes.slice(row * columns, (row + 1) * columns),
  );
  const heights = rows.map((row) => Math.max(...row.map(({ h }) => h)));
  let top = y - (sum(heights) + GAP * (rows.length - 1)) / 2;
  for (const [i, row] of rows.entries()) {
    let left = x - (sum(row.map(({ w }) => w)) + GAP * (row.length - 1)) / 2;
    for (const box of row) {
      Object.assign(box, { x: toHundredths(left), y: toHundredths(top + (heights[i] - box.h) / 2) });
      left += box.w + GAP;
    }
    top += heights[i] + GAP;
  }
  return boxes;
}

function sum(numbers: number[]) {
  return numbers.reduce((a, b) => a + b, 0);
}
