// @ts-check
import { Drawn } from "./drawn.js";
import { union } from "./geometry.js";
import { Grid } from "./grid.js";
import { boardBox, element as draw, kindOf, toLocal } from "./kinds/index.js";
import { Listeners } from "./listeners.js";
import { boxOf } from "./measure.js";
import { Members } from "./members.js";
import { Stack, zOf } from "./stack.js";
import { frameOf, inside, touches } from "./touch.js";

/** @import { Pending } from "./pending.js" */
/** @import { Box, Shape } from "./types.js" */

/** How long an idle slice may read shapes, in ms; a frame is 16. */
const SLICE = 8;

/** The shapes on the page, as the server drew them and with what is pending laid over: what each is, where, and which are to be seen. */
export class Shapes {
  #pending;
  /** @type {Map<string, Drawn>} */
  #drawn = new Map();
  #stack;
  /** @type {Grid<Drawn>} */
  #grid = new Grid();
  /** @type {Drawn[]} on the page, but not measured as they are now */
  #stale = [];
  #groups = new Members();
  /** By the shape that they are bound to, the lines. */
  #bound = new Members();
  /** Of a large board, of which only parts are here: around all of it. @type {Box | null} */
  whole = null;
  /** @type {Set<string>} */
  #changed = new Set();
  /** @type {Listeners<[ReadonlySet<string>]>} */
  #listeners = new Listeners();

  /** @param {SVGGElement} group @param {Pending} pending */
  constructor(group, pending) {
    this.#pending = pending;
    this.#stack = new Stack(group, (id) => this.#drawn.get(id));
    this.#index();
  }

  /** Told which shapes have changed, once for all that change at one time. @param {(ids: ReadonlySet<string>) => void} listener */
  onChange(listener) {
    return this.#listeners.add(listener);
  }

  // What there is.

  /** A shape as the page shows it. @param {string} id @returns {Shape | undefined} */
  get(id) {
    return this.#drawn.get(id)?.shape;
  }

  /** @param {string} id @returns {boolean} */
  has(id) {
    const drawn = this.#drawn.get(id);
    return drawn !== undefined && drawn.over !== undefined;
  }

  /** For those who draw. @type {(id: string) => Shape | undefined} */
  find = (id) => this.get(id);

  /** All ids, bottom to top. @returns {string[]} */
  ordered() {
    return [...this.#stack.ranks.keys()].filter((id) => this.has(id));
  }

  /** The ids given that are on the page, bottom to top. @param {Iterable<string>} ids @returns {string[]} */
  sorted(ids) {
    const { ranks } = this.#stack;
    const known = [...new Set(ids)].filter((id) => ranks.has(id));
    return known.sort((a, b) => Number(ranks.get(a)) - Number(ranks.get(b)));
  }

  /** Those with this group. @param {string} group @returns {Iterable<string>} */
  members(group) {
    this.measure();
    return this.#groups.of(group);
  }

  /** The lines and arrows that are bound to a shape. @param {string} id @returns {Iterable<string>} */
  boundTo(id) {
    this.measure();
    return this.#bound.of(id);
  }

  /** Shapes within `margin` px of a place, the topmost first. @param {number} x @param {number} y @param {number} margin @returns {string[]} */
  at(x, y, margin) {
    const near = this.near({ left: x - margin, top: y - margin, right: x + margin, bottom: y + margin });
    const found = near.filter((shape) => {
      const local = toLocal(shape, x, y);
      return kindOf(shape).distance(shape, local.x, local.y, this.find) <= margin;
    });
    return this.sorted(found.map(({ id }) => id)).reverse();
  }

  /** Shapes whose outline or filled body the box touches. @param {Box} box @returns {string[]} */
  touching(box) {
    return this.near(box).filter((shape) => touches(shape, box, this.find)).map(({ id }) => id);
  }

  /** Shapes that are wholly within the box. @param {Box} box @returns {string[]} */
  inside(box) {
    return this.near(box).filter((shape) => inside(frameOf(shape, this.find), box)).map(({ id }) => id);
  }

  /** The box around all shapes with their lines' widths, or around the given ones without. @param {Iterable<string>} [ids] @returns {Box | null} */
  bounds(ids) {
    this.measure();
    if (!ids) return this.whole ? union(this.#grid.bounds(), this.whole) : this.#grid.bounds();
    /** @type {Box | null} */
    let box = null;
    for (const id of ids) {
      const shape = this.get(id);
      if (shape) box = union(box, frameOf(shape, this.find));
    }
    return box;
  }

  /** Shapes whose boxes, around all that is drawn, touch this one. @param {Box} box @returns {Shape[]} */
  near(box) {
    this.measure();
    return [...this.#grid.near(box)].flatMap(({ shape }) => shape ?? []);
  }

  // What the server draws.

  /** Whether the server has drawn it. @param {string} id */
  onBoard(id) {
    return Boolean(this.#drawn.get(id)?.base);
  }

  /**
   * The server's element of a shape: in the place of the one that is there, or elsewhere.
   * @param {SVGElement} element
   * @param {string | null} before the id to go right below; "" is the top; null keeps its place
   */
  put(element, before) {
    const drawn = this.#drawn.get(element.id) ?? new Drawn(element.id, element);
    this.#drawn.set(element.id, drawn);
    const newcomer = !drawn.base || drawn.element === element;
    drawn.rebase(element);
    const z = zOf(element);
    if (z < Infinity) {
      if (newcomer || zOf(drawn.element) !== z) this.#stack.putByZ([drawn.slot ?? drawn.element], [z]);
    } else if (before !== null || newcomer) this.#stack.put(drawn, before);
    this.#refresh(drawn);
  }

  /** Many new ones, on top. @param {DocumentFragment} elements */
  append(elements) {
    for (const element of /** @type {SVGElement[]} */ ([...elements.children])) this.put(element, "");
  }

  /** A part of a large board, from the bottom up, each with its z. What is here already is as new. @param {SVGElement[]} elements */
  load(elements) {
    const added = elements.filter(({ id }) => !this.#drawn.has(id)).map((element) => document.importNode(element, true));
    this.#stack.putByZ(added, added.map(zOf));
    for (const element of added) {
      const drawn = new Drawn(element.id, element);
      this.#drawn.set(element.id, drawn);
      this.#refresh(drawn);
    }
    for (const element of elements) if (!this.onBoard(element.id)) this.put(document.importNode(element, true), null);
  }

  /** A part of a large board that is out of sight goes, but not what this page is about to change. @param {string[]} ids */
  unload(ids) {
    const kept = this.#pending.ids();
    for (const id of ids) {
      const drawn = this.#drawn.get(id);
      if (drawn && !kept.has(id)) this.#forget(drawn);
    }
  }

  /** The server has removed it. @param {string} id */
  remove(id) {
    const drawn = this.#drawn.get(id);
    if (!drawn) return;
    drawn.rebase(null);
    this.#refresh(drawn);
  }

  /** Everything the server had drawn makes room for this. @param {DocumentFragment} elements */
  replaceAll(elements) {
    for (const id of this.#drawn.keys()) this.#tell(id);
    this.#drawn.clear();
    this.#grid.clear();
    this.#groups.clear();
    this.#bound.clear();
    this.#stale = [];
    this.#stack.replace(elements);
    this.#index();
    this.refresh(this.#pending.ids());
  }

  // What this page does.

  /** Something that is laid over these has changed. @param {Iterable<string>} ids */
  refresh(ids) {
    /** @type {Set<string>} */
    const bound = new Set();
    for (const id of ids) {
      const drawn = this.#drawn.get(id);
      if (drawn) this.#lay(drawn);
      else this.#draft(id);
      for (const line of this.#bound.of(id)) bound.add(line);
    }
    for (const line of bound) this.#draw(line);
  }

  /** @param {string} id @param {boolean} dimmed */
  dim(id, dimmed) {
    this.#drawn.get(id)?.dim(dimmed);
  }

  /** Hides them, since they are shown elsewhere meanwhile, or shows them again. @param {Iterable<string>} ids @param {boolean} lifted @returns {SVGElement[]} what is seen of them, as copies from the bottom up */
  lift(ids, lifted) {
    const found = this.sorted(ids).flatMap((id) => this.#drawn.get(id) ?? []);
    const seen = lifted ? found.filter(({ inView }) => inView).map(({ element }) => /** @type {SVGElement} */ (element.cloneNode(true))) : [];
    for (const drawn of found) drawn.lift(lifted);
    return seen;
  }

  /** Draws only what is in or near the view. @param {Box} view */
  cull(view) {
    this.#grid.cull(view, (drawn, inView) => {
      drawn.inView = inView;
      drawn.display();
    });
  }

  /** Measures the shapes that no idle moment has measured yet. */
  measure() {
    while (this.#stale.length) this.#measureNext();
  }

  /** The server's element has changed. @param {Drawn} drawn */
  #refresh(drawn) {
    this.#lay(drawn);
    for (const line of this.#bound.of(drawn.id)) this.#draw(line);
  }

  /** Lays over the shape what is pending. @param {Drawn} drawn */
  #lay(drawn) {
    drawn.over = this.#pending.over(drawn.id, () => drawn.said);
    if (!drawn.base && !drawn.over) return this.#forget(drawn);
    this.#stack.move(drawn, this.#pending.place(drawn.id));
    this.#show(drawn);
  }

  /** @param {string} line bound to what has changed */
  #draw(line) {
    const drawn = this.#drawn.get(line);
    if (drawn) this.#show(drawn);
  }

  /** A shape that the server does not have yet. @param {string} id */
  #draft(id) {
    const over = this.#pending.over(id, () => undefined);
    if (!over) return;
    const drawn = new Drawn(id, null, over, draw(over, this.find));
    this.#drawn.set(id, drawn);
    this.#stack.append(drawn);
    this.#stack.move(drawn, this.#pending.place(id));
    this.#show(drawn);
  }

  /** @param {Drawn} drawn */
  #show(drawn) {
    this.#link(drawn);
    const here = Boolean(drawn.over) || drawn.binds.some((id) => this.#drawn.get(id)?.over);
    drawn.show(here, this.find);
    this.#stalen(drawn);
    this.#tell(drawn.id);
  }

  /** @param {Drawn} drawn */
  #forget(drawn) {
    this.#drawn.delete(drawn.id);
    if (drawn.filed) this.#grid.remove(drawn);
    this.#groups.move(drawn.id, drawn.group, "");
    for (const id of drawn.binds) this.#bound.move(drawn.id, id, "");
    this.#stack.remove(drawn);
    this.#tell(drawn.id);
  }

  /** Its group and what it is bound to. @param {Drawn} drawn */
  #link(drawn) {
    const shape = drawn.plain ? undefined : drawn.shape;
    const group = shape ? shape.group : (drawn.base?.getAttribute("data-group") ?? "");
    this.#groups.move(drawn.id, drawn.group, group);
    drawn.group = group;
    const binds = shape && "from" in shape ? [shape.from, shape.to].flatMap((end) => end?.id ?? []) : [];
    for (const id of drawn.binds) this.#bound.move(drawn.id, id, "");
    for (const id of binds) this.#bound.move(drawn.id, "", id);
    drawn.binds = binds;
  }

  /** @param {string} id */
  #tell(id) {
    if (!this.#changed.size) queueMicrotask(() => {
      const changed = this.#changed;
      this.#changed = new Set();
      this.#listeners.tell(changed);
    });
    this.#changed.add(id);
  }

  /** @param {Drawn} drawn */
  #stalen(drawn) {
    if (drawn.stale) return;
    drawn.stale = true;
    this.#stale.push(drawn);
    if (this.#stale.length === 1) whenIdle(() => this.#slice());
  }

  /** Ten thousand paths take some 100 ms to measure: ids at once, boxes when the browser is idle. */
  #index() {
    for (const child of this.#stack.elements) {
      const drawn = new Drawn(child.id, child);
      this.#drawn.set(child.id, drawn);
      this.#stalen(drawn);
    }
  }

  #slice() {
    const end = performance.now() + SLICE;
    while (this.#stale.length && performance.now() < end) this.#measureNext();
    if (this.#stale.length) whenIdle(() => this.#slice());
  }

  #measureNext() {
    const drawn = /** @type {Drawn} */ (this.#stale.pop());
    if (this.#drawn.get(drawn.id) !== drawn) return;
    if (drawn.filed) this.#grid.remove(drawn);
    drawn.stale = drawn.filed = false;
    this.#link(drawn);
    if (drawn.over === undefined) return;
    if (drawn.plain) drawn.box = boxOf(/** @type {SVGElement} */ (drawn.base));
    else drawn.box = boardBox(/** @type {Shape} */ (drawn.shape), this.find);
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
