/** What goes with the board, as layers: nothing is drawn anew while it moves, since the browser's compositor moves the picture. */
export class Layers {
  #all;
  /** The zoom that they were last painted for. */
  #sharp = 1;

  constructor(all: (SVGElement | HTMLElement)[]) {
    this.#all = all;
    for (const layer of all) layer.style.willChange = "transform";
  }

  /** Screen = (board + x) · zoom. */
  move(x: number, y: number, zoom: number) {
    for (const layer of this.#all) layer.style.transform = `scale(${zoom}) translate3d(${x}px, ${y}px, 0)`;
  }

  isSharp(zoom: number) {
    return this.#sharp === zoom;
  }

  /**
   * Has them painted for this zoom. A layer keeps the resolution that it was painted at for as long as it says `will-change`: let
   * that go for a frame. It stays a layer, thanks to translate3d; else all would be painted twice.
   */
  sharpen(zoom: number) {
    this.#sharp = zoom;
    for (const layer of this.#all) layer.style.willChange = "auto";
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        for (const layer of this.#all) layer.style.willChange = "transform";
      }),
    );
  }
}
