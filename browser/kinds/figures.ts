/**
 * Closed figures, drawn from their outlines in shapes/kinds.json. The same as app/drawing/figures.py: only + - * / and roots,
 * in one order, so that both sides get the same numbers to the last bit.
 */

import type { Point } from "../types/point.ts";
import type { Figure } from "../types/shape.ts";
import { figures } from "./declared.ts";
import { number, side } from "./markup.ts";

/** Straight pieces of a curve, and of the curve of a rounded corner, for what is measured. */
const PIECES = 12;
const CORNER = 4;

const PARTS = /([MLCZ])([^MLCZ]*)/g;

/** `M`, `L`, `C` or `Z` with its points in the unit box. */
type Part = { command: string; points: Point[] };

type Looks = Pick<Figure, "kind" | "w" | "h" | "radius" | "flip">;

const known: Map<string, Part[]> = new Map();

export function parts(path: string, flip: Figure["flip"]): Part[] {
  const key = `${flip}${path}`;
  const before = known.get(key);
  if (before) return before;
  const found = [...path.matchAll(PARTS)].map(([, command, text]) => {
    const flat = text.trim() ? text.trim().split(/\s+/).map(Number) : [];
    return { command, points: flat.flatMap((x, i) => (i % 2 ? [] : [flipped({ x, y: flat[i + 1] }, flip)])) };
  });
  known.set(key, found);
  return found;
}

/** A place in the unit box, as a mirror shows it. */
function flipped({ x, y }: Point, flip: Figure["flip"]): Point {
  return { x: flip.includes("x") ? 1 - x : x, y: flip.includes("y") ? 1 - y : y };
}

/** Path data, in twentieths. @param origin in twentieths */
export function figurePath({ kind, w, h, radius, flip }: Looks, origin: Point) {
  const outline = parts(figures[kind].outline, flip);
  const [width, height] = [side(w), side(h)];
  const details = plain(parts(figures[kind].details ?? "", flip), origin, width, height);
  const corners = cornersOf(outline);
  if (!radius || !corners.length) return plain(outline, origin, width, height) + details;
  return rounded(scaled(corners, width, height), 20 * radius, origin) + details;
}

/** The outline in straight pieces, in px from the shape's origin; it ends where it begins. */
export function polygon({ kind, w, h, radius, flip }: Looks): Point[] {
  const outline = parts(figures[kind].outline, flip);
  const corners = cornersOf(outline);
  if (!radius || !corners.length) return scaled(flat(outline), w, h);
  const ends = scaled(corners, w, h);
  const cuts = ends.map((_, n) => cut(ends, n, radius));
  const found: Point[] = [];
  for (let n = 1; n <= ends.length; n++) {
    const from = along(ends, n - 1, 1 - cuts[n - 1]);
    const to = along(ends, n, cuts[n % ends.length]);
    for (let piece = 0; piece <= CORNER; piece++) found.push(curve([from, ends[n % ends.length], to], piece / CORNER));
  }
  return [...found, found[0]];
}

function plain(outline: Part[], origin: Point, w: number, h: number) {
  const written = outline.map(({ command, points }) => {
    const places = scaled(points, w, h).map((place) => at(place, origin));
    return command + places.join(" ");
  });
  return written.join("");
}

function rounded(ends: Point[], radius: number, origin: Point) {
  const cuts = ends.map((_, n) => cut(ends, n, radius));
  let found = `M${at(along(ends, 0, cuts[0]), origin)}`;
  for (let n = 1; n <= ends.length; n++) {
    const to = along(ends, n, cuts[n % ends.length]);
    found += `L${at(along(ends, n - 1, 1 - cuts[n - 1]), origin)}Q${at(ends[n % ends.length], origin)} ${at(to, origin)}`;
  }
  return `${found}Z`;
}

function at({ x, y }: Point, origin: Point) {
  return `${number(origin.x + x)} ${number(origin.y + y)}`;
}

function scaled(points: Point[], w: number, h: number) {
  return points.map(({ x, y }) => ({ x: x * w, y: y * h }));
}

/** Of a polygon; an outline with curves has none that are rounded. */
function cornersOf(outline: Part[]) {
  return outline.some(({ command }) => command === "C") ? [] : outline.flatMap(({ points }) => points);
}

/** How far from a corner its curve begins, as a share of the side that begins there. */
function cut(ends: Point[], n: number, radius: number) {
  const [a, b] = [ends[n], ends[(n + 1) % ends.length]];
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = Math.sqrt(dx * dx + dy * dy);
  return length ? Math.min(0.5, radius / length) : 0.5;
}

/** @param part of the way from corner n to the next */
function along(ends: Point[], n: number, part: number): Point {
  const [a, b] = [ends[n % ends.length], ends[(n + 1) % ends.length]];
  return { x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part };
}

/** In the unit box. */
function flat(outline: Part[]): Point[] {
  const found: Point[] = [];
  for (const { command, points } of outline) {
    if (command === "C") {
      for (let n = 0; n < points.length; n += 3) {
        const course = [found[found.length - 1], ...points.slice(n, n + 3)];
        for (let piece = 1; piece <= PIECES; piece++) found.push(curve(course, piece / PIECES));
      }
    } else found.push(...(points.length ? points : found.slice(0, 1)));
  }
  return found;
}

/** The place on a Bézier curve, as de Casteljau finds it. */
function curve(course: Point[], t: number): Point {
  let places = course;
  while (places.length > 1) {
    const [first, ...rest] = places;
    let a = first;
    places = rest.map((b) => {
      const place = { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t };
      a = b;
      return place;
    });
  }
  return places[0];
}
