// @ts-check
import { complete } from "./defaults.js";
import { Grid } from "./grid.js";
import { Listeners } from "./listeners.js";
import { boxOf, fromInk } from "./measure.js";

/** @import { Box } from "./types.js" */

/** How long an idle slice may read shapes, in ms; a frame is 16. */
const SLICE = 8;

/** What the eraser has passed looks like until it is released. Not `opacity`: with that each shape is a layer of its own. */
const DIMMED = ".32";

/**
 * @typedef {object} Shape
 * @property {string} id
 * @property {SVGElement} element
 * @property {Box} box measured from the path, never by layout
 * @property {boolean} draft drawn here, not yet by the server
 * @property {boolean} inView
 */

/** The shapes on the page, the server's and the drafts: where each is, and which are to be seen. */
export class Shapes {
  #group;
  /** @type {Map<string, Shape>} */
  #shapes = new Map();
  /** @type {Grid<Shape>} */
  #grid = new Grid();
  /** @type {Shape[]} on the page since it was loaded, but not measured yet */
  #unread = [];
  /** @type {Set<string>} erased here, not yet by the server */
  #erased = new Set();
  /** @type {Listeners<[]>} */
  #listeners = new Listeners();

  /** @param {SVGGElement} group */
  constructor(group) {
    this.#group = group;
    this.#read();
  }

  /** @param {() => void} listener */
  onChange(listener) {
    return this.#listeners.add(listener);
  }

  /** @param {string} id @returns {import("./types.js").Shape | undefined} */
  get(id) {
    return this.#shapes.has(id) && !this.#erased.has(id) ? complete("stroke", id) : undefined;
  }

  /** @param {string} _group @returns {string[]} */
  members(_group) {
    return [];
  }

  /** Whether the server has drawn it. @param {string} id */
  onBoard(id) {
    return this.#shapes.get(id)?.draft === false;
  }

  /**
   * Puts the server's element of a shape on the board: in the place of the one that is there, or on top.
   * @param {SVGElement} element
   * @param {string | null} before the id to go right below; "" is the top; null keeps its place
   */
  put(element, before) {
    const old = this.#shapes.get(element.id);
    if (old && !old.draft && before === null) old.element.replaceWith(element);
    else {
      const next = before ? this.#shapes.get(before) : undefined;
      this.#group.insertBefore(element, next && !next.draft ? next.element : null);
      old?.element.remove();
    }
    this.#index(element, false);
  }

  /** Appends many new shapes with one change of the document. @param {DocumentFragment} elements */
  append(elements) {
    const added = /** @type {SVGElement[]} */ ([...elements.children]);
    for (const element of added) {
      this.#shapes.get(element.id)?.element.remove();
      this.#index(element, false);
    }
    this.#group.append(elements);
  }

  /** Files a draft's element, which is drawn elsewhere. @param {SVGElement} element */
  draft(element) {
    this.#index(element, true);
  }

  /** @param {string} id */
  remove(id) {
    const shape = this.#shapes.get(id);
    if (!shape) return;
    this.#shapes.delete(id);
    this.#erased.delete(id);
    this.#grid.remove(shape);
    shape.element.remove();
  }

  /** Takes the draft of a shape away, unless the server's element has come. @param {string} id */
  removeDraft(id) {
    if (this.#shapes.get(id)?.draft) this.remove(id);
  }

  /** Everything the server had drawn makes room for this. @param {DocumentFragment} elements */
  replaceAll(elements) {
    const drafts = [...this.#shapes.values()].filter((shape) => shape.draft);
    this.#shapes.clear();
    this.#grid = new Grid();
    this.#unread = [];
    this.#group.replaceChildren(elements);
    for (const { element } of drafts) this.#index(element, true);
    for (const child of this.#group.children) {
      const shadowed = this.#shapes.get(child.id);
      if (shadowed?.draft) this.remove(child.id);
    }
    this.#read();
  }

  /** Shapes within `margin` px of a place. @param {number} x @param {number} y @param {number} margin */
  at(x, y, margin) {
    this.measure();
    const found = [];
    for (const shape of this.#grid.near({ left: x - margin, top: y - margin, right: x + margin, bottom: y + margin })) {
      if (!this.#erased.has(shape.id) && fromInk(shape.element, x, y) <= margin) found.push(shape.id);
    }
    return found;
  }

  /** @returns {Box | null} around all shapes */
  bounds() {
    this.measure();
    return this.#grid.bounds();
  }

  /** @param {string} id @param {boolean} dimmed */
  dim(id, dimmed) {
    const style = this.#shapes.get(id)?.element.style;
    if (style) style.strokeOpacity = dimmed ? DIMMED : "";
  }

  /** Hides a shape that is being removed, or shows it again. @param {string} id @param {boolean} erased */
  erase(id, erased) {
    if (erased) this.#erased.add(id);
    else this.#erased.delete(id);
    const shape = this.#shapes.get(id);
    if (shape) this.#display(shape);
  }

  /** Draws only what is in or near the view. @param {Box} view */
  cull(view) {
    this.#grid.cull(view, (shape, inView) => {
      shape.inView = inView;
      this.#display(shape);
    });
  }

  /** Reads the shapes that no idle moment has read yet. */
  measure() {
    while (this.#unread.length) this.#measureNext();
  }

  /** @param {SVGElement} element @param {boolean} draft */
  #index(element, draft) {
    const old = this.#shapes.get(element.id);
    if (old) this.#grid.remove(old);
    const shape = { id: element.id, element, box: boxOf(element), draft, inView: true };
    this.#shapes.set(shape.id, shape);
    shape.inView = this.#grid.add(shape);
    if (!shape.inView || this.#erased.has(shape.id)) this.#display(shape);
  }

  /** Ten thousand paths take some 100 ms to measure: ids at once, boxes when the browser is idle. */
  #read() {
    for (const child of /** @type {Iterable<SVGElement>} */ (this.#group.children)) {
      const shape = { id: child.id, element: child, box: NOWHERE, draft: false, inView: true };
      this.#shapes.set(shape.id, shape);
      this.#unread.push(shape);
      if (this.#erased.has(shape.id)) this.#display(shape);
    }
    const slice = () => {
      const end = performance.now() + SLICE;
      while (this.#unread.length && performance.now() < end) this.#measureNext();
      if (this.#unread.length) whenIdle(slice);
    };
    if (this.#unread.length) whenIdle(slice);
  }

  #measureNext() {
    const shape = /** @type {Shape} */ (this.#unread.pop());
    if (this.#shapes.get(shape.id) !== shape) return;
    shape.box = boxOf(shape.element);
    shape.inView = this.#grid.add(shape);
    if (!shape.inView) this.#display(shape);
  }

  /** @param {Shape} shape */
  #display(shape) {
    shape.element.style.display = shape.inView && !this.#erased.has(shape.id) ? "" : "none";
  }
}

/** @type {Box} */
const NOWHERE = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };

/** @param {() => void} work Safari has no requestIdleCallback */
function whenIdle(work) {
  if ("requestIdleCallback" in window) requestIdleCallback(work);
  else setTimeout(work, 30);
}
