import { overlaps, union } from "../kinds/geometry.ts";
import type { Box } from "../types/shape.ts";
import type { Fold } from "./fold.ts";
import type { Gallery } from "./gallery.ts";
import type { Picture } from "./picture.ts";

/** Boxes that are painted anew one by one; more of them as one. */
const MOST_BOXES = 32;

/** What is painted anew, over another moment's picture, to get the board after `at` changes. */
export interface Job {
  at: number;
  base: Picture | null;
  /** Where; null is everywhere, and nothing is cleared. */
  boxes: Box[] | null;
  ids: string[];
  next: number;
  /** On which picture it is painted, once it has begun. */
  target: Picture | null;
  /** Whether it is to be seen, or only kept to begin from. */
  shown: boolean;
}

/** Says what is to be painted. */
export class Jobs {
  #fold;
  #gallery;
  #view;

  /** @param view the part of the board that is seen */
  constructor(fold: Fold, gallery: Gallery, view: () => Box) {
    this.#fold = fold;
    this.#gallery = gallery;
    this.#view = view;
  }

  whole(at: number, shown: boolean): Job {
    this.#fold.seek(at);
    return { at, base: null, boxes: null, ids: this.#gallery.all(), next: 0, target: null, shown };
  }

  /** Between two moments: only shapes that came, on top of what is there, or else all that is where something changed. */
  difference(from: number, to: number, base: Picture, shown: boolean): Job {
    this.#fold.seek(from);
    const touched = this.#fold.seek(to);
    for (const id of this.#gallery.boundTo(touched)) touched.add(id);
    this.#fold.seek(from);
    const before = this.#boxes(touched);
    this.#fold.seek(to);
    let boxes = [...before, ...this.#boxes(touched)];
    if (boxes.length > MOST_BOXES) boxes = [boxes.reduce((all, box) => union(all, box))];
    const ids = this.#gallery.touching(boxes);
    const job = { at: to, base, next: 0, target: null, shown };
    const added = before.length ? null : ids.filter((id) => touched.has(id));
    const onTop = added?.every((id, i) => id === ids[ids.length - added.length + i]);
    return added && onTop ? { ...job, boxes: null, ids: added } : { ...job, boxes, ids };
  }

  #boxes(ids: Iterable<string>): Box[] {
    const view = this.#view();
    return [...ids].flatMap((id) => this.#gallery.of(id)?.box ?? []).filter((box) => overlaps(box, view));
  }
}
