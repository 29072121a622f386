import type { Kind } from "../types/kind.ts";
import type { Text } from "../types/shape.ts";
import { distanceTo, mapping, movedTo } from "./boxes.ts";
import { label, labelSvg } from "./label.ts";
import { group, origin } from "./markup.ts";
import { toHundredths } from "./rounding.ts";

/** The API's limits for the size of letters, in px. */
const [LEAST, MOST] = [8, 400];

const laid = (shape: Text) => label(shape, { left: 0, w: shape.w });

/** Text on the board itself. */
export const text: Kind<Text> = {
  resizing: "width",
  label: laid,

  svg: (shape) => group(shape, labelSvg(laid(shape), origin(shape))),

  box(shape) {
    const { box } = laid(shape);
    return { left: 0, top: 0, right: shape.w || box.right, bottom: box.bottom };
  },

  /** The last letters of a line may reach beyond `w`, as a single wide one does. */
  ink(shape) {
    const { box } = laid(shape);
    return { left: Math.min(0, box.left), top: 0, right: Math.max(shape.w, box.right), bottom: box.bottom };
  },

  distance: (shape, x, y) => distanceTo(text.box(shape, nobody), x, y),

  /** A box as high as before is another width, where lines break; any other is another size of the letters. */
  resize(shape, from, to) {
    const { x, y, scaleY } = mapping(from, to);
    const place = movedTo(shape, Math.min(x(0), x(from.right)), Math.min(y(0), y(from.bottom)));
    if (Math.abs(scaleY) === 1) return { ...place, w: toHundredths(Math.abs(to.right - to.left)) };
    const size = toHundredths(Math.min(MOST, Math.max(LEAST, shape.size * Math.abs(scaleY))));
    return { ...place, size, w: toHundredths((shape.w * size) / shape.size) };
  },
};

const nobody = () => undefined;
