/** Those who want to know. `add` answers how to stop listening. */
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

/** What changes at one time is told once. */
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
