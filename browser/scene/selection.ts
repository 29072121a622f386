import { Listeners } from "../ground/listeners.ts";
import type { Shapes } from "./shapes.ts";

/**
 * What is selected. Whoever selects one of a group selects all of it, unless the group was entered. What is removed is not
 * selected any more.
 */
export class Selection {
  #shapes;
  #ids: Set<string> = new Set();
  #entered = "";
  #listeners: Listeners<[]> = new Listeners();

  constructor(shapes: Pick<Shapes, "get" | "members" | "onChange">) {
    this.#shapes = shapes;
    shapes.onChange(() => this.#forget());
  }

  get ids(): ReadonlySet<string> {
    return this.#ids;
  }

  /** The group whose members are selected one by one; "" = none. */
  get entered() {
    return this.#entered;
  }

  /** @returns stops it */
  onChange(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  set(ids: Iterable<string>) {
    const next = this.expanded(ids);
    if (this.#entered && ![...next].some((id) => this.#shapes.get(id)?.group === this.#entered)) this.#entered = "";
    this.#become(next);
  }

  add(ids: Iterable<string>) {
    this.#become(new Set([...this.#ids, ...this.expanded(ids)]));
  }

  toggle(id: string) {
    const one = this.expanded([id]);
    const all = [...one].every((each) => this.#ids.has(each));
    this.#become(new Set(all ? [...this.#ids].filter((each) => !one.has(each)) : [...this.#ids, ...one]));
  }

  clear() {
    this.#entered = "";
    this.#become(new Set());
  }

  /** Goes inside the shape's group, to that shape alone. */
  enter(id: string) {
    this.#entered = this.#shapes.get(id)?.group ?? "";
    this.#become(new Set([id]));
  }

  /** These, each with its group. */
  expanded(ids: Iterable<string>): Set<string> {
    const found: Set<string> = new Set();
    for (const id of ids) {
      const shape = this.#shapes.get(id);
      if (!shape) continue;
      found.add(id);
      if (shape.group && shape.group !== this.#entered)
        for (const member of this.#shapes.members(shape.group)) found.add(member);
    }
    return found;
  }

  #forget() {
    const kept = [...this.#ids].filter((id) => this.#shapes.get(id));
    if (kept.length < this.#ids.size) this.#become(new Set(kept));
  }

  #become(ids: Set<string>) {
    if (ids.size === this.#ids.size && [...ids].every((id) => this.#ids.has(id))) return;
    this.#ids = ids;
    this.#listeners.tell();
  }
}
