import type { Drawn } from "./drawn.ts";
import { Members } from "./members.ts";

/** Which shapes belong together: members of a group, and lines with the shapes that they are bound to. */
export class Ties {
  #groups = new Members();
  /** By the shape that they are bound to, the lines. */
  #bound = new Members();

  /** Those with this group. */
  members(group: string): Iterable<string> {
    return this.#groups.of(group);
  }

  /** The lines and arrows that are bound to a shape. */
  boundTo(id: string): Iterable<string> {
    return this.#bound.of(id);
  }

  /** Its group and what it is bound to, as they are now. */
  link(drawn: Drawn) {
    const shape = drawn.plain ? undefined : drawn.shape;
    const group = shape ? shape.group : (drawn.base?.getAttribute("data-group") ?? "");
    this.#groups.move(drawn.id, drawn.group, group);
    drawn.group = group;
    const binds = shape && "from" in shape ? [shape.from, shape.to].flatMap((end) => end?.id ?? []) : [];
    for (const id of drawn.binds) this.#bound.move(drawn.id, id, "");
    for (const id of binds) this.#bound.move(drawn.id, "", id);
    drawn.binds = binds;
  }

  forget(drawn: Drawn) {
    this.#groups.move(drawn.id, drawn.group, "");
    for (const id of drawn.binds) this.#bound.move(drawn.id, id, "");
  }

  clear() {
    this.#groups.clear();
    this.#bound.clear();
  }
}
