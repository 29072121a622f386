import type { Editor } from "../editor.ts";
import type { Sample, Tool } from "../types.ts";

/** Pans. */
export class Hand implements Tool {
  name = "hand";
  writes = false;

  #camera;
  #clientX = 0;
  #clientY = 0;

  constructor({ camera }: Pick<Editor, "camera">) {
    this.#camera = camera;
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
