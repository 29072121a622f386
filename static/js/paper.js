// @ts-check

/** Distance of the dots in board px at 100 %; the style sheet says the same. */
const STEP = 32;

/** The dots on the paper, which go with the camera, doubled or halved so that they are never too dense. */
export class Paper {
  #element;
  #zoom = 1;
  #tile = STEP;

  /** @param {HTMLElement} element */
  constructor(element) {
    this.#element = element;
  }

  /** @param {number} x @param {number} y the board's origin in the window @param {number} zoom */
  move(x, y, zoom) {
    if (zoom !== this.#zoom) {
      this.#zoom = zoom;
      this.#tile = STEP * zoom * 2 ** Math.round(-Math.log2(zoom));
      this.#element.style.backgroundSize = `${this.#tile}px ${this.#tile}px`;
    }
    this.#element.style.transform = `translate(${x % this.#tile}px, ${y % this.#tile}px)`;
  }
}
