import { boardBox } from "../kinds/index.ts";
import { boxOf } from "../kinds/measure.ts";
import type { Box, Find, Shape } from "../types/shape.ts";
import type { Drawn } from "./drawn.ts";
import { Grid } from "./grid.ts";
import type { Ties } from "./ties.ts";

/** How long an idle slice may read shapes, in ms; a frame is 16. */
const SLICE = 8;

/** Where each shape is. Ten thousand paths take some 100 ms to measure: that is done when the browser is idle, or when somebody asks. */
export class Places {
  #ties;
  #known;
  #find;
  #grid: Grid<Drawn> = new Grid();
  /** On the page, but not measured as they are now */
  #stale: Drawn[] = [];

  /** @param ties known once a shape is measured @param known whether it is still on the page */
  constructor(ties: Ties, known: (drawn: Drawn) => boolean, find: Find) {
    this.#ties = ties;
    this.#known = known;
    this.#find = find;
  }

  /** It is not where it was, or it is new. */
  stalen(drawn: Drawn) {
    if (drawn.stale) return;
    drawn.stale = true;
    this.#stale.push(drawn);
    if (this.#stale.length === 1) whenIdle(() => this.#slice());
  }

  /** Measures the shapes that no idle moment has measured yet. */
  measure() {
    while (this.#stale.length) this.#measureNext();
  }

  /** Those whose boxes, around all that is drawn, touch this one. */
  near(box: Box): Shape[] {
    this.measure();
    return [...this.#grid.near(box)].flatMap(({ shape }) => shape ?? []);
  }

  /** Around all of them with their lines' widths. */
  bounds(): Box | null {
    this.measure();
    return this.#grid.bounds();
  }

  /** Draws only what is in or near the view. */
  cull(view: Box) {
    this.#grid.cull(view, (drawn, inView) => {
      drawn.inView = inView;
      drawn.display();
    });
  }

  forget(drawn: Drawn) {
    if (drawn.filed) this.#grid.remove(drawn);
  }

  clear() {
    this.#grid.clear();
    this.#stale = [];
  }

  #slice() {
    const end = performance.now() + SLICE;
    while (this.#stale.length && performance.now() < end) this.#measureNext();
    if (this.#stale.length) whenIdle(() => this.#slice());
  }

  #measureNext() {
    const drawn = this.#stale.pop() as Drawn;
    if (!this.#known(drawn)) return;
    if (drawn.filed) this.#grid.remove(drawn);
    drawn.stale = drawn.filed = false;
    this.#ties.link(drawn);
    if (drawn.over === undefined) return;
    if (drawn.plain) drawn.box = boxOf(drawn.base as SVGElement);
    else drawn.box = boardBox(drawn.shape as Shape, this.#find);
    drawn.filed = true;
    drawn.inView = this.#grid.add(drawn);
    drawn.display();
  }
}

/** @param work Safari has no requestIdleCallback */
function whenIdle(work: () => void) {
  if ("requestIdleCallback" in window) requestIdleCallback(work);
  else setTimeout(work, 30);
}
