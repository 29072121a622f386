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

/** What changes at one time is told once. */
export class Gathered {
  /** @type {Set<string>} */
  #ids = new Set();
  /** @type {Listeners<[ReadonlySet<string>]>} */
  #listeners = new Listeners();

  /** @param {(ids: ReadonlySet<string>) => void} listener */
  add(listener) {
    return this.#listeners.add(listener);
  }

  /** @param {string} id */
  tell(id) {
    if (!this.#ids.size) queueMicrotask(() => {
      const ids = this.#ids;
      this.#ids = new Set();
      this.#listeners.tell(ids);
    });
    this.#ids.add(id);
  }
}
