import type { Camera } from "./camera.ts";

/** Distance of the dots in board px at 100 %; the style sheet says the same. */
const STEP = 32;

/** The dots on the paper, which go with the camera, doubled or halved so that they are never too dense. */
export class Paper {
  #element;
  #zoom = 1;
  #tile = STEP;

  constructor(element: HTMLElement, camera: Camera) {
    this.#element = element;
    camera.moves.add((x, y, zoom) => this.#move(x, y, zoom));
  }

  /** @param y the board's origin in the window */
  #move(x: number, y: number, zoom: number) {
    if (zoom !== this.#zoom) {
      this.#zoom = zoom;
      this.#tile = STEP * zoom * 2 ** Math.round(-Math.log2(zoom));
      this.#element.style.backgroundSize = `${this.#tile}px ${this.#tile}px`;
    }
    this.#element.style.transform = `translate(${x % this.#tile}px, ${y % this.#tile}px)`;
  }
}
