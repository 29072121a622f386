/** Ink whose width follows the pressure. The same as app/drawing/ink.py. */
import { getStroke } from "perfect-freehand";
import { tenths, twentieths } from "./markup.ts";

type Pair = [number, number];

/** What perfect-freehand is asked for, here and on the server. The points are smooth already. */
const THINNING = 0.6;
const ASKED = { thinning: THINNING, smoothing: 0.5, streamline: 0, simulatePressure: false, last: true };

/** Tenths of a px: how far thinning may move the outline. */
const NEAR = 1;

/** The cosine of a turn that is no corner. */
const STRAIGHT = 0.9;

/** Points in a row that thinning leaves out. */
const MOST = 16;

/** @param width px @returns px from a point to the edge of the ink, at full pressure; and what rounding adds */
export function mostRadius(width: number): number {
  return width * (0.5 + THINNING / 2) + 0.1;
}

/**
 * The edge of the ink: a smooth line through the middles between its points, as `pathData`'s.
 * @param points px
 * @param width px
 * @param origin of the points in the path, in twentieths
 */
export function outlinePath(points: number[], pressures: number[], width: number, origin: { x: number; y: number }) {
  if (points.every((value, i) => value === points[i % 2])) return dotPath(points, pressures[0], width, origin);
  const pressed = Array.from({ length: points.length / 2 }, (_, i) => [
    points[2 * i],
    points[2 * i + 1],
    pressures[i] ?? 0.5,
  ]);
  const edge = getStroke(pressed, { size: width, ...ASKED });
  const kept = thinned(edge.map(([x, y]) => [tenths(x), tenths(y)]));
  const middles = kept.map((point, i) => {
    const [x, y] = kept.at(i - 1) ?? point;
    return [x + point[0], y + point[1]];
  });
  middles.push(middles[0]);
  const [[x, y], [toX, toY]] = middles;
  const steps = middles.slice(2).map((to, i) => `${to[0] - middles[i + 1][0]} ${to[1] - middles[i + 1][1]}`);
  const bend = `q${2 * kept[0][0] - x} ${2 * kept[0][1] - y} ${toX - x} ${toY - y}`;
  return `M${origin.x + x} ${origin.y + y}${bend}${steps.length ? `t${steps.join(" ")}` : ""}z`.replaceAll(" -", "-");
}

/** The closed edge without points that it passes within a tenth of a px anyway; corners keep their neighbours. */
function thinned(edge: Pair[]): Pair[] {
  const distinct = edge.filter(([x, y], i) => x !== edge.at(i - 1)?.[0] || y !== edge.at(i - 1)?.[1]);
  const points = distinct.length ? distinct : edge.slice(0, 1);
  const count = points.length;
  const corner = points.map((point, i) => isCorner(points.at(i - 1) as Pair, point, points[(i + 1) % count]));
  const kept = [points[0]];
  let start = 0;
  for (let i = 1; i < count; i++) {
    const end = (i + 1) % count;
    const needed = corner[i - 1] || corner[i] || corner[end] || i - start > MOST;
    if (needed || !areNear(points[start], points[end], points.slice(start + 1, i + 1))) {
      kept.push(points[i]);
      start = i;
    }
  }
  return kept;
}

function dotPath([x, y]: number[], pressure: number, width: number, origin: { x: number; y: number }) {
  const radius = twentieths(width * (0.5 - THINNING * (0.5 - pressure)));
  const arc = `a${radius} ${radius} 0 1 0`;
  const start = `M${origin.x + twentieths(x) - radius} ${origin.y + twentieths(y)}`;
  return `${start}${arc} ${2 * radius} 0${arc} ${-2 * radius} 0z`.replaceAll(" -", "-");
}

function isCorner(before: Pair, point: Pair, after: Pair) {
  const [ax, ay, bx, by] = [point[0] - before[0], point[1] - before[1], after[0] - point[0], after[1] - point[1]];
  return ax * bx + ay * by < STRAIGHT * Math.sqrt((ax * ax + ay * ay) * (bx * bx + by * by));
}

function areNear(start: Pair, end: Pair, between: Pair[]) {
  const dx = end[0] - start[0];
  const dy = end[1] - start[1];
  const far = NEAR * Math.sqrt(dx * dx + dy * dy);
  return between.every(([x, y]) => Math.abs((x - start[0]) * dy - (y - start[1]) * dx) <= far);
}
