import { newId } from "../ground/identifiers.ts";
import { figures, isFigure, kinds } from "../kinds/declared.ts";
import { complete } from "../kinds/defaults.ts";
import type { Page } from "../page.ts";
import type { Shape } from "../types/shape.ts";
import type { Sample, Tool } from "../types/tool.ts";

/** A press that goes no farther is a click, in screen px. */
const CLICK = { mouse: 4, touch: 6 };

type Drag = { id: string; from: Sample; to: Sample; click: number };

/**
 * Drags a shape out from corner to corner: with Shift as high as wide, with Alt from its centre. Every kind that is its
 * box has one of these.
 */
export class Figure implements Tool {
  name;
  kind: Shape["kind"];
  /** What a click makes, in screen px. */
  size;

  #board;
  #hand;
  #drag: Drag | null = null;

  constructor({ board, hand }: Page, name: string) {
    this.#board = board;
    this.#hand = hand;
    this.name = name;
    this.kind = name as Shape["kind"];
    const [w, h] = (isFigure(name) && figures[name].size) || [160, 100];
    this.size = { w, h };
  }

  /** What is not of the style. */
  fields(): Record<string, unknown> {
    return kinds[this.kind].idle?.includes("radius") ? { radius: 0 } : {};
  }

  press(sample: Sample, pointerType: string) {
    this.#drag = { id: newId(), from: sample, to: sample, click: pointerType === "touch" ? CLICK.touch : CLICK.mouse };
  }

  move(samples: Sample[]) {
    if (!this.#drag) return;
    this.#drag.to = samples[samples.length - 1];
    if (isDrag(this.#drag)) this.#hand.sketch([this.#shape(this.#drag)]);
  }

  release() {
    if (!this.#drag) return null;
    this.#make(this.#shape(this.#drag));
    return null;
  }

  /** Enter makes one in the middle of the window. */
  key({ key }: KeyboardEvent) {
    if (key !== "Enter" || this.#drag) return false;
    this.#make(this.#usual(newId(), this.#board.camera.middle()));
    return true;
  }

  cancel() {
    this.#drag = null;
    this.#hand.sketch([]);
  }

  #make(shape: Shape) {
    this.cancel();
    this.#board.commit({ put: [shape] });
    this.#hand.made([shape.id]);
  }

  #shape(drag: Drag) {
    return isDrag(drag) ? this.#in(drag.id, dragged(drag)) : this.#usual(drag.id, drag.from);
  }

  #usual(id: string, centre: { x: number; y: number }) {
    const { zoom } = this.#board.camera;
    return this.#in(id, around(centre, this.size.w / zoom, this.size.h / zoom));
  }

  #in(id: string, box: { x: number; y: number; w: number; h: number }) {
    return complete(this.kind, id, { ...this.#hand.style, ...this.fields(), ...box });
  }
}

function isDrag({ from, to, click }: Drag) {
  return Math.hypot(to.clientX - from.clientX, to.clientY - from.clientY) >= click;
}

function dragged({ from, to }: Drag) {
  let [dx, dy] = [to.x - from.x, to.y - from.y];
  if (to.shift) {
    const side = Math.max(Math.abs(dx), Math.abs(dy));
    [dx, dy] = [dx < 0 ? -side : side, dy < 0 ? -side : side];
  }
  return to.alt ? around(from, 2 * Math.abs(dx), 2 * Math.abs(dy)) : between(from.x, from.y, from.x + dx, from.y + dy);
}

export function around({ x, y }: { x: number; y: number }, w: number, h: number) {
  return between(x - w / 2, y - h / 2, x + w / 2, y + h / 2);
}

/** In whole twentieths of a px, as it is drawn. */
export function between(x: number, y: number, toX: number, toY: number) {
  const sides = [Math.min(x, toX), Math.min(y, toY), Math.max(x, toX), Math.max(y, toY)];
  const [left, top, right, bottom] = sides.map((value) => Math.round(20 * value));
  return { x: left / 20, y: top / 20, w: Math.max(1, right - left) / 20, h: Math.max(1, bottom - top) / 20 };
}
