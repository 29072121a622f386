/** What is left of a drawn line where an eraser has passed: pieces that lie where the whole did, within a tenth of a px. */

import type { Piece } from "../kinds/quadratics.ts";
import { bendOf, curves, legs, placeOn, split } from "../kinds/quadratics.ts";
import type { InkLine } from "./ink.ts";

/** A curve may bend this much, in tenths, where a new end straightens it: a sixteenth of that is how far it moves there. */
const BEND = 8;

/** Shorter pieces are dust, in tenths. */
const DUST = 10;

/** Halvings that find the place where a curve leaves the eraser. */
const HALVINGS = 12;

/** One line under the eraser. Units as in kinds/geometry.ts; places on the line are piece number + 0 to 1 along the piece. */
export class Erasure {
  #line;
  #pieces: Piece[];
  /** What is gone: from and to, in order, apart from each other */
  #gone: [number, number][] = [];

  constructor(line: InkLine) {
    this.#line = line;
    this.#pieces = line.pressures.length ? legs(line.points) : curves(line.points);
  }

  /** The eraser passes straight from one place to another. @returns whether that took anything */
  pass(from: number[], to: number[], radius: number): boolean {
    const before = this.#gone.map(String).join();
    const inside: (place: number[]) => boolean = (place) => distanceToLeg(place, from, to) <= radius;
    this.#pieces.forEach((piece, i) => {
      if (!near(piece, from, to, radius)) return;
      for (const [start, end] of intervals(piece, inside, radius)) this.#take(i + start, i + end);
    });
    return this.#gone.map(String).join() !== before;
  }

  /** @returns what is left */
  left(): InkLine[] {
    const found = [];
    let from = 0;
    for (const [start, end] of [...this.#gone, [this.#pieces.length, Infinity]]) {
      if (start > from || (from === 0 && !this.#gone.length)) found.push(this.#part(from, start));
      from = end;
    }
    return found.filter((line) => !this.#gone.length || lengthOf(line.points) >= DUST);
  }

  #take(from: number, to: number) {
    const apart = this.#gone.filter(([start, end]) => end < from || start > to);
    const touched = this.#gone.filter((one) => !apart.includes(one)).flat();
    this.#gone = [...apart, [Math.min(from, ...touched), Math.max(to, ...touched)] as [number, number]].sort(
      (a, b) => a[0] - b[0],
    );
  }

  #part(from: number, to: number): InkLine {
    const { pressures } = this.#line;
    const last = this.#pieces.length;
    if (from === 0 && to === last) return this.#line;
    const part = this.#pieces.slice(Math.floor(from), Math.ceil(to));
    const end = to - Math.ceil(to) + 1;
    if (end < 1) part[part.length - 1] = split(part[part.length - 1], end)[0];
    const start = from - Math.floor(from);
    if (start) part[0] = split(part[0], part.length === 1 && end < 1 ? start / end : start)[1];
    if (pressures.length) {
      return {
        points: whole([part[0].start, ...part.map((piece) => piece.end)]),
        pressures: pressuresOf(pressures, from, to),
      };
    }
    const eased = backwards(ease(backwards(ease(part, from > 0)), to < last));
    const controls = eased.flatMap(({ control }) => (control ? [control] : []));
    return { points: whole([part[0].start, ...controls, part[part.length - 1].end]), pressures: [] };
  }
}

/**
 * A path made of the pieces' controls has its joints midway between them. The piece at a new end is cut, so its joint moves,
 * and the end itself is drawn straight: both are too little to see once the pieces there, up to the first flat one, are short.
 * @param cut whether the first one is a new end
 */
function ease(pieces: Piece[], cut: boolean) {
  if (!cut) return pieces;
  const flat = pieces.findIndex((piece, i) => i > 0 && bendOf(piece) <= BEND);
  const bent = flat < 0 ? pieces.length : flat;
  return [...pieces.slice(0, bent).flatMap(halves), ...pieces.slice(bent)];
}

function halves(piece: Piece): Piece[] {
  if (bendOf(piece) <= BEND) return [piece];
  return split(piece, 0.5).flatMap(halves);
}

function backwards(pieces: Piece[]): Piece[] {
  return pieces.map(({ start, control, end }) => ({ start: end, control, end: start })).reverse();
}

/** Where along a piece the eraser is over it. */
function intervals(piece: Piece, inside: (place: number[]) => boolean, radius: number): [number, number][] {
  const length = Math.hypot(piece.end[0] - piece.start[0], piece.end[1] - piece.start[1]) + bendOf(piece);
  const steps = Math.min(200, Math.max(2, Math.ceil((4 * length) / radius)));
  const is = (t: number) => inside(placeOn(piece, t));
  const found: [number, number][] = [];
  let from = is(0) ? 0 : -1;
  for (let step = 1; step <= steps; step++) {
    const was = from >= 0;
    const now = is(step / steps);
    if (now && !was) from = edge(is, (step - 1) / steps, step / steps);
    if (was && !now) found.push([from, edge(is, step / steps, (step - 1) / steps)]);
    if (!now) from = -1;
  }
  if (from >= 0) found.push([from, 1]);
  return found;
}

function edge(is: (t: number) => boolean, outside: number, inside: number) {
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (outside + inside) / 2;
    if (is(middle)) inside = middle;
    else outside = middle;
  }
  return inside;
}

/** Whether the piece can be within the radius at all. */
function near({ start, control, end }: Piece, from: number[], to: number[], radius: number) {
  return [0, 1].every((axis) => {
    const places = [start[axis], end[axis], control ? control[axis] : end[axis]];
    const low = Math.min(from[axis], to[axis]) - radius;
    const high = Math.max(from[axis], to[axis]) + radius;
    return Math.max(...places) >= low && Math.min(...places) <= high;
  });
}

function distanceToLeg([x, y]: number[], [fromX, fromY]: number[], [toX, toY]: number[]) {
  const dx = toX - fromX;
  const dy = toY - fromY;
  const length = dx * dx + dy * dy;
  const along = length ? Math.min(1, Math.max(0, ((x - fromX) * dx + (y - fromY) * dy) / length)) : 0;
  return Math.hypot(x - fromX - along * dx, y - fromY - along * dy);
}

/** @param to places on the line */
function pressuresOf(pressures: number[], from: number, to: number): number[] {
  const at = (place: number) => {
    const i = Math.floor(place);
    return pressures[i] + ((pressures[i + 1] ?? pressures[i]) - pressures[i]) * (place - i);
  };
  return [at(from), ...pressures.slice(Math.floor(from) + 1, Math.ceil(to)), at(to)];
}

function lengthOf(points: number[]) {
  let length = 0;
  for (let i = 2; i < points.length; i += 2)
    length += Math.hypot(points[i] - points[i - 2], points[i + 1] - points[i - 1]);
  return length;
}

/** @returns in whole tenths */
function whole(places: number[][]): number[] {
  return places.flat().map(Math.round);
}
