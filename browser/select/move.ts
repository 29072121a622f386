import type { Board } from "../board.ts";
import type { Hand } from "../hand.ts";
import { frameOf } from "../kinds/hits.ts";
import { toHundredths, toTwentieths } from "../kinds/rounding.ts";
import { allowed } from "../kinds/world.ts";
import type { Box, Shape } from "../types/shape.ts";
import type { Sample } from "../types/tool.ts";
import { carried } from "./carried.ts";
import { copies } from "./copies.ts";
import { snapped } from "./snap.ts";
import { moved } from "./transforms.ts";

/** How near to a line it snaps, in screen px. */
export const REACH = 8;

/** So many neighbours at most are snapped to. */
const MOST_NEIGHBOURS = 400;

/** What is selected, and what lies in selected frames, goes with the pointer. With Alt copies of it do. */
export class Move {
  #board;
  #hand;
  #start;
  #ids;
  /** What moves; copies are of locked shapes too. */
  #free: Set<string>;
  /** As they were. */
  #shapes: Shape[];
  #box: Box;
  #neighbours: Box[];
  #dx = 0;
  #dy = 0;
  #copying = false;
  /** Where they were */
  #copies: Shape[] = [];

  constructor(board: Board, hand: Hand, start: Sample) {
    const { shapes, selection } = board;
    this.#board = board;
    this.#hand = hand;
    this.#start = start;
    this.#ids = carried(board, selection.ids);
    const free = [...selection.ids].filter((id) => !shapes.get(id)?.locked);
    this.#free = new Set(free.length === selection.ids.size ? this.#ids : carried(board, free));
    this.#shapes = this.#ids.flatMap((id) => shapes.get(id) ?? []);
    this.#box = shapes.bounds(selection.ids) ?? { left: start.x, top: start.y, right: start.x, bottom: start.y };
    this.#neighbours = neighbours(board, new Set(this.#ids));
  }

  move(sample: Sample) {
    const { overlay } = this.#hand;
    this.#go(sample);
    this.#copying = sample.alt;
    if (sample.alt) {
      if (!this.#copies.length) this.#copies = copies(this.#shapes, 0, 0, undefined, this.#board.shapes.find);
      this.#hand.preview(new Map());
      this.#hand.sketch(this.#copies.map((shape) => ({ ...shape, x: shape.x + this.#dx, y: shape.y + this.#dy })));
      overlay.carry(this.#dx, this.#dy); // the copies will be selected
    } else {
      this.#hand.sketch([]);
      this.#hand.carry(this.#moved(), this.#dx, this.#dy);
    }
    overlay.changed();
  }

  release() {
    const { selection } = this.#board;
    if (this.#copying) {
      const put = this.#copies.map((shape) => ({
        ...shape,
        x: toHundredths(shape.x + this.#dx),
        y: toHundredths(shape.y + this.#dy),
      }));
      this.#board.commit({ put });
      selection.set(put.map(({ id }) => id));
    } else if (this.#dx || this.#dy) this.#board.commit({ patch: Object.fromEntries(this.#moved()) });
    this.cancel();
  }

  cancel() {
    this.#hand.sketch([]);
    this.#hand.preview(new Map());
    this.#hand.overlay.guides = [];
  }

  #moved() {
    const { shapes } = this.#board;
    const left = this.#shapes.filter(({ id }) => this.#free.has(id) && shapes.get(id)?.locked === false); // somebody may have locked it meanwhile
    const asTheyWere = new Map(left.map((shape) => [shape.id, shape]));
    return moved(left, this.#dx, this.#dy, (id) => asTheyWere.get(id) ?? shapes.get(id));
  }

  #go({ x, y, shift, ctrl }: Sample) {
    const { camera } = this.#board;
    const { overlay } = this.#hand;
    let [dx, dy] = [x - this.#start.x, y - this.#start.y];
    const across = Math.abs(dx) >= Math.abs(dy);
    if (shift && across) dy = 0;
    else if (shift) dx = 0;
    overlay.guides = [];
    if (this.#hand.snaps(ctrl)) {
      const { left, top, right, bottom } = this.#box;
      const there = { left: left + dx, top: top + dy, right: right + dx, bottom: bottom + dy };
      const snap = snapped(there, this.#neighbours, REACH / camera.zoom, this.#hand.dotted);
      if (!shift || across) dx += snap.dx;
      if (!shift || !across) dy += snap.dy;
      overlay.guides = snap.guides.filter(({ axis }) => !shift || across === (axis === "x"));
    }
    [this.#dx, this.#dy] = allowed(this.#box, toTwentieths(dx), toTwentieths(dy));
  }
}

/** The boxes of what is in view, but for these, and for ink and lines. */
export function neighbours({ shapes, camera }: Board, ids: ReadonlySet<string>): Box[] {
  const near = shapes.near(camera.view()).filter((shape) => !ids.has(shape.id) && !("points" in shape));
  return near.slice(0, MOST_NEIGHBOURS).map((shape) => frameOf(shape, shapes.find));
}
