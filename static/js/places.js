// @ts-check
import { Grid } from "./grid.js";
import { boardBox } from "./kinds/index.js";
import { boxOf } from "./measure.js";

/** @import { Drawn } from "./drawn.js" */
/** @import { Ties } from "./ties.js" */
/** @import { Box, Find, Shape } from "./types.js" */

/** How long an idle slice may read shapes, in ms; a frame is 16. */
const SLICE = 8;

/** Where each shape is. Ten thousand paths take some 100 ms to measure: that is done when the browser is idle, or when somebody asks. */
export class Places {
  #ties;
  #known;
  #find;
  /** @type {Grid<Drawn>} */
  #grid = new Grid();
  /** @type {Drawn[]} on the page, but not measured as they are now */
  #stale = [];

  /** @param {Ties} ties known once a shape is measured @param {(drawn: Drawn) => boolean} known whether it is still on the page @param {Find} find */
  constructor(ties, known, find) {
    this.#ties = ties;
    this.#known = known;
    this.#find = find;
  }

  /** It is not where it was, or it is new. @param {Drawn} drawn */
  stalen(drawn) {
    if (drawn.stale) return;
    drawn.stale = true;
    this.#stale.push(drawn);
    if (this.#stale.length === 1) whenIdle(() => this.#slice());
  }

  /** Measures the shapes that no idle moment has measured yet. */
  measure() {
    while (this.#stale.length) this.#measureNext();
  }

  /** Those whose boxes, around all that is drawn, touch this one. @param {Box} box @returns {Shape[]} */
  near(box) {
    this.measure();
    return [...this.#grid.near(box)].flatMap(({ shape }) => shape ?? []);
  }

  /** Around all of them with their lines' widths. @returns {Box | null} */
  bounds() {
    this.measure();
    return this.#grid.bounds();
  }

  /** Draws only what is in or near the view. @param {Box} view */
  cull(view) {
    this.#grid.cull(view, (drawn, inView) => {
      drawn.inView = inView;
      drawn.display();
    });
  }

  /** @param {Drawn} drawn */
  forget(drawn) {
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
    const drawn = /** @type {Drawn} */ (this.#stale.pop());
    if (!this.#known(drawn)) return;
    if (drawn.filed) this.#grid.remove(drawn);
    drawn.stale = drawn.filed = false;
    this.#ties.link(drawn);
    if (drawn.over === undefined) return;
    if (drawn.plain) drawn.box = boxOf(/** @type {SVGElement} */ (drawn.base));
    else drawn.box = boardBox(/** @type {Shape} */ (drawn.shape), this.#find);
    drawn.filed = true;
    drawn.inView = this.#grid.add(drawn);
    drawn.display();
  }
}

/** @param {() => void} work Safari has no requestIdleCallback */
function whenIdle(work) {
  if ("requestIdleCallback" in window) requestIdleCallback(work);
  else setTimeout(work, 30);
}
