import type { Board } from "../board.ts";
import { newId } from "../ground/identifiers.ts";
import { straight } from "../kinds/angle.ts";
import { limits } from "../kinds/declared.ts";
import { complete } from "../kinds/defaults.ts";
import { toTenths, toTwentieths } from "../kinds/rounding.ts";
import type { Page } from "../page.ts";
import type { Binding, Line as LineShape } from "../types/shape.ts";
import type { Sample, Tool } from "../types/tool.ts";

/** A press that goes no farther is a click, in screen px. */
const CLICK = { mouse: 4, touch: 6 };

/** A click so near to the last point ends the line, and to the first one closes it, in screen px. */
const NEAR = 8;

/** Of a line that Enter makes, in screen px. */
const LENGTH = 160;

/** The API's limit for one line. */
const MOST_POINTS = limits.corners;

type Corner = { x: number; y: number; clientX: number; clientY: number; binding: Binding | null };

/**
 * Drags a line out; or clicks one point after the other until Enter, a double click or a click on the first point. With Shift
 * each leg is at a multiple of 15°.
 */
export class Line implements Tool {
  name = "line";
  kind: LineShape["kind"] = "line";
  /** A shorter drag makes nothing, in screen px. */
  shortest = CLICK.mouse;

  #board;
  #hand;
  #id = "";
  /** The points that are set. */
  #corners: Corner[] = [];
  /** The press under way. */
  #press: { from: Sample; to: Sample; first: boolean; click: number } | null = null;

  constructor({ board, hand }: Page) {
    this.#board = board;
    this.#hand = hand;
  }

  /** What is not of the style. */
  fields(): Partial<LineShape> {
    return {};
  }

  /** What an end at a corner is bound to. */
  bind(_place: { x: number; y: number }, _board: Board): Binding | null {
    return null;
  }

  press(sample: Sample, pointerType: string) {
    const first = !this.#corners.length;
    this.#press = { from: sample, to: sample, first, click: pointerType === "touch" ? CLICK.touch : CLICK.mouse };
    if (first) this.#id = newId();
    if (first) this.#corners = [this.#corner(sample)];
    else this.#show(sample);
  }

  move(samples: Sample[]) {
    if (!this.#press) return;
    this.#press.to = samples[samples.length - 1];
    if (!this.#press.first || this.#isDrag()) this.#show(this.#press.to);
  }

  release() {
    if (!this.#press) return null;
    const { to, first } = this.#press;
    const drag = this.#isDrag();
    this.#press = null;
    const corner = this.#corner(to);
    if (!first) this.#add(corner);
    else if (drag && apart(this.#corners[0], corner) < this.shortest) this.#reset();
    else if (drag) this.#finish([...this.#corners, corner]);
    return null;
  }

  /** Between clicks the next leg goes along; before the first, what it would be bound to is shown. */
  hover(sample: Sample) {
    if (this.#corners.length) this.#show(sample);
    else this.#hand.highlight(this.#corner(sample).binding?.id ?? null);
  }

  /** Enter ends a line that is being clicked, or makes one in the middle of the window. */
  key({ key }: KeyboardEvent) {
    if (key !== "Enter" || this.#press) return false;
    this.#finish(this.#corners.length ? this.#corners : this.#usual());
    return true;
  }

  /** Takes only the press under way back: two fingers may move the board in between. A line that is being clicked ends where it is. */
  cancel() {
    const any = this.#corners.length > 0;
    if (!this.#press) this.#finish(this.#corners);
    else if (this.#press.first) this.#reset();
    else this.#press = null;
    return any;
  }

  leave() {
    this.#finish(this.#corners);
  }

  #usual(): Corner[] {
    const { camera } = this.#board;
    const { x, y } = camera.middle();
    this.#id = newId();
    return [-LENGTH / 2, LENGTH / 2].map((dx) => ({
      x: x + dx / camera.zoom,
      y,
      clientX: dx,
      clientY: 0,
      binding: null,
    }));
  }

  /** A click. */
  #add(corner: Corner) {
    const [first] = this.#corners;
    if (apart(this.#corners[this.#corners.length - 1], corner) < NEAR) return this.#finish(this.#corners);
    const closes = this.#corners.length > 2 && apart(first, corner) < NEAR;
    this.#corners.push(closes ? first : corner);
    if (closes || this.#corners.length === MOST_POINTS) this.#finish(this.#corners);
  }

  #finish(corners: Corner[]) {
    const line = this.#line(corners);
    this.#reset();
    if (corners.length < 2) return;
    this.#board.commit({ put: [line] });
    this.#hand.made([line.id]);
  }

  /** With a leg to there. */
  #show(sample: Sample) {
    const corner = this.#corner(sample);
    const corners =
      apart(this.#corners[this.#corners.length - 1], corner) < 1 ? this.#corners : [...this.#corners, corner];
    this.#hand.sketch(corners.length > 1 ? [this.#line(corners)] : []);
    this.#hand.highlight(corner.binding?.id ?? null);
  }

  #reset() {
    this.#press = null;
    this.#corners = [];
    this.#hand.sketch([]);
    this.#hand.highlight(null);
  }

  #isDrag() {
    return this.#press !== null && apart(this.#press.from, this.#press.to) >= this.#press.click;
  }

  #corner({ x, y, clientX, clientY, shift, ctrl }: Sample): Corner {
    const last = this.#corners[this.#corners.length - 1];
    if (shift && last) {
      const [dx, dy] = straight(x - last.x, y - last.y);
      [x, y] = [last.x + dx, last.y + dy];
    }
    return { x, y, clientX, clientY, binding: ctrl ? null : this.bind({ x, y }, this.#board) };
  }

  #line(corners: Corner[]): LineShape {
    const [x, y] = [toTwentieths(corners[0]?.x ?? 0), toTwentieths(corners[0]?.y ?? 0)];
    const points = corners.flatMap((corner) => [toTenths(corner.x - x), toTenths(corner.y - y)]);
    const [from, to] = [corners[0]?.binding ?? null, corners[corners.length - 1]?.binding ?? null];
    // Within one shape it is a drawing on it, and not a connection.
    const bound = from && to && from.id === to.id ? { from: null, to: null } : { from, to };
    return complete(this.kind, this.#id, { ...this.#hand.style, ...this.fields(), x, y, points, ...bound });
  }
}

/** @param b in screen px */
function apart(a: Pick<Sample, "clientX" | "clientY">, b: Pick<Sample, "clientX" | "clientY">) {
  return Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
}
