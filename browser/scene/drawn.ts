import { element as draw, read } from "../kinds/index.ts";
import { twentieths } from "../kinds/markup.ts";
import type { Box, Find, Shape } from "../types/shape.ts";
import type { Moved } from "./pending.ts";

/** What the eraser has passed looks like until it is released. */
const DIMMED = ".32";

/**
 * One shape on the page: the server's element, or in its place the very element that the server will send, drawn here, while
 * something is laid over what the server says.
 */
export class Drawn {
  id;
  /** What stands on the page. */
  element: SVGElement;
  /** Where the server has it in the order, while it stands elsewhere. */
  slot: Comment | null = null;
  /** Where a pending change has put it. */
  moved: Moved | undefined = undefined;

  /** What is laid over it: undefined has removed it, null is nothing. */
  over: Shape | null | undefined;
  group = "";
  /** The shapes that it is bound to. */
  binds: string[] = [];

  /** Measured, never by layout */
  box: Box = NOWHERE;
  filed = false;
  /** Whether its box is to be measured again. */
  stale = false;
  inView = true;

  /** The server's, once it has drawn it */
  #base: SVGElement | null;
  /** What the server's element says, read when it is first asked for */
  #read: Shape | null = null;
  /** What `element` was drawn from, if it is not the server's */
  #source: Shape | null;
  /** The element's own, as it was drawn. */
  #transform;
  #dimmed = false;
  #lifted = false;

  /**
   * @param draft what the server does not have yet
   * @param element drawn from that
   */
  constructor(
    id: string,
    base: SVGElement | null,
    draft: Shape | null = null,
    element: SVGElement = base as SVGElement,
  ) {
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

  /** The server's element is new, or gone. */
  rebase(base: SVGElement | null) {
    this.#base = base;
    this.#read = null;
  }

  /** What the server says. */
  get said(): Shape | undefined {
    return this.#base ? (this.#read ??= read(this.#base)) : undefined;
  }

  /** What the page shows. */
  get shape(): Shape | undefined {
    return this.over === null ? this.said : this.over;
  }

  /** A plain stroke that nothing is laid over can be measured from its path, without reading it. */
  get plain() {
    return this.over === null && this.#base?.tagName === "path";
  }

  /** Shows what there is. @param here whether it is to be drawn here, and not by the server */
  show(here: boolean, find: Find) {
    const { shape } = this;
    if (shape && (here || !this.#base)) this.#draw(shape, find);
    else if (this.#base) this.#stand(this.#base);
    this.display();
  }

  dim(dimmed: boolean) {
    this.#dimmed = dimmed;
    this.display();
  }

  /** @param lifted whether it is shown elsewhere */
  lift(lifted: boolean) {
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

  #draw(shape: Shape, find: Find) {
    if (!this.#source && this.#base && !this.binds.length && sameButPlace(this.said as Shape, shape)) {
      this.#stand(this.#base.cloneNode(true) as SVGElement, this.said);
    }
    if (this.#source && !this.binds.length && sameButPlace(this.#source, shape)) return this.#move(shape);
    this.#stand(draw(shape, find), shape);
  }

  /** Moves the element to where the shape is, which is much less than to draw it. */
  #move(shape: Shape) {
    const source = this.#source as Shape;
    const dx = twentieths(shape.x) - twentieths(source.x);
    const dy = twentieths(shape.y) - twentieths(source.y);
    const transform = `${dx || dy ? `translate(${dx} ${dy})` : ""}${this.#transform}`;
    if (transform) this.element.setAttribute("transform", transform);
    else this.element.removeAttribute("transform");
  }

  #stand(element: SVGElement, source: Shape | null = null) {
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

  #looksLike(element: SVGElement) {
    this.element.removeAttribute("style");
    return this.element.isEqualNode(element);
  }
}

const NOWHERE: Box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };

function sameButPlace(one: Shape, other: Shape) {
  if (one === other) return true;
  const a = one as Record<string, any>;
  const b = other as Record<string, any>;
  return Object.keys(b).every((name) => name === "x" || name === "y" || same(a[name], b[name]));
}

function same(a: any, b: any) {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((value, i) => value === b[i]);
  return a !== null && b !== null && typeof a === "object" && JSON.stringify(a) === JSON.stringify(b);
}
