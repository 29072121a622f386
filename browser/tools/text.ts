import { newId } from "../ground/identifiers.ts";
import { isFigure } from "../kinds/declared.ts";
import { complete } from "../kinds/defaults.ts";
import type { Page } from "../page.ts";
import type { Shape } from "../types/shape.ts";
import type { Sample, Tool } from "../types/tool.ts";
import { between } from "./figure.ts";

/** How near to a shape a click counts, in screen px. */
const MARGIN = 4;

/** A drag narrower than this is a click, in screen px. */
const NARROW = 24;

/** Whether a click writes in a shape; in all others it makes a text of its own. */
function isWritten({ kind }: Shape) {
  return kind === "text" || kind === "note" || isFigure(kind);
}

/** Writes: where it is clicked, in what is clicked, or as wide as it is dragged. */
export class Text implements Tool {
  name = "text";
  fingers = true;

  #board;
  #hand;
  #page;
  #drag: { from: Sample; to: Sample } | null = null;

  constructor(page: Page) {
    this.#board = page.board;
    this.#hand = page.hand;
    this.#page = page;
  }

  press(sample: Sample) {
    this.#drag = { from: sample, to: sample };
  }

  move(samples: Sample[]) {
    if (!this.#drag) return;
    const { camera } = this.#board;
    const { style } = this.#hand;
    this.#drag.to = samples[samples.length - 1];
    const { from, to } = this.#drag;
    const height = 1.25 * style.size;
    const box = between(from.x, from.y - height / 2, to.x, from.y + height / 2);
    const width = Math.max(0.5, 1 / camera.zoom);
    const shown = this.#isWide()
      ? [complete("rectangle", "", { color: "grey", dash: "dashed", radius: 0, width, ...box })]
      : [];
    this.#hand.sketch(shown, false);
  }

  release() {
    if (!this.#drag) return null;
    const { from, to } = this.#drag;
    const wide = this.#isWide();
    this.cancel();
    if (wide) this.#writeBetween(from, to);
    else this.#writeAt(from);
    return null;
  }

  /** Enter writes in the middle of the window. */
  key({ key }: KeyboardEvent) {
    if (key !== "Enter" || this.#drag) return false;
    this.#page.edit(this.#board.camera.middle());
    return true;
  }

  cancel() {
    this.#drag = null;
    this.#hand.sketch([]);
  }

  #isWide() {
    return this.#drag !== null && Math.abs(this.#drag.to.clientX - this.#drag.from.clientX) >= NARROW;
  }

  #writeBetween(from: Sample, to: Sample) {
    const { style } = this.#hand;
    const { x, y, w } = between(from.x, from.y - (1.25 * style.size) / 2, to.x, from.y);
    this.#page.edit({ shape: complete("text", newId(), { ...style, x, y, w }) });
  }

  #writeAt({ x, y }: Sample) {
    const { shapes, camera } = this.#board;
    const [id] = shapes.at(x, y, MARGIN / camera.zoom);
    const shape = id === undefined ? undefined : shapes.get(id);
    this.#page.edit(shape && !shape.locked && isWritten(shape) ? { id } : { x, y });
  }
}
