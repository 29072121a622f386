import { store, stored } from "../ground/stored.ts";

/** Where a tab was on the board, as it remembers it across reloads: the camera's x, y and zoom. */
export class LastView {
  #key;

  /** @param key in the tab's storage */
  constructor(key: string) {
    this.#key = key;
  }

  set(view: number[]) {
    store(this.#key, view, () => sessionStorage);
  }

  get(): number[] | null {
    const view = stored(this.#key, () => sessionStorage);
    const sound = Array.isArray(view) && view.length === 3 && view.every(Number.isFinite) && view[2] > 0;
    return sound ? view : null;
  }
}
