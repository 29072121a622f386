import type { Kind } from "../types/kind.ts";
import type { Note } from "../types/shape.ts";
import { distanceTo, resizedBox, sized } from "./boxes.ts";
import { union } from "./geometry.ts";
import { label, labelSvg } from "./label.ts";
import { group, origin, twentieths } from "./markup.ts";

/** Px between the text and the sides. */
const PADDING = 16;

/** Px of the corner that is folded up, and of the other ones' radius. */
const FOLD = 18;
const RADIUS = 3;

/** A sheet that is higher than `h` if its text needs it. */
export const note: Kind<Note> = {
  resizing: "free",
  label: (shape) => noteLabel(shape),

  svg(shape) {
    const place = origin(shape);
    const { sheet, fold } = sheetPaths(shape, place);
    return group(
      shape,
      `<path class="sheet" d="${sheet}"/><path class="fold" d="${fold}"/>${labelSvg(noteLabel(shape), place, "ink")}`,
    );
  },

  box: (shape) => sized(shape.w, heightOf(shape)),

  ink: (shape) => union(sized(shape.w, heightOf(shape)), noteLabel(shape).box),

  distance: (shape, x, y) => distanceTo(sized(shape.w, heightOf(shape)), x, y),

  resize: resizedBox,
};

/** The sheet, and its lower right corner folded up. @param origin in twentieths */
function sheetPaths(shape: Note, { x, y }: { x: number; y: number }) {
  const [right, bottom] = [x + twentieths(shape.w), y + twentieths(heightOf(shape))];
  const cut = twentieths(Math.min(FOLD, shape.w / 2, shape.h / 2));
  const r = twentieths(Math.min(RADIUS, shape.w / 4, shape.h / 4));
  const top = `M${x + r} ${y}H${right - r}a${r} ${r} 0 0 1 ${r} ${r}V${bottom - cut}L${right - cut} ${bottom}`;
  return {
    sheet: `${top}H${x + r}a${r} ${r} 0 0 1 ${0 - r} ${0 - r}V${y + r}a${r} ${r} 0 0 1 ${r} ${0 - r}Z`,
    fold: `M${right} ${bottom - cut}H${right - cut + r}a${r} ${r} 0 0 0 ${0 - r} ${r}V${bottom}Z`,
  };
}

function noteLabel(shape: Note) {
  const w = roomOf(shape);
  return label(shape, { left: (shape.w - w) / 2, w, middle: heightOf(shape) / 2 });
}

/** @param shape px, of what is drawn */
export function heightOf(shape: Note) {
  const { box } = label(shape, { left: 0, w: roomOf(shape) });
  return Math.max(shape.h, box.bottom + 2 * PADDING);
}

/** @param shape px, for the text */
function roomOf(shape: Note) {
  return Math.max(shape.w - 2 * PADDING, shape.size);
}
