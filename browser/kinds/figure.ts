import type { Kind } from "../types/kind.ts";
import type { Figure } from "../types/shape.ts";
import { distanceTo, grown, resizedBox, sized } from "./boxes.ts";
import { labelLook, ownFill } from "./contrast.ts";
import { union } from "./geometry.ts";
import { label, labelSvg } from "./label.ts";
import { escape, group, number, origin, pencil, twentieths } from "./markup.ts";
import { inside } from "./outline.ts";
import { wrapWidth } from "./room.ts";

/** A body in the colour of its line. */
const FILLS = { none: "", tint: ' class="tint"', solid: ' fill="currentColor"' };

/** Rectangles, ellipses and diamonds. */
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
    const within = inside(shape, box, x, y);
    if (within && (shape.fill !== "none" || shape.text)) return 0;
    if (shape.text && distanceTo(figureLabel(shape).box, x, y) === 0) return 0;
    return Math.max(0, toOutline(shape, x, y) - shape.width / 2);
  },

  resize: resizedBox,
};

/** A fill of another colour than the line, on an element of its own below the line. */
function paint({ fill, fillColor = "" }: Figure) {
  const tint = fill === "tint" ? " tint" : "";
  const color = fillColor.startsWith("#") ? `" color="${fillColor}"` : ` ${escape(fillColor)}"`;
  return ` class="body${tint}${color}${fill === "solid" ? ' fill="currentColor"' : ""}`;
}

function figureLabel(shape: Figure) {
  const w = wrapWidth(shape);
  return label(shape, { left: (shape.w - w) / 2, w, middle: shape.h / 2 });
}

function outlined({ kind, w, h, radius }: Figure, { x, y }: { x: number; y: number }) {
  const width = Math.max(1, twentieths(w));
  const height = Math.max(1, twentieths(h));
  if (kind === "rectangle") {
    const corner = radius ? ` rx="${twentieths(Math.min(radius, w / 2, h / 2))}"` : "";
    return `rect x="${x}" y="${y}" width="${width}" height="${height}"${corner}`;
  }
  if (kind === "ellipse") {
    const [rx, ry] = [width / 2, height / 2];
    return `ellipse cx="${number(x + rx)}" cy="${number(y + ry)}" rx="${number(rx)}" ry="${number(ry)}"`;
  }
  return `path d="${diamond(x, y, width, height, radius)}"`;
}

/** @param height in twentieths @param radius px */
function diamond(x: number, y: number, width: number, height: number, radius: number) {
  const corners = [
    [width / 2, 0],
    [width, height / 2],
    [width / 2, height],
    [0, height / 2],
  ];
  const side = Math.sqrt(width * width + height * height) / 2;
  // How far from a corner its curve begins, as a share of the side.
  const cut = Math.min(0.5, (20 * radius) / side);
  /** @param along the way from corner n to the next */
  const place = (n: number, along: number) => {
    const [fromX, fromY] = corners[n % 4];
    const [toX, toY] = corners[(n + 1) % 4];
    return `${number(x + fromX + (toX - fromX) * along)} ${number(y + fromY + (toY - fromY) * along)}`;
  };
  if (!radius) return `M${place(0, 0)}L${[1, 2, 3].map((n) => place(n, 0)).join(" ")}Z`;
  return `M${place(0, cut)}${[1, 2, 3, 4].map((n) => `L${place(n - 1, 1 - cut)}Q${place(n, 0)} ${place(n, cut)}`).join("")}Z`;
}

/** From a local place to the middle of the outline's line. */
function toOutline({ kind, w, h, radius }: Figure, x: number, y: number) {
  const dx = Math.abs(x - w / 2);
  const dy = Math.abs(y - h / 2);
  if (kind === "ellipse") return toEllipse(w / 2, h / 2, dx, dy);
  if (kind === "diamond") return toSegment(w / 2, 0, 0, h / 2, dx, dy);
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

function toSegment(ax: number, ay: number, bx: number, by: number, x: number, y: number) {
  const length = (bx - ax) ** 2 + (by - ay) ** 2;
  const along = length ? Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length)) : 0;
  return Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay));
}
