// @ts-check
import { Listeners } from "./listeners.js";

/** @import { Shapes } from "./shapes.js" */

/**
 * What is selected. Whoever selects one of a group selects all of it, unless the group was entered. What is removed is not
 * selected any more.
 */
export class Selection {
  #shapes;
  /** @type {Set<string>} */
  #ids = new Set();
  #entered = "";
  /** @type {Listeners<[]>} */
  #listeners = new Listeners();

  /** @param {Pick<Shapes, "get" | "members" | "onChange">} shapes */
  constructor(shapes) {
    this.#shapes = shapes;
    shapes.onChange(() => this.#forget());
  }

  /** @returns {ReadonlySet<string>} */
  get ids() {
    return this.#ids;
  }

  /** The group whose members are selected one by one; "" = none. */
  get entered() {
    return this.#entered;
  }

  /** @param {() => void} listener @returns {() => void} stops it */
  onChange(listener) {
    return this.#listeners.add(listener);
  }

  /** @param {Iterable<string>} ids */
  set(ids) {
    const next = this.expanded(ids);
    if (this.#entered && ![...next].some((id) => this.#shapes.get(id)?.group === this.#entered)) this.#entered = "";
    this.#become(next);
  }

  /** @param {Iterable<string>} ids */
  add(ids) {
    this.#become(new Set([...this.#ids, ...this.expanded(ids)]));
  }

  /** @param {string} id */
  toggle(id) {
    const one = this.expanded([id]);
    const all = [...one].every((each) => this.#ids.has(each));
    this.#become(new Set(all ? [...this.#ids].filter((each) => !one.has(each)) : [...this.#ids, ...one]));
  }

  clear() {
    this.#entered = "";
    this.#become(new Set());
  }

  /** Goes inside the shape's group, to that shape alone. @param {string} id */
  enter(id) {
    this.#entered = this.#shapes.get(id)?.group ?? "";
    this.#become(new Set([id]));
  }

  /** These, each with its group. @param {Iterable<string>} ids @returns {Set<string>} */
  expanded(ids) {
    /** @type {Set<string>} */
    const found = new Set();
    for (const id of ids) {
      const shape = this.#shapes.get(id);
      if (!shape) continue;
      found.add(id);
      if (shape.group && shape.group !== this.#entered) for (const member of this.#shapes.members(shape.group)) found.add(member);
    }
    return found;
  }

  #forget() {
    const kept = [...this.#ids].filter((id) => this.#shapes.get(id));
    if (kept.length < this.#ids.size) this.#become(new Set(kept));
  }

  /** @param {Set<string>} ids */
  #become(ids) {
    if (ids.size === this.#ids.size && [...ids].every((id) => this.#ids.has(id))) return;
    this.#ids = ids;
    this.#listeners.tell();
  }
}
