/** How wide the lines of a figure's label are: words stay whole where they can. The same as app/drawing/room.py. */

import { LINE, lines, SLACK, widest } from "../text/layout.ts";
import type { Figure } from "../types/shape.ts";
import { figures } from "./declared.ts";
import { toHundredths } from "./rounding.ts";
import { sides } from "./sides.ts";

/** Px between a label and the sides, and where a word would else be broken. */
const PADDING = 8;
const TIGHT = 4;

/** Of the font size: so much of a line is above and below what is seen of its letters. */
const INK = 0.25;

/**
 * How much of its box a label takes if it can. In an ellipse and a diamond a line has more room near the middle. In all other
 * figures the declared box is all room; but where that would break a word, a line may reach to their straight sides.
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
  const { kind, w, h, text, size, align, flip } = shape;
  const usual = usualWidth(shape);
  if (!text || w <= 0) return usual;
  const key = `${kind} ${w} ${h} ${size} ${align} ${flip} ${text}`;
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
  const breaks = whole > usual + SLACK;
  for (const tight of [false, true]) {
    for (const width of tried) if (needed(shape, width, tight, breaks) <= h + SLACK) return width;
  }
  const heights = tried.map((width) => needed(shape, width, true, breaks));
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
  const most = widestShare(kind, !found.length) * w;
  const wide = most - 2 * (whole <= most - 2 * PADDING ? PADDING : TIGHT);
  if (whole > wide || [...text].length > LONGEST || size <= 0) return found;
  for (let n = TRIES - 1; n >= 0; n--) found.push(whole + ((wide - whole) * n) / (TRIES - 1));
  return found;
}

/** How wide a line in the middle may be, of the box's width; 0 if other widths than the usual are no use. */
function widestShare(kind: Figure["kind"], breaks: boolean) {
  if (ROOM[kind]) return 1;
  const shares = breaks ? sides(kind).flatMap(({ across, most }) => (across > 0 ? [most / across] : [])) : [];
  return shares.length ? Math.min(...shares) : 0;
}

/**
 * How high a figure must be for its label to lie within, broken at a width, in px.
 * @param breaks whether the usual width would break a word
 */
function needed(shape: Figure, width: number, tight: boolean, breaks: boolean) {
  const { kind, w, text, size, align, flip } = shape;
  const [padding, ink] = tight ? [TIGHT, INK * size] : [PADDING, 0];
  const shares = lines(text, size, width).map(
    (line) => ((align === "center" ? line.width : width) / 2 + padding) / (w / 2),
  );
  const bounds = breaks ? sides(kind) : [];
  if (bounds.length) return neededWithin(bounds, shares, size, padding, ink, flip.includes("y"));
  let most = 0;
  for (const [n, share] of shares.entries()) {
    if (ROOM[kind] && share >= 1) return Infinity;
    const away =
      Math.max(Math.abs(n - shares.length / 2), Math.abs(n + 1 - shares.length / 2)) * LINE * size - ink + padding;
    const rest = kind === "ellipse" ? Math.sqrt(Math.max(0, 1 - share * share)) : kind === "diamond" ? 1 - share : 1;
    most = Math.max(most, (2 * away) / rest);
  }
  return most;
}

/** How high the label's box must be for lines with these shares of its width to lie within these sides, in px. */
function neededWithin(
  bounds: ReturnType<typeof sides>,
  shares: number[],
  size: number,
  padding: number,
  ink: number,
  upsideDown: boolean,
) {
  let tallest = 0;
  for (const [n, share] of shares.entries()) {
    const above = (n - shares.length / 2) * LINE * size + ink - padding;
    const below = (n + 1 - shares.length / 2) * LINE * size - ink + padding;
    for (const { across, down, most } of bounds) {
      const rest = most - across * share;
      if (rest <= 0) return Infinity;
      const slope = upsideDown ? -down : down;
      tallest = Math.max(tallest, (2 * slope * (slope > 0 ? below : above)) / rest);
    }
  }
  return tallest;
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
  const [usual, whole] = [usualWidth(shape), widest(text, size)];
  const breaks = whole > usual + SLACK;
  const tight = Boolean(ROOM[kind]) || breaks;
  const least = Math.min(...widths(shape, usual, whole).map((width) => needed(shape, width, tight, breaks)));
  if (Number.isFinite(least)) return least;
  // A word is wider than the figure.
  return (lines(text, size, wrapped(shape)).length * LINE * size + 2 * PADDING) / (ROOM[kind] ?? 1);
}
