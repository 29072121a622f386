import { Gathered } from "../ground/listeners.ts";
import { element as draw } from "../kinds/index.ts";
import type { Shape } from "../types/shape.ts";
import { Drawn } from "./drawn.ts";
import type { Pending } from "./pending.ts";
import { Places } from "./places.ts";
import { Stack, zOf } from "./stack.ts";
import { Ties } from "./ties.ts";

/** The shapes' elements on the page: the server's, and those drawn here while something is laid over them. */
export class Scene {
  ties = new Ties();
  places;
  stack;
  #pending;
  #drawn: Map<string, Drawn> = new Map();
  #changes = new Gathered();

  constructor(group: SVGGElement, pending: Pending) {
    this.#pending = pending;
    this.stack = new Stack(group, (id) => this.#drawn.get(id));
    this.places = new Places(this.ties, (drawn) => this.#drawn.get(drawn.id) === drawn, this.find);
    this.#index();
  }

  /** Told which shapes have changed, once for all that change at one time. */
  onChange(listener: (ids: ReadonlySet<string>) => void) {
    return this.#changes.add(listener);
  }

  get(id: string): Drawn | undefined {
    return this.#drawn.get(id);
  }

  /** For those who draw. */
  find: (id: string) => Shape | undefined = (id) => this.#drawn.get(id)?.shape;

  /** A shape without what hands do to it just now. */
  settled(id: string): Shape | undefined {
    const drawn = this.#drawn.get(id);
    const over = this.#pending.over(id, () => drawn?.said, false);
    return over === null ? drawn?.said : over;
  }

  /** The lines and arrows that are bound to a shape. */
  boundTo(id: string): Iterable<string> {
    this.places.measure();
    return this.ties.boundTo(id);
  }

  // What the server draws.

  /** Whether the server has drawn it. */
  onBoard(id: string) {
    return Boolean(this.#drawn.get(id)?.base);
  }

  /**
   * The server's element of a shape: in the place of the one that is there, or elsewhere.
   * @param before the id to go right below; "" is the top; null keeps its place
   */
  put(element: SVGElement, before: string | null) {
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

  /** Many new ones, on top. */
  append(elements: DocumentFragment) {
    for (const element of [...elements.children] as SVGElement[]) this.put(element, "");
  }

  /** A part of a large board, from the bottom up, each with its z. What is here already is as new. */
  load(elements: SVGElement[]) {
    const added = elements
      .filter(({ id }) => !this.#drawn.has(id))
      .map((element) => document.importNode(element, true));
    this.stack.putByZ(added, added.map(zOf));
    for (const element of added) {
      const drawn = new Drawn(element.id, element);
      this.#drawn.set(element.id, drawn);
      this.#refresh(drawn);
    }
    for (const element of elements) if (!this.onBoard(element.id)) this.put(document.importNode(element, true), null);
  }

  /** A part of a large board that is out of sight goes, but not what this page is about to change. */
  unload(ids: string[]) {
    const kept = this.#pending.ids();
    for (const id of ids) {
      const drawn = this.#drawn.get(id);
      if (drawn && !kept.has(id)) this.#forget(drawn);
    }
  }

  /** The server has removed it. */
  remove(id: string) {
    const drawn = this.#drawn.get(id);
    if (!drawn) return;
    drawn.rebase(null);
    this.#refresh(drawn);
  }

  /** Everything the server had drawn makes room for this. */
  replaceAll(elements: DocumentFragment) {
    for (const id of this.#drawn.keys()) this.#changes.tell(id);
    this.#drawn.clear();
    this.places.clear();
    this.ties.clear();
    this.stack.replace(elements);
    this.#index();
    this.refresh(this.#pending.ids());
  }

  // What this page does.

  /** Something that is laid over these has changed. */
  refresh(ids: Iterable<string>) {
    const bound: Set<string> = new Set();
    for (const id of ids) {
      const drawn = this.#drawn.get(id);
      if (drawn) this.#lay(drawn);
      else this.#draft(id);
      for (const line of this.ties.boundTo(id)) bound.add(line);
    }
    for (const line of bound) this.#draw(line);
  }

  /** Hides them, since they are shown elsewhere meanwhile, or shows them again. @returns what is seen of them, as copies from the bottom up */
  lift(ids: Iterable<string>, lifted: boolean): SVGElement[] {
    const found = this.stack.sorted(ids).flatMap((id) => this.#drawn.get(id) ?? []);
    const seen = lifted
      ? found.filter(({ inView }) => inView).map(({ element }) => element.cloneNode(true) as SVGElement)
      : [];
    for (const drawn of found) drawn.lift(lifted);
    return seen;
  }

  /** The server's element has changed. */
  #refresh(drawn: Drawn) {
    this.#lay(drawn);
    for (const line of this.ties.boundTo(drawn.id)) this.#draw(line);
  }

  /** Lays over the shape what is pending. */
  #lay(drawn: Drawn) {
    drawn.over = this.#pending.over(drawn.id, () => drawn.said);
    if (!drawn.base && !drawn.over) return this.#forget(drawn);
    this.stack.move(drawn, this.#pending.place(drawn.id));
    this.#show(drawn);
  }

  /** @param line bound to what has changed */
  #draw(line: string) {
    const drawn = this.#drawn.get(line);
    if (drawn) this.#show(drawn);
  }

  /** A shape that the server does not have yet. */
  #draft(id: string) {
    const over = this.#pending.over(id, () => undefined);
    if (!over) return;
    const drawn = new Drawn(id, null, over, draw(over, this.find));
    this.#drawn.set(id, drawn);
    this.stack.append(drawn);
    this.stack.move(drawn, this.#pending.place(id));
    this.#show(drawn);
  }

  #show(drawn: Drawn) {
    this.ties.link(drawn);
    const here = Boolean(drawn.over) || drawn.binds.some((id) => this.#drawn.get(id)?.over);
    drawn.show(here, this.find);
    this.places.stalen(drawn);
    this.#changes.tell(drawn.id);
  }

  #forget(drawn: Drawn) {
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
