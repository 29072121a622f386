import { onceAFrame } from "../ground/frame.ts";
import { svgElement } from "../kinds/svg-element.ts";
import type { Box } from "../types/shape.ts";
import type { Peer } from "./peers.ts";

/** More shapes than these are outlined as one. */
const MOST = 12;

/** Room between a shape and its outline, in board px. */
const ROOM = 4;

/** What others have selected, outlined in their colours. */
export class Selections {
  #layer;
  #bounds;
  #groups: Map<string, { peer: Peer; group: SVGGElement }> = new Map();

  /** @param layer in board px @param bounds of shapes */
  constructor(layer: SVGGElement, bounds: (ids: string[]) => Box | null) {
    this.#layer = layer;
    this.#bounds = bounds;
  }

  set hidden(hidden: boolean) {
    this.#layer.style.display = hidden ? "none" : "";
  }

  show(peer: Peer) {
    if (!peer.selection.length) return this.remove(peer.key);
    if (!this.#groups.has(peer.key)) {
      const group = svgElement("g");
      group.dataset.hue = String(peer.hue);
      this.#layer.append(group);
      this.#groups.set(peer.key, { peer, group });
    }
    this.refresh();
  }

  remove(key: string) {
    this.#groups.get(key)?.group.remove();
    this.#groups.delete(key);
  }

  /** Shapes have changed, or are moved: at most once a frame. */
  refresh() {
    if (this.#groups.size) this.#soon();
  }

  #soon = onceAFrame(() => {
    for (const { peer, group } of this.#groups.values()) {
      const sets = peer.selection.length > MOST ? [peer.selection] : peer.selection.map((id) => [id]);
      group.replaceChildren(...sets.flatMap((ids) => outline(this.#bounds(ids))));
    }
  });
}

function outline(box: Box | null): SVGRectElement[] {
  if (!box || !Number.isFinite(box.left)) return [];
  const { left, top, right, bottom } = box;
  const size = { x: left - ROOM, y: top - ROOM, width: right - left + 2 * ROOM, height: bottom - top + 2 * ROOM };
  return [svgElement("rect", size)];
}
