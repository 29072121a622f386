/** The board from afar: for each cell a group of a few simplified paths, below the shapes, shown where no shapes are loaded. */
export class Far {
  #group;
  #cells: Map<string, Element> = new Map();
  /** Changed since they were drawn */
  #old: Set<string> = new Set();

  constructor(group: SVGGElement) {
    this.#group = group;
    for (const cell of group.children) this.#cells.set(cell.getAttribute("data-cell") ?? "", cell);
  }

  outdate(key: string) {
    this.#old.add(key);
  }

  outdateAll(keys: Iterable<string>) {
    for (const key of keys) this.#old.add(key);
  }

  outdated(key: string) {
    return this.#old.has(key);
  }

  /** What changes from here on makes it old again. */
  renewing(key: string) {
    this.#old.delete(key);
  }

  /** @param cell drawn anew */
  put(key: string, cell: Element) {
    const old = this.#cells.get(key);
    const adopted = document.importNode(cell, true) as SVGGElement;
    if (old) old.replaceWith(adopted);
    else this.#group.append(adopted);
    this.#cells.set(key, adopted);
  }

  show(key: string, shown: boolean) {
    const cell = this.#cells.get(key) as SVGGElement | undefined;
    if (cell) cell.style.display = shown ? "" : "none";
  }
}
