import { fitted, LINE } from "../text/layout.ts";
import type { Kind } from "../types/kind.ts";
import type { Frame } from "../types/shape.ts";
import { distanceTo, resizedBox, sized } from "./boxes.ts";
import { union } from "./geometry.ts";
import { label, labelSvg } from "./label.ts";
import { group, origin, twentieths } from "./markup.ts";

/** Px: of the title's letters, and from its lines to the frame. */
const SIZE = 16;
const ABOVE = 6;

const RADIUS = 6;

/** Px: of its line. */
const WIDTH = 1.5;

/** A part of the board, with its title above. */
export const frame: Kind<Frame> = {
  resizing: "free",
  label: (shape) => titleOf(shape),

  svg(shape) {
    const place = origin(shape);
    const corner = twentieths(Math.min(RADIUS, shape.w / 2, shape.h / 2));
    const [width, height] = [Math.max(1, twentieths(shape.w)), Math.max(1, twentieths(shape.h))];
    const sheet = `<rect class="frame" x="${place.x}" y="${place.y}" width="${width}" height="${height}" rx="${corner}"/>`;
    return group(shape, sheet + labelSvg(titleOf(shape), place, "title"));
  },

  box: ({ w, h }) => sized(w, h),

  ink(shape) {
    const line = WIDTH / 2;
    const box = { left: -line, top: -line, right: shape.w + line, bottom: shape.h + line };
    return shape.text ? union(box, titleOf(shape).box) : box;
  },

  /** What lies in a frame is to be reached: only its line and its title are ink. */
  distance(shape, x, y) {
    const inside = Math.min(x, y, shape.w - x, shape.h - y);
    const away = inside > 0 ? inside : distanceTo(sized(shape.w, shape.h), x, y);
    const title = shape.text ? distanceTo(titleOf(shape).box, x, y) : Infinity;
    return Math.max(0, Math.min(away - WIDTH / 2, title));
  },

  resize: resizedBox,
};

/** @param shape the title on one line, no longer than the frame */
function titleOf({ text, w }: Frame) {
  const title = { text: fitted(text.replaceAll("\n", " "), SIZE, w), size: SIZE, align: "left" as const };
  return label(title, { left: 0, w: 0, middle: -ABOVE - (SIZE * LINE) / 2 });
}
