import { straight } from "../kinds/angle.ts";
import { toTwentieths } from "../kinds/rounding.ts";
import type { Style } from "../types/style.ts";
import type { Sample } from "../types/tool.ts";
import { Foresight } from "./foresight.ts";
import type { InkLine } from "./ink.ts";
import { store } from "./ink.ts";
import { Pressure } from "./pressure.ts";
import { LENGTHS, Smoothing } from "./smoothing.ts";

/** Nearer samples are dropped, in screen px: a pen's are finer. */
const NEAREST = { pen: 0.5, other: 1 };

/** How far thinning may move the line, in screen px. */
const TOLERANCE = 0.3;

/** A line that a hand is drawing. Its points are in tenths relative to x, y, as in kinds/geometry.ts. */
export class Freehand {
  x;
  y;
  points: number[] = [0, 0];
  /** One a point, or none. */
  pressures: number[];

  #scale;
  #nearest;
  #length;
  #smoothing;
  #pressure: Pressure | null;
  #foresight = new Foresight();
  /** Where the pointer is, which the smoothed line has not reached yet. */
  #end: { place: [number, number]; pressure: number };
  /** Where a straight part began: how many numbers were in `points`. */
  #straight = 0;

  /** @param sample the first */
  constructor(
    sample: Sample,
    {
      zoom,
      pointerType,
      smoothing,
      pressure,
    }: { zoom: number; pointerType: string; smoothing: Style["smoothing"]; pressure: "none" | "simulated" | "real" },
  ) {
    this.x = toTwentieths(sample.x);
    this.y = toTwentieths(sample.y);
    this.#scale = 10 / zoom;
    this.#nearest = (pointerType === "pen" ? NEAREST.pen : NEAREST.other) * this.#scale;
    this.#length = LENGTHS[smoothing] * this.#scale;
    this.#smoothing = new Smoothing(this.#length, 0, 0);
    this.#pressure = pressure === "none" ? null : new Pressure(pressure === "real", sample);
    const pressed = this.#pressure?.of(sample) ?? 0;
    this.pressures = this.#pressure ? [pressed] : [];
    this.#end = { place: [0, 0], pressure: pressed };
    this.#foresight.add(sample);
  }

  add(sample: Sample) {
    this.#foresight.add(sample);
    const place = this.#tenths(sample);
    const pressure = this.#pressure?.of(sample) ?? 0;
    if (sample.shift) this.#line(place, pressure);
    else this.#free(place, pressure);
  }

  /** How many of the points stay as they are: the end of a straight part still moves. */
  get steady() {
    return (this.#straight || this.points.length) / 2;
  }

  /** What is to be seen: with the way to the pointer, and on to the places that it is expected at. */
  shown(predicted: Sample[] = []): InkLine {
    const end = same(this.#end.place, this.points.slice(-2)) ? [] : this.#end.place;
    const more = [...end, ...this.#foresight.of(predicted).flatMap((sample) => this.#tenths(sample))];
    const pressures = this.#pressure ? Array(more.length / 2).fill(this.#end.pressure) : [];
    return { points: [...this.points, ...more], pressures: [...this.pressures, ...pressures] };
  }

  /** The pen has turned out to say one number only: the line is as wide everywhere. */
  forgetPressure() {
    this.#pressure = null;
    this.pressures = [];
  }

  /** The pointer is lifted: what is to be stored. @param look see ink/ink.ts */
  finish(look: { reach: number; opaque: boolean }): InkLine[] {
    const { place, pressure } = this.#end;
    if (!same(place, this.points.slice(-2))) this.#push(place, pressure);
    return store(this, TOLERANCE * this.#scale, look);
  }

  #free(place: [number, number], pressure: number) {
    if (this.#straight) this.#turn(this.points.slice(-2));
    const smooth = this.#smoothing.to(...place);
    this.#end = { place, pressure };
    if (this.#far(smooth)) this.#push(smooth.map(Math.round), pressure);
  }

  /** With Shift it goes straight from where that was pressed. */
  #line(place: [number, number], pressure: number) {
    if (!this.#straight) {
      if (!same(this.#end.place, this.points.slice(-2))) this.#push(this.#end.place, pressure);
      // A corner is a point twice: the curve, which runs through the middles, then touches it.
      if (this.points.length > 2) this.#push(this.points.slice(-2), pressure);
      this.#straight = this.points.length;
    }
    this.points.length = this.#straight;
    if (this.#pressure) this.pressures.length = this.#straight / 2;
    const [x, y] = this.points.slice(-2);
    const [dx, dy] = straight(place[0] - x, place[1] - y);
    const end = [Math.round(x + dx), Math.round(y + dy)];
    if (this.#far(end)) this.#push(end, pressure);
    this.#end = { place: this.points.slice(-2) as [number, number], pressure };
  }

  /** The hand goes on freely from the end of a straight part. */
  #turn(corner: number[]) {
    this.#straight = 0;
    this.#push(corner, this.#end.pressure);
    this.#smoothing = new Smoothing(this.#length, corner[0], corner[1]);
  }

  #far([x, y]: number[]) {
    const end = this.points.length;
    return Math.hypot(x - this.points[end - 2], y - this.points[end - 1]) >= this.#nearest;
  }

  #push([x, y]: number[], pressure: number) {
    this.points.push(x, y);
    if (this.#pressure) this.pressures.push(pressure);
  }

  #tenths({ x, y }: { x: number; y: number }): [number, number] {
    return [Math.round((x - this.x) * 10), Math.round((y - this.y) * 10)];
  }
}

function same(a: number[], b: number[]) {
  return a[0] === b[0] && a[1] === b[1];
}
