/** The course of a line without the part behind its label. The same as app/drawing/gap.py. */

import type { Point } from "../types/point.ts";
import { controls, flattened, lengthOf, PIECES } from "./course.ts";
import { twentieths } from "./markup.ts";

/**
 * The path of the course without the gap, in twentieths.
 * @param points distinct
 * @param gap how far along it begins and ends, in px
 */
export function cutPath(points: number[], curved: boolean, origin: Point, gap: [number, number]) {
  const far = lengthOf(flattened(points, curved));
  return part(points, curved, origin, 0, gap[0]) + part(points, curved, origin, gap[1], far);
}

function part(points: number[], curved: boolean, origin: Point, start: number, end: number) {
  let path = "";
  let passed = 0;
  for (const leg of legs(points, curved)) {
    const flat = flatOf(leg);
    const far = lengthOf(flat);
    const [low, high] = [start - passed, end - passed];
    passed += far;
    if (high <= 0 || low >= far) continue;
    const [first, ...rest] = between(leg, share(flat, low), share(flat, high));
    path ||= `M${written([first], origin)}`;
    path += `${leg.length === 4 ? "C" : "L"}${written(rest, origin)}`;
  }
  return path;
}

/** Each with its inner controls, if it has any. */
function legs(points: number[], curved: boolean): Point[][] {
  const places = placesOf(points);
  const inner = curved && places.length > 2 ? controls(points).map(placesOf) : [];
  return places.slice(1).map((place, i) => [places[i], ...(inner[i] ?? []), place]);
}

function flatOf(leg: Point[]): number[] {
  const places =
    leg.length === 4 ? Array.from({ length: PIECES + 1 }, (_, n) => blossom(leg, Array(3).fill(n / PIECES))) : leg;
  return places.flatMap(({ x, y }) => [x, y]);
}

/** How much of a leg's parameter is behind so many px of it. */
function share(flat: number[], far: number) {
  let passed = 0;
  const pieces = flat.length / 2 - 1;
  for (let n = 0; n < pieces; n++) {
    const step = lengthOf(flat.slice(2 * n, 2 * n + 4));
    if (passed + step > far) return (n + Math.max(0, far - passed) / step) / pieces;
    passed += step;
  }
  return 1;
}

/** The part of a leg between two parameters. */
function between(leg: Point[], low: number, high: number) {
  if (leg.length === 2) return [mixed(leg[0], leg[1], low), mixed(leg[0], leg[1], high)];
  return [
    [low, low, low],
    [low, low, high],
    [low, high, high],
    [high, high, high],
  ].map((at) => blossom(leg, at));
}

function blossom(leg: Point[], at: number[]): Point {
  return at.reduce((places, t) => places.slice(1).map((place, i) => mixed(places[i], place, t)), leg)[0];
}

function mixed(a: Point, b: Point, t: number): Point {
  return { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t };
}

function placesOf(points: number[]): Point[] {
  return points.flatMap((x, i) => (i % 2 ? [] : { x, y: points[i + 1] }));
}

function written(places: Point[], origin: Point) {
  return places.map(({ x, y }) => `${origin.x + twentieths(x)} ${origin.y + twentieths(y)}`).join(" ");
}
