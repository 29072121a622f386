import type { Kind } from "../types/kind.ts";
import type { Image } from "../types/shape.ts";
import { distanceTo, resizedBox, sized } from "./boxes.ts";
import { escaped, group, number, origin, twentieths } from "./markup.ts";

/** Where the board's pictures are, which the page says once; and those that this page has not sent yet, by their `file`. */
export const source = { images: "", local: new Map() as Map<string, string> };

/** Of the variant that is large enough for its size on the board. */
function address({ file, w, h }: Image) {
  return source.local.get(file) ?? `${source.images}${file}?size=${Math.max(w, h) <= 128 ? 256 : 1024}`;
}

/** A picture that somebody brought. */
export const image: Kind<Image> = {
  resizing: "ratio",

  svg(shape) {
    const { x, y } = origin(shape);
    const [width, height] = [Math.max(1, twentieths(shape.w)), Math.max(1, twentieths(shape.h))];
    const place = `x="${x}" y="${y}" width="${width}" height="${height}"`;
    const file = `<image href="${escaped(address(shape))}" preserveAspectRatio="none" `;
    const title = shape.alt && `<title>${escaped(shape.alt).replaceAll("\n", " ")}</title>`;
    const shown = shape.crop
      ? `<svg ${place} viewBox="${window(shape.crop)}" preserveAspectRatio="none">${file}width="1000" height="1000"/></svg>`
      : `${file}${place}/>`;
    return group(shape, title + flipped(shape.flip, 2 * x + width, 2 * y + height, shown));
  },

  box: ({ w, h }) => sized(w, h),
  ink: ({ w, h }) => sized(w, h),
  distance: ({ w, h }, x, y) => distanceTo(sized(w, h), x, y),
  resize: resizedBox,
};

/** The cropped part of a picture 1,000 by 1,000. */
function window([left, top, right, bottom]: [number, number, number, number]) {
  return [left, top, right - left, bottom - top].map((part) => number(1000 * part)).join(" ");
}

/** @param x twice the middle's */
function flipped(flip: string, x: number, y: number, shown: string) {
  if (!flip) return shown;
  const [turnX, turnY] = [flip.includes("x"), flip.includes("y")];
  return `<g transform="matrix(${turnX ? -1 : 1} 0 0 ${turnY ? -1 : 1} ${turnX ? x : 0} ${turnY ? y : 0})">${shown}</g>`;
}
