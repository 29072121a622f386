import { element } from "../ground/element.ts";
import { onceAFrame } from "../ground/frame.ts";
import type { Shapes } from "../scene/shapes.ts";
import { moved } from "../text/words.ts";
import type { Shape } from "../types/shape.ts";
import { caretPlace } from "../writing/caret.ts";
import type { Peer } from "./peers.ts";

/** After so many ms without a letter the name goes, and the caret stays. */
const NAMED = 3_000;

type Caret = {
  peer: Peer;
  id: string;
  text: string;
  at: number;
  element: HTMLElement;
  wroteAt: number;
  place: { x: number; y: number; height: number; turn: number } | null;
};

/** Where others are writing: their carets in the text, in window px above the board. */
export class Carets {
  #layer;
  #shapes;
  /** By the page */
  #carets: Map<string, Caret> = new Map();
  #view = { x: 0, y: 0, zoom: 1 };

  constructor(layer: HTMLElement, shapes: Shapes) {
    this.#layer = layer;
    this.#shapes = shapes;
  }

  /** What a peer writes in, if anything. */
  show(peer: Peer) {
    const [id, held] = Object.entries(peer.drag).find(([, { caret }]) => caret !== undefined) ?? [];
    const text = held && "text" in held ? held.text : undefined;
    if (id === undefined || text === undefined || held?.caret === undefined) return this.#remove(peer.key);
    const caret = this.#carets.get(peer.key) ?? this.#made(peer);
    const name = caret.element.firstElementChild as HTMLElement;
    if (name.textContent !== peer.name) name.textContent = peer.name;
    if (caret.text !== text || caret.at !== held.caret) caret.wroteAt = performance.now();
    Object.assign(caret, { id, text, at: held.caret });
    this.tick();
    this.refresh();
  }

  /** Shapes have changed: at most once a frame. */
  refresh() {
    if (this.#carets.size) this.#soon();
  }

  #soon = onceAFrame(() => {
    for (const caret of this.#carets.values()) {
      const shape = this.#shapes.get(caret.id);
      caret.place = shape ? placeOf(shape, caret, this.#shapes) : null;
      this.#put(caret);
    }
  });

  /** The board moved under the window. @param y of its origin */
  view(x: number, y: number, zoom: number) {
    this.#view = { x, y, zoom };
    for (const caret of this.#carets.values()) this.#put(caret);
  }

  /** Once a second. */
  tick() {
    for (const { element, wroteAt } of this.#carets.values())
      element.toggleAttribute("data-named", performance.now() - wroteAt < NAMED);
  }

  #made(peer: Peer): Caret {
    const caret = element("div", "caret");
    caret.dataset.hue = String(peer.hue);
    caret.dataset.person = peer.person;
    caret.append(element("b"));
    this.#layer.append(caret);
    const made = { peer, id: "", text: "", at: 0, element: caret, wroteAt: 0, place: null };
    this.#carets.set(peer.key, made);
    return made;
  }

  #remove(key: string) {
    this.#carets.get(key)?.element.remove();
    this.#carets.delete(key);
  }

  #put({ element, place }: Caret) {
    element.hidden = !place;
    if (!place) return;
    const { x, y, zoom } = this.#view;
    element.style.height = `${place.height * zoom}px`;
    element.style.transform = `translate(${x + place.x * zoom}px, ${y + place.y * zoom}px) rotate(${place.turn}rad) translate(-50%, -50%)`;
  }
}

/** A caret's middle on the board: in the text that this page shows, it stands behind the same word as in its writer's. */
function placeOf(shape: Shape, { text, at }: Caret, { find }: Shapes) {
  if (!("text" in shape)) return null;
  const found = caretPlace(shape, shape.text, moved(text, shape.text, at), find);
  return found && { ...found, turn: shape.rotation };
}
