import { element } from "../ground/element.ts";
import { svgElement } from "../kinds/svg-element.ts";
import type { Peer } from "./peers.ts";

/** After these many ms without a move a cursor is dim, and hidden. */
const DIM = 3_000;
const HIDE = 30_000;

/** A cursor covers 63 % of what is left of its way in so many ms: a report comes each 55 ms. */
const EASE = 45;

/** Nearer than this, in board px, it has arrived. */
const NEAR = 0.1;

/** Tools that a name says nothing about. */
const PLAIN = ["select", "hand"];

type Cursor = {
  peer: Peer;
  element: HTMLElement;
  name: HTMLElement;
  tool: HTMLElement;
  shownTool: string | null;
  x: number;
  y: number;
};

/**
 * The cursors of others, in window px above the board, so that they are as large at every zoom. One animation frame at a time
 * moves them all, and none while nothing moves.
 */
export class Cursors {
  #layer;
  #cursors: Map<string, Cursor> = new Map();
  #view = { x: 0, y: 0, zoom: 1 };
  #frame = 0;
  #time = 0;
  #still = matchMedia("(prefers-reduced-motion: reduce)");

  constructor(layer: HTMLElement) {
    this.#layer = layer;
  }

  set hidden(hidden: boolean) {
    this.#layer.hidden = hidden;
  }

  show(peer: Peer) {
    if (!peer.cursor) return this.remove(peer.key);
    const [x, y] = peer.cursor;
    const cursor = this.#cursors.get(peer.key) ?? this.#make(peer, x, y);
    if (cursor.name.textContent !== peer.name) cursor.name.textContent = peer.name;
    if (cursor.shownTool !== peer.tool) this.#showTool(cursor, peer.tool);
    this.#fade(cursor);
    this.#move();
  }

  remove(key: string) {
    this.#cursors.get(key)?.element.remove();
    this.#cursors.delete(key);
  }

  /** Once a second: who has not moved for a while grows dim. */
  tick() {
    for (const cursor of this.#cursors.values()) this.#fade(cursor);
  }

  /** The board moved under the window. @param y of its origin */
  view(x: number, y: number, zoom: number) {
    this.#view = { x, y, zoom };
    for (const cursor of this.#cursors.values()) this.#place(cursor);
  }

  #make(peer: Peer, x: number, y: number): Cursor {
    const pointer = element("div", "cursor");
    pointer.dataset.hue = String(peer.hue);
    pointer.dataset.person = peer.person;
    const arrow = svgElement("svg", { viewBox: "0 0 20 20" });
    arrow.append(svgElement("path", { d: "M2 2l5.2 14.6 2.5-6.2 6.4-2.2z" }));
    const tag = element("span");
    const [name, tool] = [element("b"), element("i")];
    tag.append(name, tool);
    pointer.append(arrow, tag);
    this.#layer.append(pointer);
    const cursor = { peer, element: pointer, name, tool, shownTool: null, x, y };
    this.#cursors.set(peer.key, cursor);
    return cursor;
  }

  /** The tool's own icon, as its button has it. */
  #showTool(cursor: Cursor, tool: string | null) {
    cursor.shownTool = tool;
    const icon =
      tool && !PLAIN.includes(tool) ? document.querySelector(`#tools [data-tool="${CSS.escape(tool)}"] svg`) : null;
    cursor.tool.replaceChildren(...(icon ? [icon.cloneNode(true)] : []));
  }

  #fade({ element, peer }: Cursor) {
    const quiet = performance.now() - peer.movedAt;
    element.dataset.state = quiet > HIDE ? "hidden" : quiet > DIM ? "dim" : "moving";
  }

  #move() {
    if (this.#frame) return;
    this.#time = performance.now();
    this.#frame = requestAnimationFrame((now) => this.#step(now));
  }

  #step(now: number) {
    this.#frame = 0;
    const part = this.#still.matches ? 1 : 1 - Math.exp(-Math.max(1, now - this.#time) / EASE);
    this.#time = now;
    let moving = false;
    for (const cursor of this.#cursors.values()) {
      const [x, y] = cursor.peer.cursor ?? [cursor.x, cursor.y];
      const arrived = Math.abs(x - cursor.x) < NEAR && Math.abs(y - cursor.y) < NEAR;
      cursor.x = arrived ? x : cursor.x + (x - cursor.x) * part;
      cursor.y = arrived ? y : cursor.y + (y - cursor.y) * part;
      moving ||= !arrived;
      this.#place(cursor);
    }
    if (moving) this.#frame = requestAnimationFrame((next) => this.#step(next));
  }

  #place({ element, x, y }: Cursor) {
    const { x: left, y: top, zoom } = this.#view;
    element.style.transform = `translate(${left + x * zoom}px, ${top + y * zoom}px)`;
  }
}
