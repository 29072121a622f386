/** Barks after a silence. */
export class Watchdog {
  #ms;
  #bark;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ms: number, bark: () => void) {
    this.#ms = ms;
    this.#bark = bark;
  }

  /** A sign of life. */
  watch() {
    this.stop();
    this.#timer = setTimeout(this.#bark, this.#ms);
  }

  stop() {
    clearTimeout(this.#timer);
  }
}
