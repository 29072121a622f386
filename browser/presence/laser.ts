import { svgElement } from "../kinds/svg-element.ts";
import { Trail } from "../view/trail.ts";
import type { Piece } from "./peers.ts";

/** After it is lifted a trail is gone by itself; its group is too, in ms. */
const FADED = 2_000;

/** The laser pointers of others, in their colours. */
export class OthersLaser {
  #layer;
  #zoom;
  /** By page, then by the trail's id */
  #pages: Map<string, Map<string, { trail: Trail; group: SVGGElement }>> = new Map();

  /** @param overlay in board px */
  constructor(overlay: SVGGElement, zoom: () => number) {
    this.#layer = overlay.appendChild(svgElement("g"));
    this.#zoom = zoom;
  }

  set hidden(hidden: boolean) {
    this.#layer.style.display = hidden ? "none" : "";
  }

  add(key: string, { id, points }: Piece, hue: number) {
    const trails = this.#pages.get(key) ?? new Map();
    this.#pages.set(key, trails);
    if (!trails.has(id)) {
      const group = this.#layer.appendChild(svgElement("g"));
      group.dataset.hue = String(hue);
      trails.set(id, { trail: new Trail(group, this.#zoom), group });
    }
    const { trail } = trails.get(id);
    for (let i = 0; i < points.length; i += 2) trail.to(points[i], points[i + 1]);
  }

  /** Lifted: what is left of it fades by itself. */
  dry(key: string, ids: string[]) {
    for (const id of ids) {
      const found = this.#pages.get(key)?.get(id);
      this.#pages.get(key)?.delete(id);
      found?.trail.lift();
      setTimeout(() => found?.group.remove(), FADED);
    }
  }

  remove(key: string) {
    for (const { trail, group } of this.#pages.get(key)?.values() ?? []) {
      trail.remove();
      group.remove();
    }
    this.#pages.delete(key);
  }
}
