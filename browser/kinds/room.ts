/** How wide the lines of a figure's label are: words stay whole where they can. The same as app/drawing/room.py. */

import { LINE, lines, SLACK, widest } from "../text/layout.ts";
import type { Figure } from "../types/shape.ts";
import { figures } from "./declared.ts";
import { toHundredths } from "./rounding.ts";

/** Px between a label and the sides, and where a word would else be broken. */
const PADDING = 8;
const TIGHT = 4;

/** Of the font size: so much of a line is above and below what is seen of its letters. */
const INK = 0.25;

/**
 * How much of its box a label takes if it can. In an ellipse and a diamond a line has more room near the middle; in all other
 * figures the declared box is all room.
 */
// biome-ignore lint/suspicious/noApproximativeNumericConstant: app/drawing has the same four digits
const ROOM: Partial<Record<Figure["kind"], number>> = { ellipse: 0.7071, diamond: 0.5 };

/** The box of a figure's label, in local px. */
export function labelRoom({ kind, w, h, flip }: Pick<Figure, "kind" | "w" | "h" | "flip">) {
  const label = figures[kind].label;
  const [left, right] = flip.includes("x") ? [1 - label[2], 1 - label[0]] : [label[0], label[2]];
  const [top, bottom] = flip.includes("y") ? [1 - label[3], 1 - label[1]] : [label[1], label[3]];
  return { left: left * w, top: top * h, w: (right - left) * w, h: (bottom - top) * h };
}

/** A figure that is all room for its label. */
function inner(shape: Figure): Figure {
  const { w, h } = labelRoom(shape);
  return { ...shape, w, h };
}

/** Widths that are tried between the widest word and the figure's, for texts of so many characters. */
const TRIES = 8;
const LONGEST = 300;

/** A shape is drawn and measured many times while it is in hand */
const known: Map<string, number> = new Map();
const MOST_KNOWN = 256;

/** Px: the usual width if its lines lie in the figure, else another one at which they do, or nearly, without a broken word. */
export function wrapWidth(figure: Figure) {
  return wrapped(inner(figure));
}

function wrapped(shape: Figure) {
  const { kind, w, h, text, size, align } = shape;
  const usual = usualWidth(shape);
  if (!text || w <= 0) return usual;
  const key = `${kind} ${w} ${h} ${size} ${align} ${text}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = chosen(shape, usual);
  if (known.size === MOST_KNOWN) known.clear();
  known.set(key, found);
  return found;
}

function chosen(shape: Figure, usual: number) {
  const { w, h, text, size } = shape;
  const whole = widest(text, size);
  const tried = widths(shape, usual, whole);
  for (const tight of [false, true]) {
    for (const width of tried) if (needed(shape, width, tight) <= h + SLACK) return width;
  }
  const heights = tried.map((width) => needed(shape, width, true));
  const least = Math.min(...heights);
  if (Number.isFinite(least)) return tried[heights.indexOf(least)];
  return usual + SLACK < whole && whole <= w - 2 * TIGHT ? whole : usual;
}

function usualWidth({ kind, w, size }: Figure) {
  return Math.max(w * (ROOM[kind] ?? 1) - 2 * PADDING, size);
}

/** At which no word is broken, the best first. @param whole the widest word */
function widths({ kind, w, text, size }: Figure, usual: number, whole: number) {
  const found = whole <= usual + SLACK ? [usual] : [];
  const wide = w - 2 * (whole <= w - 2 * PADDING ? PADDING : TIGHT);
  if (!ROOM[kind] || whole > wide || [...text].length > LONGEST || size <= 0) return found;
  for (let n = TRIES - 1; n >= 0; n--) found.push(whole + ((wide - whole) * n) / (TRIES - 1));
  return found;
}

/** How high a figure must be for its label to lie within, broken at a width, in px. */
function needed({ kind, w, text, size, align }: Figure, width: number, tight: boolean) {
  const [padding, ink] = tight ? [TIGHT, INK * size] : [PADDING, 0];
  const laid = lines(text, size, width);
  let most = 0;
  for (const [n, line] of laid.entries()) {
    const share = ((align === "center" ? line.width : width) / 2 + padding) / (w / 2);
    if (ROOM[kind] && share >= 1) return Infinity;
    const away =
      Math.max(Math.abs(n - laid.length / 2), Math.abs(n + 1 - laid.length / 2)) * LINE * size - ink + padding;
    const rest = kind === "ellipse" ? Math.sqrt(Math.max(0, 1 - share * share)) : kind === "diamond" ? 1 - share : 1;
    most = Math.max(most, (2 * away) / rest);
  }
  return most;
}

/** How high a figure must be for its label to lie within, in px. */
export function heightNeeded(figure: Figure) {
  const shape = inner(figure);
  if (!shape.text || shape.w <= 0) return 0;
  const [, top, , bottom] = figures[figure.kind].label;
  return toHundredths(highNeeded(shape) / (bottom - top));
}

function highNeeded(shape: Figure) {
  const { kind, text, size } = shape;
  const tried = widths(shape, usualWidth(shape), widest(text, size));
  const least = Math.min(...tried.map((width) => needed(shape, width, Boolean(ROOM[kind]))));
  if (Number.isFinite(least)) return least;
  // A word is wider than the figure.
  return (lines(text, size, wrapped(shape)).length * LINE * size + 2 * PADDING) / (ROOM[kind] ?? 1);
}
