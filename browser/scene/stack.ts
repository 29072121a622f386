import type { Drawn } from "./drawn.ts";
import type { Moved } from "./pending.ts";

/**
 * The order of the shapes' elements, bottom to top. What the server has on top ends at a marker; above it is what this page
 * has put on top. A shape that this page has put elsewhere leaves a comment where the server has it.
 */
export class Stack {
  #group;
  #drawn;
  #marker = document.createComment("drafts");
  /** How many are below each; null = not known any more. */
  #ranks: Map<string, number> | null = null;

  constructor(group: SVGGElement, drawn: (id: string) => Drawn | undefined) {
    this.#group = group;
    this.#drawn = drawn;
    group.append(this.#marker);
  }

  get elements(): Iterable<SVGElement> {
    return this.#group.children as Iterable<SVGElement>;
  }

  /** By id. Read from the document after something has moved in it, which is seldom. */
  get ranks(): ReadonlyMap<string, number> {
    if (!this.#ranks) {
      this.#ranks = new Map();
      for (let each = this.#group.firstElementChild; each; each = each.nextElementSibling)
        this.#ranks.set(each.id, this.#ranks.size);
    }
    return this.#ranks;
  }

  /** The ids given that are on the page, bottom to top. */
  sorted(ids: Iterable<string>): string[] {
    const { ranks } = this;
    const known = [...new Set(ids)].filter((id) => ranks.has(id));
    return known.sort((a, b) => Number(ranks.get(a)) - Number(ranks.get(b)));
  }

  /** Everything is new. */
  replace(elements: DocumentFragment) {
    this.#ranks = null;
    this.#group.replaceChildren(elements, this.#marker);
  }

  /** Where the server has it: right below another, or on top. */
  put(drawn: Drawn, before: string | null) {
    const above = before ? this.#drawn(before) : undefined;
    this.#stand(drawn.slot ?? drawn.element, above?.slot ?? above?.element ?? this.#marker);
  }

  /** Of a large board not every shape is here to stand next to: their z say where. @param nodes from the bottom up */
  putByZ(nodes: Node[], zs: number[]) {
    this.#ranks = null;
    let above: Node = this.#marker;
    for (let i = nodes.length - 1; i >= 0; i--) {
      const node = nodes[i];
      for (
        let below = above.previousSibling;
        below && (below === node || zOf(below) > zs[i]);
        below = above.previousSibling
      )
        above = below;
      if (node !== above) this.#group.insertBefore(node, above);
      above = node;
    }
  }

  /** To where a pending change has put it, or back to where the server has it. */
  move(drawn: Drawn, moved: Moved | undefined) {
    if (moved === drawn.moved) return;
    this.#ranks = null;
    drawn.moved = moved;
    if (moved === undefined) {
      if (drawn.slot) drawn.slot.replaceWith(drawn.element);
      drawn.slot = null;
      return;
    }
    if (drawn.base && !drawn.slot) {
      drawn.slot = document.createComment("");
      drawn.element.before(drawn.slot);
    }
    this.#stand(drawn.element, this.#target(moved));
  }

  /** A draft, above everything. */
  append(drawn: Drawn) {
    this.#stand(drawn.element, null);
  }

  remove(drawn: Drawn) {
    this.#ranks = null;
    drawn.slot?.remove();
    drawn.element.remove();
  }

  /** The node that a shape moved so stands right below. */
  #target({ z, after }: Moved): Node | null {
    const last = after && this.#drawn(after);
    if (last) return last.element.nextSibling;
    if (z === "back") return this.#group.firstChild;
    if (typeof z !== "object") return null;
    if ("below" in z) return this.#drawn(z.below)?.element ?? null;
    return this.#drawn(z.above)?.element.nextSibling ?? null;
  }

  /** Puts a node below another, and moves as little as it can: a comment costs no painting. */
  #stand(node: ChildNode, below: Node | null) {
    if (node === below || (node.parentNode === this.#group && node.nextSibling === below)) return;
    this.#ranks = null;
    if (below === this.#marker && node.previousSibling === below) node.after(this.#marker);
    else this.#group.insertBefore(node, below);
  }
}

/** What has no z, such as a draft, is passed over. */
export function zOf(node: Node) {
  return Number((node instanceof Element && node.getAttribute("data-z")) || Infinity);
}
