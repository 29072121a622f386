import { element } from "../ground/element.ts";
import { svgElement } from "../kinds/svg-element.ts";
import type { Peer } from "./peers.ts";
import { Rhythm } from "./rhythm.ts";

/** After these many ms without a move a cursor is dim, and hidden. */
const DIM = 3_000;
const HIDE = 30_000;

/** Tools that a name says nothing about. */
const PLAIN = ["select", "hand"];

type Cursor = {
  peer: Peer;
  element: HTMLElement;
  name: HTMLElement;
  tool: HTMLElement;
  shownTool: string | null;
  rhythm: Rhythm;
  x: number;
  y: number;
  /** It left the first place at that time, by performance.now(), and takes so many ms. */
  way: { from: [number, number]; to: [number, number]; left: number; time: number };
};

/**
 * The cursors of others, in window px above the board, so that they are as large at every zoom. Each glides evenly until its next
 * report comes. One animation frame at a time moves them all, and none while nothing moves.
 */
export class Cursors {
  #layer;
  #cursors: Map<string, Cursor> = new Map();
  #view = { x: 0, y: 0, zoom: 1 };
  #frame = 0;
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
    const { to } = cursor.way;
    if (x !== to[0] || y !== to[1]) this.#send(cursor, x, y);
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
    const way: Cursor["way"] = { from: [x, y], to: [x, y], left: 0, time: 0 };
    const cursor = { peer, element: pointer, name, tool, shownTool: null, rhythm: new Rhythm(), x, y, way };
    this.#cursors.set(peer.key, cursor);
    this.#place(cursor);
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

  /** On its way to x, y. */
  #send(cursor: Cursor, x: number, y: number) {
    const now = performance.now();
    const time = cursor.rhythm.heard(now);
    cursor.way = { from: [cursor.x, cursor.y], to: [x, y], left: now, time: this.#still.matches ? 0 : time };
    this.#frame ||= requestAnimationFrame(() => this.#step());
  }

  #step() {
    this.#frame = 0;
    const now = performance.now();
    let moving = false;
    for (const cursor of this.#cursors.values()) {
      const { from, to, left, time } = cursor.way;
      const part = time ? Math.min(1, (now - left) / time) : 1;
      cursor.x = from[0] + part * (to[0] - from[0]);
      cursor.y = from[1] + part * (to[1] - from[1]);
      moving ||= part < 1;
      this.#place(cursor);
    }
    if (moving) this.#frame = requestAnimationFrame(() => this.#step());
  }

  #place({ element, x, y }: Cursor) {
    const { x: left, y: top, zoom } = this.#view;
    element.style.transform = `translate(${left + x * zoom}px, ${top + y * zoom}px)`;
  }
}
