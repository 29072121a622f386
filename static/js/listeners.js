// @ts-check

/**
 * Those who want to know. `add` answers how to stop listening.
 * @template {unknown[]} A
 */
export class Listeners {
  /** @type {Set<(...what: A) => void>} */
  #all = new Set();

  /** @param {(...what: A) => void} listener @returns {() => void} */
  add(listener) {
    this.#all.add(listener);
    return () => void this.#all.delete(listener);
  }

  /** @param {A} what */
  tell(...what) {
    for (const listener of [...this.#all]) listener(...what);
  }
}
