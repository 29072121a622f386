// @ts-check
import { element as draw, read } from "./kinds/index.js";

/** @import { Moved } from "./pending.js" */
/** @import { Box, Find, Shape } from "./types.js" */

/** What the eraser has passed looks like until it is released. */
const DIMMED = ".32";

/**
 * One shape on the page: the server's element, or in its place the very element that the server will send, drawn here, while
 * something is laid over what the server says.
 */
export class Drawn {
  id;
  /** What stands on the page. @type {SVGElement} */
  element;
  /** Where the server has it in the order, while it stands elsewhere. @type {Comment | null} */
  slot = null;
  /** Where a pending change has put it. @type {Moved | undefined} */
  moved = undefined;

  /** What is laid over it: undefined has removed it, null is nothing. @type {Shape | null | undefined} */
  over;
  group = "";
  /** The shapes that it is bound to. @type {string[]} */
  binds = [];

  /** @type {Box} measured, never by layout */
  box = NOWHERE;
  filed = false;
  /** Whether its box is to be measured again. */
  stale = false;
  inView = true;

  /** @type {SVGElement | null} the server's, once it has drawn it */
  #base;
  /** @type {Shape | null} what the server's element says, read when it is first asked for */
  #read = null;
  /** @type {Shape | null} what `element` was drawn from, if it is not the server's */
  #source;
  /** The element's own, as it was drawn. */
  #transform;
  #dimmed = false;
  #lifted = false;

  /**
   * @param {string} id @param {SVGElement | null} base
   * @param {Shape | null} [draft] what the server does not have yet @param {SVGElement} [element] drawn from that
   */
  constructor(id, base, draft = null, element = /** @type {SVGElement} */ (base)) {
    this.id = id;
    this.element = element;
    this.over = draft;
    this.#base = base;
    this.#source = draft;
    this.#transform = element.getAttribute("transform") ?? "";
  }

  get base() {
    return this.#base;
  }

  /** The server's element is new, or gone. @param {SVGElement | null} base */
  rebase(base) {
    this.#base = base;
    this.#read = null;
  }

  /** What the server says. @returns {Shape | undefined} */
  get said() {
    return this.#base ? (this.#read ??= read(this.#base)) : undefined;
  }

  /** What the page shows. @returns {Shape | undefined} */
  get shape() {
    return this.over === null ? this.said : this.over;
  }

  /** A plain stroke that nothing is laid over can be measured from its path, without reading it. */
  get plain() {
    return this.over === null && this.#base?.tagName === "path";
  }

  /** Shows what there is. @param {boolean} here whether it is to be drawn here, and not by the server @param {Find} find */
  show(here, find) {
    const { shape } = this;
    if (shape && (here || !this.#base)) this.#draw(shape, find);
    else if (this.#base) this.#stand(this.#base);
    this.display();
  }

  /** @param {boolean} dimmed */
  dim(dimmed) {
    this.#dimmed = dimmed;
    this.display();
  }

  /** @param {boolean} lifted whether it is shown elsewhere */
  lift(lifted) {
    this.#lifted = lifted;
    this.display();
  }

  display() {
    const { style } = this.element;
    const display = this.over === undefined || !this.inView || this.#lifted ? "none" : "";
    // With `opacity` each path is a layer of its own.
    const fade = this.element.tagName === "path" ? "strokeOpacity" : "opacity";
    if (style.display !== display) style.display = display;
    if (style[fade] !== (this.#dimmed ? DIMMED : "")) style[fade] = this.#dimmed ? DIMMED : "";
    if (!style.length) this.element.removeAttribute("style");
  }

  /** @param {Shape} shape @param {Find} find */
  #draw(shape, find) {
    if (!this.#source && this.#base && !this.binds.length && sameButPlace(/** @type {Shape} */ (this.said), shape)) {
      this.#stand(/** @type {SVGElement} */ (this.#base.cloneNode(true)), this.said);
    }
    if (this.#source && !this.binds.length && sameButPlace(this.#source, shape)) return this.#move(shape);
    this.#stand(draw(shape, find), shape);
  }

  /** Moves the element to where the shape is, which is much less than to draw it. @param {Shape} shape */
  #move(shape) {
    const source = /** @type {Shape} */ (this.#source);
    const dx = twentieths(shape.x) - twentieths(source.x);
    const dy = twentieths(shape.y) - twentieths(source.y);
    const transform = `${dx || dy ? `translate(${dx} ${dy})` : ""}${this.#transform}`;
    if (transform) this.element.setAttribute("transform", transform);
    else this.element.removeAttribute("transform");
  }

  /** @param {SVGElement} element @param {Shape | null} [source] */
  #stand(element, source = null) {
    this.#source = source;
    this.#transform = element.getAttribute("transform") ?? "";
    if (element === this.element) return;
    // The server's element often is the very one that was drawn here: then nothing is painted.
    if (element === this.#base && this.#looksLike(element)) this.#base = this.element;
    else {
      element.removeAttribute("style");
      this.element.replaceWith(element);
      this.element = element;
    }
  }

  /** @param {SVGElement} element */
  #looksLike(element) {
    this.element.removeAttribute("style");
    return this.element.isEqualNode(element);
  }
}

/** @type {Box} */
const NOWHERE = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };

/** @param {Shape} one @param {Shape} other */
function sameButPlace(one, other) {
  if (one === other) return true;
  const a = /** @type {Record<string, any>} */ (one);
  const b = /** @type {Record<string, any>} */ (other);
  return Object.keys(b).every((name) => name === "x" || name === "y" || same(a[name], b[name]));
}

/** @param {any} a @param {any} b */
function same(a, b) {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((value, i) => value === b[i]);
  return a !== null && b !== null && typeof a === "object" && JSON.stringify(a) === JSON.stringify(b);
}

/** @param {number} value */
function twentieths(value) {
  return Math.round(20 * value);
}
