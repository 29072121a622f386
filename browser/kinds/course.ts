/** The course of a line through its points: straight, or a smooth curve. Flat px, [x0, y0, x1, y1, …]. The same as app/drawing/course.py. */

import type { Box } from "../types/shape.ts";
import { bounds } from "./geometry.ts";
import { twentieths } from "./markup.ts";

/** Pieces of a curve between two points, to measure it. */
export const PIECES = 16;

/** @param points without those that lie on the one before */
export function distinct(points: number[]) {
  const kept = points.slice(0, 2);
  for (let i = 2; i < points.length; i += 2) {
    if (points[i] !== kept[kept.length - 2] || points[i + 1] !== kept[kept.length - 1])
      kept.push(points[i], points[i + 1]);
  }
  return kept;
}

/**
 * The two inner controls of a cubic for each leg of a smooth curve: [x1, y1, x2, y2]. In each point it has the direction of
 * the parabola through it and its neighbours, with knots at the square roots of the distances, so it neither loops nor swings.
 * @param points distinct
 */
export function controls(points: number[]): number[][] {
  const last = points.length / 2 - 1;
  const knots = Array.from({ length: last }, (_, i) => {
    const dx = points[2 * i + 2] - points[2 * i];
    const dy = points[2 * i + 3] - points[2 * i + 1];
    return Math.sqrt(Math.sqrt(dx * dx + dy * dy));
  });
  /** The slope of leg i. */
  const slope = (i: number, axis: number) => (points[2 * i + 2 + axis] - points[2 * i + axis]) / knots[i];
  /** The slope in point i. */
  const tangent = (i: number, axis: number): number => {
    if (last === 1) return slope(0, axis);
    if (i === 0) return 2 * slope(0, axis) - tangent(1, axis);
    if (i === last) return 2 * slope(last - 1, axis) - tangent(last - 1, axis);
    return (slope(i - 1, axis) * knots[i] + slope(i, axis) * knots[i - 1]) / (knots[i - 1] + knots[i]);
  };
  return knots.map((knot, i) => [
    points[2 * i] + (tangent(i, 0) * knot) / 3,
    points[2 * i + 1] + (tangent(i, 1) * knot) / 3,
    points[2 * i + 2] - (tangent(i + 1, 0) * knot) / 3,
    points[2 * i + 3] - (tangent(i + 1, 1) * knot) / 3,
  ]);
}

/** The course as a polyline. @param points distinct */
export function flattened(points: number[], curved: boolean) {
  if (!curved || points.length < 6) return points;
  const line = points.slice(0, 2);
  for (const [i, [x1, y1, x2, y2]] of controls(points).entries()) {
    const [x0, y0, x3, y3] = points.slice(2 * i, 2 * i + 4);
    for (let piece = 1; piece <= PIECES; piece++) {
      const t = piece / PIECES;
      const s = 1 - t;
      const [a, b, c, d] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
      line.push(a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3);
    }
  }
  return line;
}

/** The box around the course. @param points distinct */
export function extent(points: number[], curved: boolean): Box {
  if (!curved || points.length < 6) return bounds(points);
  const places = [...points];
  for (const [i, [x1, y1, x2, y2]] of controls(points).entries()) {
    const [x0, y0, x3, y3] = points.slice(2 * i, 2 * i + 4);
    for (const x of turns(x0, x1, x2, x3)) places.push(x, y0);
    for (const y of turns(y0, y1, y2, y3)) places.push(x0, y);
  }
  return bounds(places);
}

/** Where a cubic turns back, on one axis. */
function turns(p0: number, p1: number, p2: number, p3: number) {
  const a = p3 - p0 + 3 * (p1 - p2);
  const b = 2 * (p0 - 2 * p1 + p2);
  const c = p1 - p0;
  const root = Math.sqrt(Math.max(0, b * b - 4 * a * c));
  // The form that loses no digits when a is small.
  const q = -(b + (b < 0 ? -root : root)) / 2;
  return [q / a, c / q]
    .filter((t) => t > 0 && t < 1)
    .map((t) => (1 - t) ** 3 * p0 + 3 * (1 - t) ** 2 * t * p1 + 3 * (1 - t) * t ** 2 * p2 + t ** 3 * p3);
}

/** @param line a polyline */
export function lengthOf(line: number[]) {
  let length = 0;
  for (let i = 2; i < line.length; i += 2) length += leg(line, i);
  return length;
}

/** The place so far along a polyline; its end if it is shorter. */
export function along(line: number[], far: number) {
  let left = far;
  for (let i = 2; i < line.length; i += 2) {
    const length = leg(line, i);
    if (length >= left && length > 0) {
      const part = left / length;
      return { x: line[i - 2] + (line[i] - line[i - 2]) * part, y: line[i - 1] + (line[i + 1] - line[i - 1]) * part };
    }
    left -= length;
  }
  return { x: line[line.length - 2], y: line[line.length - 1] };
}

/** @returns from its end to its beginning */
export function backwards(line: number[]): number[] {
  const turned = [];
  for (let i = line.length - 2; i >= 0; i -= 2) turned.push(line[i], line[i + 1]);
  return turned;
}

/** The path of the course, in twentieths. @param points distinct */
export function coursePath(points: number[], curved: boolean, origin: { x: number; y: number }) {
  const written = (places: number[]) =>
    places.map((value, i) => (i % 2 ? origin.y : origin.x) + twentieths(value)).join(" ");
  const start = `M${written(points.slice(0, 2))}`;
  if (points.length === 2) return `${start}h0`;
  if (!curved || points.length < 6) return `${start}L${written(points.slice(2))}`;
  return (
    start +
    controls(points)
      .map((inner, i) => `C${written([...inner, points[2 * i + 2], points[2 * i + 3]])}`)
      .join("")
  );
}

/** @param i where the leg's end is */
function leg(line: number[], i: number) {
  const dx = line[i] - line[i - 2];
  const dy = line[i + 1] - line[i - 1];
  return Math.sqrt(dx * dx + dy * dy);
}
