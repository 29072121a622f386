import { Listeners } from "../ground/listeners.ts";

/** Whether a pen draws here: then fingers do not, they move the board. The first pen switches it on, after that its button decides. */
class PenMode {
  on = false;
  /** Whether a pen has ever touched this page. */
  seen = false;
  #listeners: Listeners<[]> = new Listeners();

  /** A pen touches. */
  touched() {
    if (this.seen) return;
    this.seen = true;
    this.set(true);
  }

  set(on: boolean) {
    this.on = on;
    this.#listeners.tell();
  }

  /** @returns stops it */
  onChange(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }
}

export const penMode = new PenMode();

/** Shows the mode and leaves it, or comes back. */
export function bindPenMode(button: HTMLButtonElement) {
  button.addEventListener("click", () => penMode.set(!penMode.on));
  penMode.onChange(() => {
    button.hidden = !penMode.seen;
    button.setAttribute("aria-pressed", String(penMode.on));
  });
}
