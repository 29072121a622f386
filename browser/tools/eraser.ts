import { Cutting } from "../ink/cutting.ts";
import type { Page } from "../page.ts";
import type { Change } from "../types/change.ts";
import type { Sample, Tool } from "../types/tool.ts";

/** How near the eraser must pass, in screen px. */
const MARGIN = 8;

/**
 * Erases whole shapes: dims those it passes, deletes on release; with Alt it takes back. Or, by its style, of strokes only the
 * part that it passes.
 */
export class Eraser implements Tool {
  name = "eraser";

  #board;
  #hand;
  /** Those that go whole. */
  #passed: Set<string> = new Set();
  #cutting;
  #x = 0;
  #y = 0;

  constructor({ board, hand }: Page) {
    this.#board = board;
    this.#hand = hand;
    this.#cutting = new Cutting(board, hand);
  }

  press(sample: Sample) {
    this.#x = sample.x;
    this.#y = sample.y;
    this.#sweep(sample);
  }

  move(samples: Sample[]) {
    for (const sample of samples) this.#sweep(sample);
    this.#cutting.show();
  }

  release(): Change | null {
    const { put, remove } = this.#cutting.change();
    const gone = [...this.#passed, ...remove];
    this.cancel();
    return gone.length ? { put, remove: gone } : null;
  }

  cancel() {
    for (const id of this.#passed) this.#board.shapes.dim(id, false);
    this.#passed.clear();
    this.#cutting.cancel();
  }

  /** A fast eraser jumps: look at every place between. */
  #sweep(sample: Sample) {
    const { zoom } = this.#board.camera;
    const [dx, dy] = [sample.x - this.#x, sample.y - this.#y];
    const steps = Math.max(1, Math.ceil((Math.hypot(dx, dy) * zoom) / MARGIN));
    for (let step = 1; step <= steps; step++) {
      const from = { x: this.#x + (dx * (step - 1)) / steps, y: this.#y + (dy * (step - 1)) / steps };
      const to = { x: this.#x + (dx * step) / steps, y: this.#y + (dy * step) / steps };
      this.#pass(from, to, MARGIN / zoom, sample.alt);
    }
    this.#x = sample.x;
    this.#y = sample.y;
  }

  #pass(from: { x: number; y: number }, to: { x: number; y: number }, margin: number, back: boolean) {
    const { shapes, selection } = this.#board;
    const { style } = this.#hand;
    const near = shapes.at(to.x, to.y, margin).filter((id) => !shapes.get(id)?.locked);
    const cut = style.erase === "part" ? near.filter((id) => shapes.get(id)?.kind === "stroke") : [];
    for (const id of cut) this.#cutting.pass(id, from, to, margin, back);
    const whole = near.filter((id) => !cut.includes(id));
    for (const id of style.erase === "part" ? whole : selection.expanded(whole)) {
      if (this.#passed.has(id) !== back) continue;
      if (back) this.#passed.delete(id);
      else this.#passed.add(id);
      shapes.dim(id, !back);
    }
  }
}
