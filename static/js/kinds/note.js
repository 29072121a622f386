// @ts-check
import { union } from "../geometry.js";
import { distanceTo, resizedBox, sized } from "./boxes.js";
import { label, labelSvg } from "./label.js";
import { group, origin, twentieths } from "./markup.js";

/** @import { Kind, Note } from "../types.js" */

/** Px between the text and the sides. */
const PADDING = 16;

/** Px of the corner that is folded up, and of the other ones' radius. */
const FOLD = 18;
const RADIUS = 3;

/** A sheet that is higher than `h` if its text needs it. @type {Kind<Note>} */
export const note = {
  resizing: "free",

  svg(shape) {
    const place = origin(shape);
    const [width, height] = [twentieths(shape.w), twentieths(heightOf(shape))];
    const [fold, radius] = [twentieths(Math.min(FOLD, shape.w / 2, shape.h / 2)), twentieths(Math.min(RADIUS, shape.w / 4, shape.h / 4))];
    const [right, bottom] = [place.x + width, place.y + height];
    const arc = `a${radius} ${radius} 0 0 1`;
    const sheet =
      `<path class="sheet" d="M${place.x + radius} ${place.y}H${right - radius}${arc} ${radius} ${radius}V${bottom - fold}` +
      `L${right - fold} ${bottom}H${place.x + radius}${arc} ${-radius} ${-radius}V${place.y + radius}${arc} ${radius} ${-radius}Z"/>`;
    const folded = `<path class="fold" d="M${right} ${bottom - fold}H${right - fold + radius}a${radius} ${radius} 0 0 0 ${-radius} ${radius}V${bottom}Z"/>`;
    return group(shape, sheet + folded + labelSvg(noteLabel(shape), place, "ink"));
  },

  box: (shape) => sized(shape.w, heightOf(shape)),

  ink: (shape) => union(sized(shape.w, heightOf(shape)), noteLabel(shape).box),

  distance: (shape, x, y) => distanceTo(sized(shape.w, heightOf(shape)), x, y),

  resize: resizedBox,
};

/** @param {Note} shape */
export function noteLabel(shape) {
  const w = roomOf(shape);
  return label(shape, { left: (shape.w - w) / 2, w, middle: heightOf(shape) / 2 });
}

/** @param {Note} shape px, of what is drawn */
export function heightOf(shape) {
  const { box } = label(shape, { left: 0, w: roomOf(shape) });
  return Math.max(shape.h, box.bottom + 2 * PADDING);
}

/** @param {Note} shape px, for the text */
function roomOf(shape) {
  return Math.max(shape.w - 2 * PADDING, shape.size);
}
