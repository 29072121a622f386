// @ts-check
import { Drawn } from "./drawn.js";
import { element as draw } from "./kinds/index.js";
import { Gathered } from "./listeners.js";
import { Places } from "./places.js";
import { Stack, zOf } from "./stack.js";
import { Ties } from "./ties.js";

/** @import { Pending } from "./pending.js" */
/** @import { Shape } from "./types.js" */

/** The shapes' elements on the page: what the server has drawn, and what is drawn here while something is laid over that. */
export class Scene {
  ties = new Ties();
  places;
  stack;
  #pending;
  /** @type {Map<string, Drawn>} */
  #drawn = new Map();
  #changes = new Gathered();

  /** @param {SVGGElement} group @param {Pending} pending */
  constructor(group, pending) {
    this.#pending = pending;
    this.stack = new Stack(group, (id) => this.#drawn.get(id));
    this.places = new Places(this.ties, (drawn) => this.#drawn.get(drawn.id) === drawn, this.find);
    this.#index();
  }

  /** Told which shapes have changed, once for all that change at one time. @param {(ids: ReadonlySet<string>) => void} listener */
  onChange(listener) {
    return this.#changes.add(listener);
  }

  /** @param {string} id @returns {Drawn | undefined} */
  get(id) {
    return this.#drawn.get(id);
  }

  /** For those who draw. @type {(id: string) => Shape | undefined} */
  find = (id) => this.#drawn.get(id)?.shape;

  /** A shape without what hands do to it just now. @param {string} id @returns {Shape | undefined} */
  settled(id) {
    const drawn = this.#drawn.get(id);
    const over = this.#pending.over(id, () => drawn?.said, false);
    return over === null ? drawn?.said : over;
  }

  /** The lines and arrows that are bound to a shape. @param {string} id @returns {Iterable<string>} */
  boundTo(id) {
    this.places.measure();
    return this.ties.boundTo(id);
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
      if (newcomer || zOf(drawn.element) !== z) this.stack.putByZ([drawn.slot ?? drawn.element], [z]);
    } else if (before !== null || newcomer) this.stack.put(drawn, before);
    this.#refresh(drawn);
  }

  /** Many new ones, on top. @param {DocumentFragment} elements */
  append(elements) {
    for (const element of /** @type {SVGElement[]} */ ([...elements.children])) this.put(element, "");
  }

  /** A part of a large board, from the bottom up, each with its z. What is here already is as new. @param {SVGElement[]} elements */
  load(elements) {
    const added = elements.filter(({ id }) => !this.#drawn.has(id)).map((element) => document.importNode(element, true));
    this.stack.putByZ(added, added.map(zOf));
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
    for (const id of this.#drawn.keys()) this.#changes.tell(id);
    this.#drawn.clear();
    this.places.clear();
    this.ties.clear();
    this.stack.replace(elements);
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
      for (const line of this.ties.boundTo(id)) bound.add(line);
    }
    for (const line of bound) this.#draw(line);
  }

  /** Hides them, since they are shown elsewhere meanwhile, or shows them again. @param {Iterable<string>} ids @param {boolean} lifted @returns {SVGElement[]} what is seen of them, as copies from the bottom up */
  lift(ids, lifted) {
    const found = this.stack.sorted(ids).flatMap((id) => this.#drawn.get(id) ?? []);
    const seen = lifted ? found.filter(({ inView }) => inView).map(({ element }) => /** @type {SVGElement} */ (element.cloneNode(true))) : [];
    for (const drawn of found) drawn.lift(lifted);
    return seen;
  }

  /** The server's element has changed. @param {Drawn} drawn */
  #refresh(drawn) {
    this.#lay(drawn);
    for (const line of this.ties.boundTo(drawn.id)) this.#draw(line);
  }

  /** Lays over the shape what is pending. @param {Drawn} drawn */
  #lay(drawn) {
    drawn.over = this.#pending.over(drawn.id, () => drawn.said);
    if (!drawn.base && !drawn.over) return this.#forget(drawn);
    this.stack.move(drawn, this.#pending.place(drawn.id));
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
    this.stack.append(drawn);
    this.stack.move(drawn, this.#pending.place(id));
    this.#show(drawn);
  }

  /** @param {Drawn} drawn */
  #show(drawn) {
    this.ties.link(drawn);
    const here = Boolean(drawn.over) || drawn.binds.some((id) => this.#drawn.get(id)?.over);
    drawn.show(here, this.find);
    this.places.stalen(drawn);
    this.#changes.tell(drawn.id);
  }

  /** @param {Drawn} drawn */
  #forget(drawn) {
    this.#drawn.delete(drawn.id);
    this.places.forget(drawn);
    this.ties.forget(drawn);
    this.stack.remove(drawn);
    this.#changes.tell(drawn.id);
  }

  /** Ids at once; the rest when the browser is idle. */
  #index() {
    for (const child of this.stack.elements) {
      const drawn = new Drawn(child.id, child);
      this.#drawn.set(child.id, drawn);
      this.places.stalen(drawn);
    }
  }
}
