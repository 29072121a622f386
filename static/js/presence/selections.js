// @ts-check
/** @import { Box } from "../types.js" */
/** @import { Peer } from "./peers.js" */

const SVG = "http://www.w3.org/2000/svg";

/** More shapes than these are outlined as one. */
const MOST = 12;

/** Room between a shape and its outline, in board px. */
const ROOM = 4;

/** What others have selected, outlined in their colours. */
export class Selections {
  #layer;
  #bounds;
  /** @type {Map<string, { peer: Peer, group: SVGGElement }>} */
  #groups = new Map();
  #frame = 0;

  /** @param {SVGGElement} layer in board px @param {(ids: string[]) => Box | null} bounds of shapes */
  constructor(layer, bounds) {
    this.#layer = layer;
    this.#bounds = bounds;
  }

  /** @param {boolean} hidden */
  set hidden(hidden) {
    this.#layer.style.display = hidden ? "none" : "";
  }

  /** @param {Peer} peer */
  show(peer) {
    if (!peer.selection.length) return this.remove(peer.key);
    if (!this.#groups.has(peer.key)) {
      const group = document.createElementNS(SVG, "g");
      group.dataset.hue = String(peer.hue);
      this.#layer.append(group);
      this.#groups.set(peer.key, { peer, group });
    }
    this.refresh();
  }

  /** @param {string} key */
  remove(key) {
    this.#groups.get(key)?.group.remove();
    this.#groups.delete(key);
  }

  /** Shapes have changed, or are moved: at most once a frame. */
  refresh() {
    if (!this.#groups.size) return;
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      for (const { peer, group } of this.#groups.values()) {
        const sets = peer.selection.length > MOST ? [peer.selection] : peer.selection.map((id) => [id]);
        group.replaceChildren(...sets.flatMap((ids) => outline(this.#bounds(ids))));
      }
    });
  }
}

/** @param {Box | null} box @returns {SVGRectElement[]} */
function outline(box) {
  if (!box || !Number.isFinite(box.left)) return [];
  const rect = document.createElementNS(SVG, "rect");
  const { left, top, right, bottom } = box;
  const size = { x: left - ROOM, y: top - ROOM, width: right - left + 2 * ROOM, height: bottom - top + 2 * ROOM };
  for (const [name, value] of Object.entries(size)) rect.setAttribute(name, String(value));
  return [rect];
}
