// Announces what others do, for people who have switched that on.

import { settings } from "../ground/settings.ts";
import { read } from "../kinds/index.ts";
import { nameOf } from "../kinds/names.ts";
import type { Pending } from "../scene/pending.ts";
import type { Shapes } from "../scene/shapes.ts";
import { announce } from "../site/announcer.ts";

/** So much is gathered before it is said, in ms: a busy board would never be silent. */
const GATHERED = 1_500;

type Deed = "added" | "changed" | "removed";

export class Others {
  #shapes;
  #pending;
  /** The last that was done to each shape, and the shape's name. */
  #done: Map<string, { deed: Deed; name: string }> = new Map();

  /** @param pending what is this person's own */
  constructor(shapes: Shapes, pending: Pending) {
    this.#shapes = shapes;
    this.#pending = pending;
  }

  /** A message, before it is on the board. */
  hear(message: SVGSVGElement) {
    if (!settings.announce) return;
    const own = this.#pending.ids();
    for (const element of message.children) {
      const removed = element.getAttribute("data-removed");
      const id = removed ?? element.id;
      if (own.has(id)) continue;
      const before = this.#shapes.get(id);
      const shape = removed === null ? read(element) : before;
      if (shape) this.#tell(id, removed !== null ? "removed" : before ? "changed" : "added", nameOf(shape));
    }
  }

  #tell(id: string, deed: Deed, name: string) {
    if (!this.#done.size) setTimeout(() => this.#say(), GATHERED);
    const known = this.#done.get(id);
    this.#done.set(id, { deed: known?.deed === "added" && deed === "changed" ? "added" : deed, name });
  }

  #say() {
    const done = [...this.#done.values()];
    this.#done.clear();
    announce(`Somebody ${sentence(done)}.`);
  }
}

function sentence(done: { deed: Deed; name: string }[]) {
  const all = ["added", "changed", "removed"] as Deed[];
  const parts = all.flatMap((deed) => {
    const those = done.filter((one) => one.deed === deed);
    if (!those.length) return [];
    return `${deed} ${those.length === 1 ? those[0].name : `${those.length} shapes`}`;
  });
  return parts.join(", ");
}
