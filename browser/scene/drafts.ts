import { Wet } from "../ink/wet.ts";
import { element } from "../kinds/index.ts";
import { isFar, twentieths } from "../kinds/markup.ts";
import { svgElement } from "../kinds/svg-element.ts";
import type { Change } from "../types/change.ts";
import type { Patch, Shape } from "../types/shape.ts";
import type { Style } from "../types/style.ts";
import { Drawn } from "./drawn.ts";
import type { Pending } from "./pending.ts";
import type { Scene } from "./scene.ts";

/**
 * What this page has done and the server has not yet sent back, and what a hand is doing now. A draft is the very element that
 * the server will send, and stands where that will stand, so nothing moves when it comes.
 */
export class Drafts {
  #group;
  #scene;
  #pending;
  /** By whom; "" is this page. */
  #sketches: Map<string, Map<string, Drawn>> = new Map();

  /** The change up to which the page shows the board. */
  seen: bigint;

  /** @param group on the overlay @param seen of the page as it came */
  constructor(group: SVGGElement, scene: Scene, pending: Pending, seen: bigint) {
    this.seen = seen;
    this.#group = group;
    this.#scene = scene;
    this.#pending = pending;
  }

  add(changeId: string, change: Change) {
    this.#show(this.#pending.add(changeId, change));
  }

  /**
   * The server has the change: its elements come, or came, with the stream.
   * @param ts of the change
   */
  answered(changeId: string, ts: bigint) {
    this.#pending.answered(changeId, ts);
    this.#show(this.#pending.settle(this.seen));
  }

  /** The page shows all up to `seen`: what was answered by then and is not among it has been undone since. */
  settle(seen: bigint) {
    this.seen = seen;
    this.#show(this.#pending.settle(seen));
  }

  /** The server was put back to an earlier state: what it had answered counts no longer, what waits still does. */
  forgetAnswered() {
    this.#show(this.#pending.dropAnswered());
  }

  /** Shows the board as if these changes had been taken back already, and no others. */
  hide(changeIds: ReadonlySet<string>) {
    this.#show(this.#pending.hide(changeIds));
  }

  /** Takes the change off the page again. */
  rollback(changeId: string) {
    this.#show(this.#pending.drop(changeId));
  }

  /** What is being moved just now: by this hand, or by somebody else. An empty map ends it. */
  preview(patches: ReadonlyMap<string, Patch>, who: string = "") {
    this.#scene.refresh(this.#pending.preview(patches, who));
  }

  /** Shapes that are being made, above all others; [] ends it. What is the same object as before is not drawn again. */
  sketch(shapes: Shape[], who: string = "") {
    const before = this.#sketches.get(who);
    const now = new Map(shapes.map((shape) => [shape.id, before?.get(shape.id) ?? this.#begun(shape)]));
    for (const [id, { element }] of before ?? []) if (!now.has(id)) element.remove();
    if (now.size) this.#sketches.set(who, now);
    else this.#sketches.delete(who);
    for (const shape of shapes) {
      const sketch = now.get(shape.id) as Drawn;
      if (sketch.over === shape) continue;
      sketch.over = shape;
      sketch.show(true, this.#scene.find);
    }
  }

  #begun(shape: Shape) {
    const sketch = new Drawn(shape.id, null, shape, element(shape, this.#scene.find));
    // A line is drawn again whenever it moves: what it is bound to may stay.
    if ("from" in shape) sketch.binds = [shape.from, shape.to].flatMap((end) => end?.id ?? []);
    this.#group.append(sketch.element);
    return sketch;
  }

  #show(ids: string[]) {
    this.#scene.refresh(ids);
    const { size } = this.#pending;
    if (size) this.#group.dataset.pending = `${size}`;
    else delete this.#group.dataset.pending;
  }

  /** A stroke that is being drawn, at x, y. */
  wet(x: number, y: number, style: Pick<Style, "color" | "width" | "opacity">) {
    const group = svgElement("g");
    const place = dress(group, { ...style, x, y });
    if (style.opacity !== 1) group.setAttribute("opacity", `${style.opacity}`);
    this.#group.append(group);
    return new Wet(group, place, style.width);
  }
}

/**
 * Gives the element the stroke's look and, if it is far away, its place.
 * @returns the place that is left to the path, in twentieths
 */
function dress(
  element: SVGElement,
  { color, width, x, y }: { color: string; width: number; x: number; y: number },
): { x: number; y: number } {
  if (color.startsWith("#")) element.setAttribute("stroke", color);
  else element.setAttribute("class", color);
  element.setAttribute("stroke-width", `${20 * width}`);
  if (!isFar(x, y)) return { x: twentieths(x), y: twentieths(y) };
  element.setAttribute("transform", `translate(${20 * x} ${20 * y})`);
  return { x: 0, y: 0 };
}
