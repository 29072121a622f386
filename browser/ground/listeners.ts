/** A list of listeners. `add` returns a function that removes the listener again. */
export class Listeners<A extends unknown[]> {
  #all: Set<(...what: A) => void> = new Set();

  add(listener: (...what: A) => void): () => void {
    this.#all.add(listener);
    return () => void this.#all.delete(listener);
  }

  tell(...what: A) {
    for (const listener of [...this.#all]) listener(...what);
  }
}

/** Notifies listeners once of all ids that change in one turn of the page. */
export class Gathered {
  #ids: Set<string> = new Set();
  #listeners: Listeners<[ReadonlySet<string>]> = new Listeners();

  add(listener: (ids: ReadonlySet<string>) => void) {
    return this.#listeners.add(listener);
  }

  tell(id: string) {
    if (!this.#ids.size)
      queueMicrotask(() => {
        const ids = this.#ids;
        this.#ids = new Set();
        this.#listeners.tell(ids);
      });
    this.#ids.add(id);
  }
}
