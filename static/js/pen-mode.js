// @ts-check
import { Listeners } from "./listeners.js";

/** Whether a pen draws here: then fingers do not, they move the board. The first pen switches it on, after that its button decides. */
class PenMode {
  on = false;
  /** Whether a pen has ever touched this page. */
  seen = false;
  /** @type {Listeners<[]>} */
  #listeners = new Listeners();

  /** A pen touches. */
  touched() {
    if (this.seen) return;
    this.seen = true;
    this.set(true);
  }

  /** @param {boolean} on */
  set(on) {
    this.on = on;
    this.#listeners.tell();
  }

  /** @param {() => void} listener @returns {() => void} stops it */
  onChange(listener) {
    return this.#listeners.add(listener);
  }
}

export const penMode = new PenMode();

/** Shows the mode and leaves it, or comes back. @param {HTMLButtonElement} button */
export function bindPenMode(button) {
  button.addEventListener("click", () => penMode.set(!penMode.on));
  penMode.onChange(() => {
    button.hidden = !penMode.seen;
    button.setAttribute("aria-pressed", String(penMode.on));
  });
}
