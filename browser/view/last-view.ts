/** Where a tab was on the board, as it remembers it across reloads: the camera's x, y and zoom. */
export class LastView {
  #key;

  /** @param key in the tab's storage */
  constructor(key: string) {
    this.#key = key;
  }

  set(view: number[]) {
    try {
      sessionStorage.setItem(this.#key, JSON.stringify(view));
    } catch {
      // The view is then not remembered; nothing else depends on it.
    }
  }

  get(): number[] | null {
    try {
      const view = JSON.parse(sessionStorage.getItem(this.#key) ?? "null");
      const sound = Array.isArray(view) && view.length === 3 && view.every(Number.isFinite) && view[2] > 0;
      return sound ? view : null;
    } catch {
      return null;
    }
  }
}
