import type { Kind } from "../types/kind.ts";
import type { Figure } from "../types/shape.ts";
import { distanceTo, grown, resizedBox, sized } from "./boxes.ts";
import { labelLook, ownFill } from "./contrast.ts";
import { figurePath, polygon } from "./figures.ts";
import { union } from "./geometry.ts";
import { label, labelSvg } from "./label.ts";
import { escaped, group, number, origin, pencil, side, twentieths } from "./markup.ts";
import { inside } from "./outline.ts";
import { distanceToPolygon } from "./polygon.ts";
import { labelRoom, wrapWidth } from "./room.ts";

/** A body in the colour of its line. */
const FILLS = { none: "", tint: ' class="tint"', solid: ' fill="currentColor"' };

/** Closed figures, by their outlines in shapes/kinds.json. */
export const figure: Kind<Figure> = {
  resizing: "free",
  label: (shape) => figureLabel(shape),

  svg(shape) {
    const place = origin(shape);
    const outline = outlined(shape, place);
    const body = ownFill(shape) ? `<${outline}${paint(shape)}/><${outline}` : `<${outline}${FILLS[shape.fill]}`;
    return group(
      shape,
      `${body}${pencil(shape.width, shape.dash)}/>${labelSvg(figureLabel(shape), place, labelLook(shape))}`,
    );
  },

  box: ({ w, h }) => sized(w, h),

  ink(shape) {
    const box = grown(sized(shape.w, shape.h), shape.width / 2);
    return shape.text ? union(box, figureLabel(shape).box) : box;
  },

  distance(shape, x, y) {
    const box = sized(shape.w, shape.h);
    const isInside = inside(shape, box, x, y);
    if (isInside && (shape.fill !== "none" || shape.text)) return 0;
    if (shape.text && distanceTo(figureLabel(shape).box, x, y) === 0) return 0;
    return Math.max(0, toOutline(shape, x, y) - shape.width / 2);
  },

  resize: resizedBox,
};

/** A fill of another colour than the line, on an element of its own below the line. */
function paint({ fill, fillColor = "" }: Figure) {
  const tint = fill === "tint" ? " tint" : "";
  const color = fillColor.startsWith("#") ? `" color="${fillColor}"` : ` ${escaped(fillColor)}"`;
  return ` class="body${tint}${color}${fill === "solid" ? ' fill="currentColor"' : ""}`;
}

function figureLabel(shape: Figure) {
  const { left, top, w, h } = labelRoom(shape);
  const wide = wrapWidth(shape);
  return label(shape, { left: left + (w - wide) / 2, w: wide, middle: top + h / 2 });
}

function outlined(shape: Figure, origin: { x: number; y: number }) {
  const { kind, w, h, radius } = shape;
  const { x, y } = origin;
  const [width, height] = [side(w), side(h)];
  if (kind === "rectangle") {
    const corner = radius ? ` rx="${twentieths(Math.min(radius, w / 2, h / 2))}"` : "";
    return `rect x="${x}" y="${y}" width="${width}" height="${height}"${corner}`;
  }
  if (kind === "ellipse") {
    const [rx, ry] = [width / 2, height / 2];
    return `ellipse cx="${number(x + rx)}" cy="${number(y + ry)}" rx="${number(rx)}" ry="${number(ry)}"`;
  }
  return `path d="${figurePath(shape, origin)}"`;
}

/** From a local place to the middle of the outline's line. */
function toOutline(shape: Figure, x: number, y: number) {
  const { kind, w, h, radius } = shape;
  const dx = Math.abs(x - w / 2);
  const dy = Math.abs(y - h / 2);
  if (kind === "ellipse") return toEllipse(w / 2, h / 2, dx, dy);
  if (kind !== "rectangle") return distanceToPolygon(polygon(shape), x, y);
  const corner = Math.min(radius, w / 2, h / 2);
  const qx = dx - w / 2 + corner;
  const qy = dy - h / 2 + corner;
  return Math.abs(Math.hypot(Math.max(qx, 0), Math.max(qy, 0)) + Math.min(Math.max(qx, qy), 0) - corner);
}

/** From a place in the first quadrant to an ellipse: the nearest of its places, halving the arc it is on. */
function toEllipse(rx: number, ry: number, x: number, y: number) {
  let from = 0;
  let to = Math.PI / 2;
  const away = (t: number) => Math.hypot(rx * Math.cos(t) - x, ry * Math.sin(t) - y);
  for (let n = 0; n < 40; n++) {
    const [a, b] = [from + (to - from) * 0.382, from + (to - from) * 0.618];
    if (away(a) < away(b)) to = b;
    else from = a;
  }
  return away((from + to) / 2);
}
