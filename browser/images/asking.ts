import type { Board } from "../board.ts";
import { button, element } from "../ground/element.ts";
import { describe } from "./describe.ts";

/** How long the question stays, in ms. */
const STAY = 12_000;

/** Asks, once and without being in the way, for the description of a picture that has just come. */
export class Asking {
  #board;
  #element;
  #id = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(over: HTMLElement, board: Board) {
    this.#board = board;
    this.#element = element("div", "asking panel");
    this.#element.hidden = true;
    const describing = button("button small", "Describe the picture", () => {
      const shape = board.shapes.get(this.#id);
      this.close();
      if (shape?.kind === "image") describe(board, shape);
    });
    this.#element.append(
      describing,
      button("button small", "Not now", () => this.close()),
    );
    over.append(this.#element);
  }

  /** @param id of an image that has no description yet */
  ask(id: string) {
    this.#id = id;
    this.#element.hidden = false;
    this.moved();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.close(), STAY);
  }

  close() {
    this.#element.hidden = true;
  }

  /** The camera has moved. */
  moved() {
    if (this.#element.hidden) return;
    const box = this.#board.shapes.bounds([this.#id]);
    if (!box) return this.close();
    const [left, top] = this.#board.camera.toClient((box.left + box.right) / 2, box.bottom);
    this.#element.style.translate = `calc(${Math.round(left)}px - 50%) ${Math.round(top + 12)}px`;
  }
}
