/** What goes with the board, as layers: nothing is drawn anew while it moves, since the browser's compositor moves the picture. */
export class Layers {
  #all;
  /** The zoom that they were last painted for. */
  #sharp = 1;
  /**
   * How many board px one px of a drawing's layer is. Chromium keeps the picture of a layer only if it was painted larger than life,
   * and paints it at least at that size: zoomed out to 4 % that is 600 times the pixels, anew in each frame of a zoom. So far out
   * the drawing is shrunk inside its layer, and the layer is enlarged.
   */
  #unit = 1;

  constructor(all: (SVGElement | HTMLElement)[]) {
    this.#all = all;
    for (const layer of all) layer.style.willChange = "transform";
  }

  /** Screen = (board + x) · zoom. */
  move(x: number, y: number, zoom: number) {
    for (const layer of this.#all) {
      const unit = layer instanceof SVGElement ? this.#unit : 1;
      layer.style.transform = `scale(${zoom * unit}) translate3d(${x / unit}px, ${y / unit}px, 0)`;
    }
  }

  isSharp(zoom: number) {
    return this.#sharp === zoom;
  }

  /** Moves them, too. They are painted for this zoom from now on. */
  fit(x: number, y: number, zoom: number) {
    this.#sharp = zoom;
    this.#unit = zoom < 1 ? 2 ** Math.ceil(-Math.log2(zoom)) : 1;
    for (const layer of this.#all) if (layer instanceof SVGElement) shrink(layer, this.#unit);
    this.move(x, y, zoom);
  }

  /**
   * Has them painted for this zoom. A layer keeps the resolution that it was painted at for as long as it says `will-change`: let
   * that go for a frame. It stays a layer, thanks to translate3d; else all would be painted twice.
   */
  sharpen(x: number, y: number, zoom: number) {
    this.fit(x, y, zoom);
    for (const layer of this.#all) layer.style.willChange = "auto";
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        for (const layer of this.#all) layer.style.willChange = "transform";
      }),
    );
  }
}

function shrink(drawing: SVGElement, unit: number) {
  const scale = unit === 1 ? "" : String(1 / unit);
  for (const group of drawing.children) if (group instanceof SVGElement) group.style.scale = scale;
}
