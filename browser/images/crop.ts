import type { Board } from "../board.ts";
import { focusBoard } from "../ground/focus.ts";
import { onKey } from "../ground/keydown.ts";
import { turned } from "../kinds/boxes.ts";
import { toHundredths } from "../kinds/rounding.ts";
import { spend } from "../site/dismissal.ts";
import type { Image } from "../types/shape.ts";
import type { Sides } from "./crop-frame.ts";
import { cropFrame } from "./crop-frame.ts";

/** The least that stays of a picture, in screen px. */
const LEAST = 24;

/** In fractions of the picture, as it is seen */
type Part = [left: number, top: number, right: number, bottom: number];

/** Shows the whole of one picture, and lets its edges be dragged. Enter or a press elsewhere keeps the part, Escape does not. */
export class Crop {
  #board;
  #over;
  #open: { shape: Image; part: Part; element: HTMLElement } | null = null;

  /** @param over what covers the board */
  constructor(board: Board, over: HTMLElement) {
    this.#board = board;
    this.#over = over;
    onKey(globalThis, (event) => this.#pressed(event), true);
    addEventListener("pointerdown", (event) => this.#beside(event), true);
  }

  open(shape: Image) {
    this.#close(true);
    const frame = cropFrame(
      shape,
      (event, sides) => this.#drag(event, sides),
      (event, sides) => this.#step(event, sides),
    );
    this.#board.selection.clear();
    this.#open = { shape, part: seen(shape.crop ?? [0, 0, 1, 1], shape.flip), element: frame };
    this.#over.append(frame);
    this.moved();
    frame.focus({ preventScroll: true });
  }

  /** A press elsewhere keeps the part. */
  #beside(event: PointerEvent) {
    if (!this.#open || this.#open.element.contains(event.target as Node)) return;
    this.#close(true);
    spend(event);
  }

  /** The camera has moved, or an edge. */
  moved() {
    if (!this.#open) return;
    const { shape, part, element } = this.#open;
    const { zoom } = this.#board.camera;
    const [w, h] = this.#size();
    const [left, top] = this.#board.camera.toClient(shape.x, shape.y);
    const [fromLeft, fromTop] = seen(shape.crop ?? [0, 0, 1, 1], shape.flip);
    Object.assign(element.style, {
      width: `${w * zoom}px`,
      height: `${h * zoom}px`,
      transform: `translate(${left}px, ${top}px) rotate(${shape.rotation}rad) translate(${-fromLeft * w * zoom}px, ${-fromTop * h * zoom}px)`,
    });
    const [l, t, r, b] = part;
    for (const inner of element.querySelectorAll(".part, .hole") as NodeListOf<HTMLElement>) {
      Object.assign(inner.style, {
        left: `${100 * l}%`,
        top: `${100 * t}%`,
        width: `${100 * (r - l)}%`,
        height: `${100 * (b - t)}%`,
      });
    }
  }

  /** Of the whole picture, in board px. */
  #size(): [number, number] {
    const { w, h, crop } = (this.#open as { shape: Image }).shape;
    const [left, top, right, bottom] = crop ?? [0, 0, 1, 1];
    return [w / (right - left), h / (bottom - top)];
  }

  /** @param sides that go along */
  #drag(event: PointerEvent, sides: Sides) {
    const open = this.#open;
    if (!open) return;
    event.preventDefault();
    event.stopPropagation();
    const target = event.currentTarget as HTMLElement;
    target.setPointerCapture(event.pointerId);
    const begin = [...open.part] as Part;
    const move = (now: PointerEvent) => {
      const { x: dx, y: dy } = turned(now.clientX - event.clientX, now.clientY - event.clientY, -open.shape.rotation);
      this.#shift(begin, sides, dx, dy);
    };
    target.addEventListener("pointermove", move);
    target.addEventListener("lostpointercapture", () => target.removeEventListener("pointermove", move), {
      once: true,
    });
  }

  #step(event: KeyboardEvent, sides: Sides) {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!step || !this.#open) return;
    event.preventDefault();
    event.stopPropagation();
    const far = event.shiftKey ? 20 : 4;
    this.#shift(this.#open.part, sides, step[0] * far, step[1] * far);
  }

  /** @param dy in screen px */
  #shift(begin: Part, [left, top, right, bottom]: Sides, dx: number, dy: number) {
    if (!this.#open) return;
    const { zoom } = this.#board.camera;
    const [w, h] = this.#size().map((length) => length * zoom);
    const [l, t, r, b] = begin;
    const [newLeft, newRight] = along(l, r, dx / w, left, right, Math.min(1, LEAST / w));
    const [newTop, newBottom] = along(t, b, dy / h, top, bottom, Math.min(1, LEAST / h));
    this.#open.part = [newLeft, newTop, newRight, newBottom];
    this.moved();
  }

  #pressed(event: KeyboardEvent) {
    if (!this.#open || (event.key !== "Enter" && event.key !== "Escape")) return;
    event.preventDefault();
    event.stopPropagation();
    this.#close(event.key === "Enter");
    focusBoard();
  }

  #close(keep: boolean) {
    if (!this.#open) return;
    const { shape, part, element } = this.#open;
    const [w, h] = this.#size();
    this.#open = null;
    element.remove();
    this.#board.selection.set([shape.id]);
    const before = seen(shape.crop ?? [0, 0, 1, 1], shape.flip);
    if (!keep || part.every((side, i) => Math.abs(side - before[i]) < 1e-4)) return;
    const { x: dx, y: dy } = turned((part[0] - before[0]) * w, (part[1] - before[1]) * h, shape.rotation);
    const crop = seen(part, shape.flip).map((side) => Math.round(side * 1e4) / 1e4) as Part;
    const whole = crop.every((side, i) => side === [0, 0, 1, 1][i]);
    const size = { w: toHundredths((part[2] - part[0]) * w), h: toHundredths((part[3] - part[1]) * h) };
    const patch = { x: toHundredths(shape.x + dx), y: toHundredths(shape.y + dy), ...size, crop: whole ? null : crop };
    this.#board.commit({ patch: { [shape.id]: patch } });
  }
}

/** A part of the picture as it is seen, or of what is seen as it is in the picture: mirrored either way. */
function seen([left, top, right, bottom]: Part, flip: string): Part {
  const [l, r] = flip.includes("x") ? [1 - right, 1 - left] : [left, right];
  const [t, b] = flip.includes("y") ? [1 - bottom, 1 - top] : [top, bottom];
  return [l, t, r, b];
}

/** Two edges after a move. @param second which of them move */
function along(
  low: number,
  high: number,
  by: number,
  first: boolean,
  second: boolean,
  least: number,
): [number, number] {
  if (first && second) {
    const move = Math.min(1 - high, Math.max(-low, by));
    return [low + move, high + move];
  }
  if (first) return [Math.min(high - least, Math.max(0, low + by)), high];
  return second ? [low, Math.max(low + least, Math.min(1, high + by))] : [low, high];
}
