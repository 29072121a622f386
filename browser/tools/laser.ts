import type { Page } from "../page.ts";
import type { Sample, Tool } from "../types/tool.ts";
import { Trail } from "../view/trail.ts";

/** Points at something, for everybody who is here; nothing of it is stored. */
export class Laser implements Tool {
  name = "laser";

  #board;
  #hand;
  #trail: Trail | null = null;

  constructor({ board, hand }: Page) {
    this.#board = board;
    this.#hand = hand;
  }

  press(sample: Sample) {
    const overlay = document.querySelector(".overlay") as Element;
    this.#trail = new Trail(overlay, () => this.#board.camera.zoom);
    this.#to(sample);
  }

  move(samples: Sample[]) {
    for (const sample of samples) this.#to(sample);
  }

  release() {
    this.cancel();
    return null;
  }

  cancel() {
    this.#trail?.lift();
    if (this.#trail) this.#hand.pointed(null);
    this.#trail = null;
  }

  #to({ x, y }: Sample) {
    this.#trail?.to(x, y);
    this.#hand.pointed({ x, y });
  }
}
