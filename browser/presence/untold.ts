/** What the server is not known to have, and for each the first report that says it as it is now. */
export class Untold<What> {
  #first: Map<What, number> = new Map();

  /** It is not what it was: the next report says it. @param seq of the last report */
  changed(what: What, seq: number) {
    this.#first.set(what, seq + 1);
  }

  drop(what: What) {
    this.#first.delete(what);
  }

  /** What the next report says. */
  all(): What[] {
    return [...this.#first.keys()];
  }

  /** What this report, or one before it, said. */
  said(seq: number): What[] {
    return this.all().filter((what) => (this.#first.get(what) as number) <= seq);
  }

  /** Whether there is something that no report has said. @param seq of the last one */
  isNew(seq: number): boolean {
    return [...this.#first.values()].some((first) => first > seq);
  }
}
