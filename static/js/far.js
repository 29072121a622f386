// @ts-check

/** The board from afar: for each cell a group of a few simplified paths, below the shapes, shown where no shapes are loaded. */
export class Far {
  #group;
  /** @type {Map<string, Element>} */
  #cells = new Map();
  /** @type {Set<string>} changed since they were drawn */
  #old = new Set();

  /** @param {SVGGElement} group */
  constructor(group) {
    this.#group = group;
    for (const cell of group.children) this.#cells.set(cell.getAttribute("data-cell") ?? "", cell);
  }

  /** @param {string} key */
  outdate(key) {
    this.#old.add(key);
  }

  /** @param {Iterable<string>} keys */
  outdateAll(keys) {
    for (const key of keys) this.#old.add(key);
  }

  /** @param {string} key */
  outdated(key) {
    return this.#old.has(key);
  }

  /** What changes from here on makes it old again. @param {string} key */
  renewing(key) {
    this.#old.delete(key);
  }

  /** @param {string} key @param {Element} cell drawn anew */
  put(key, cell) {
    const old = this.#cells.get(key);
    const adopted = /** @type {SVGGElement} */ (document.importNode(cell, true));
    if (old) old.replaceWith(adopted);
    else this.#group.append(adopted);
    this.#cells.set(key, adopted);
  }

  /** @param {string} key @param {boolean} shown */
  show(key, shown) {
    const cell = /** @type {SVGGElement | undefined} */ (this.#cells.get(key));
    if (cell) cell.style.display = shown ? "" : "none";
  }
}
