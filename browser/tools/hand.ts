import type { Page } from "../page.ts";
import type { Sample, Tool } from "../types/tool.ts";

/** Pans. */
export class Hand implements Tool {
  name = "hand";

  #camera;
  #clientX = 0;
  #clientY = 0;

  constructor({ board }: Page) {
    this.#camera = board.camera;
  }

  press({ clientX, clientY }: Sample) {
    this.#clientX = clientX;
    this.#clientY = clientY;
  }

  move(samples: Sample[]) {
    const { clientX, clientY } = samples[samples.length - 1];
    this.#camera.panBy(clientX - this.#clientX, clientY - this.#clientY);
    this.press(samples[samples.length - 1]);
  }

  release() {
    return null;
  }

  cancel() {}
}
