// @ts-check
/** The course of a line without the part behind its label. The same as app/geometry/gap.py. */
import { controls, flattened, lengthOf, PIECES } from "./course.js";
import { twentieths } from "./markup.js";

/** @typedef {{ x: number, y: number }} Place */

/**
 * The path of the course without the gap, in twentieths.
 * @param {number[]} points distinct @param {boolean} curved @param {Place} origin @param {[number, number]} gap how far along it begins and ends, in px
 */
export function cutPath(points, curved, origin, gap) {
  const far = lengthOf(flattened(points, curved));
  return part(points, curved, origin, 0, gap[0]) + part(points, curved, origin, gap[1], far);
}

/** @param {number[]} points @param {boolean} curved @param {Place} origin @param {number} start @param {number} end */
function part(points, curved, origin, start, end) {
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

/** Each with its inner controls, if it has any. @param {number[]} points @param {boolean} curved @returns {Place[][]} */
function legs(points, curved) {
  const places = placesOf(points);
  const inner = curved && places.length > 2 ? controls(points).map(placesOf) : [];
  return places.slice(1).map((place, i) => [places[i], ...(inner[i] ?? []), place]);
}

/** @param {Place[]} leg @returns {number[]} */
function flatOf(leg) {
  const places = leg.length === 4 ? Array.from({ length: PIECES + 1 }, (_, n) => blossom(leg, Array(3).fill(n / PIECES))) : leg;
  return places.flatMap(({ x, y }) => [x, y]);
}

/** How much of a leg's parameter is behind so many px of it. @param {number[]} flat @param {number} far */
function share(flat, far) {
  let passed = 0;
  const pieces = flat.length / 2 - 1;
  for (let n = 0; n < pieces; n++) {
    const step = lengthOf(flat.slice(2 * n, 2 * n + 4));
    if (passed + step > far) return (n + Math.max(0, far - passed) / step) / pieces;
    passed += step;
  }
  return 1;
}

/** The part of a leg between two parameters. @param {Place[]} leg @param {number} low @param {number} high */
function between(leg, low, high) {
  if (leg.length === 2) return [mixed(leg[0], leg[1], low), mixed(leg[0], leg[1], high)];
  return [[low, low, low], [low, low, high], [low, high, high], [high, high, high]].map((at) => blossom(leg, at));
}

/** @param {Place[]} leg @param {number[]} at @returns {Place} */
function blossom(leg, at) {
  return at.reduce((places, t) => places.slice(1).map((place, i) => mixed(places[i], place, t)), leg)[0];
}

/** @param {Place} a @param {Place} b @param {number} t @returns {Place} */
function mixed(a, b, t) {
  return { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t };
}

/** @param {number[]} points @returns {Place[]} */
function placesOf(points) {
  return points.flatMap((x, i) => (i % 2 ? [] : { x, y: points[i + 1] }));
}

/** @param {Place[]} places @param {Place} origin */
function written(places, origin) {
  return places.map(({ x, y }) => `${origin.x + twentieths(x)} ${origin.y + twentieths(y)}`).join(" ");
}
