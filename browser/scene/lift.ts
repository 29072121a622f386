import type { Scene } from "./scene.ts";

/** Fewer shapes are moved each by itself, and stay below what lies above them. */
const MANY = 200;

/**
 * Many shapes that go the same way are carried as one picture, above all others: the compositor moves it, and nothing is painted
 * meanwhile. A frame of 5,000 strokes takes 17 ms; moved each by itself they took 330.
 */
export class Lift {
  #svg;
  #group;
  #scene;
  #ids: ReadonlySet<string> = new Set();

  /** @param svg in what goes with the board @param group in it */
  constructor(svg: SVGSVGElement, group: SVGGElement, scene: Scene) {
    this.#svg = svg;
    this.#group = group;
    this.#scene = scene;
  }

  /** Whether these may be carried: no line that stays has to follow them. */
  takes(ids: ReadonlyMap<string, unknown>) {
    if (ids.size < MANY) return false;
    for (const id of ids.keys()) for (const line of this.#scene.boundTo(id)) if (!ids.has(line)) return false;
    return true;
  }

  /** @param dy from where they are, in board px */
  carry(ids: Iterable<string>, dx: number, dy: number) {
    const now = new Set(ids);
    if (now.size !== this.#ids.size) this.#take(now); // what is in a hand stays as it was taken; somebody may remove one of them
    this.#svg.style.transform = `translate3d(${dx}px, ${dy}px, 0)`;
  }

  /** They are where the board says again. */
  drop() {
    if (!this.#ids.size) return;
    this.#scene.lift(this.#ids, false);
    this.#group.replaceChildren();
    this.#ids = new Set();
  }

  #take(ids: Set<string>) {
    this.drop();
    const elements = this.#scene.lift(ids, true);
    for (const element of elements) element.removeAttribute("id");
    this.#group.append(...elements);
    this.#ids = ids;
  }
}
