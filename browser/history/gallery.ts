import { overlaps } from "../kinds/geometry.ts";
import type { Binding, Box, Find, Shape } from "../types/shape.ts";
import { Areas } from "./areas.ts";
import type { Fold } from "./fold.ts";
import { type Packed, unpacked } from "./rows.ts";
import type { Sprite, Sprites } from "./sprite.ts";

interface Made {
  sprite: Sprite;
  /** What it was bound to when it was made. */
  bound: (Packed | undefined)[];
}

const NOWHERE: Box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };

/** The sprites of a fold's shapes, each made once, when it is first painted. */
export class Gallery {
  #fold;
  #sprites;
  #made: WeakMap<Packed, Made> = new WeakMap();
  #areas = new Areas();
  #shapes: WeakMap<Packed, Shape> = new WeakMap();

  constructor(fold: Fold, sprites: Sprites) {
    this.#fold = fold;
    this.#sprites = sprites;
  }

  /** The theme has changed. */
  forget() {
    this.#made = new WeakMap();
    this.#areas.clear();
    this.#sprites.forget();
  }

  /** Of a live shape, at the fold's moment. */
  of(id: string): Sprite | undefined {
    const packed = this.#fold.get(id);
    if (!packed) return undefined;
    const made = this.#made.get(packed);
    if (made?.bound.every((shape, i) => shape === this.#bound(packed)[i])) return made.sprite;
    const sprite = this.#sprites.of(unpacked(id, packed), this.#find);
    this.#made.set(packed, { sprite, bound: this.#bound(packed) });
    this.#areas.add(id, sprite.box);
    return sprite;
  }

  /** Lines that are bound to one of these. */
  boundTo(ids: ReadonlySet<string>): string[] {
    return [...this.#fold.lines].filter((id) => {
      const line = this.#fold.get(id);
      return line && ends(line).some((end) => ids.has(end));
    });
  }

  /** The ids of all live shapes, from the bottom up. */
  all(): string[] {
    return this.sorted(this.#ids());
  }

  /** Those that touch one of the boxes, of those that were painted once. */
  touching(boxes: readonly Box[]): string[] {
    const near = [...(this.#areas.near(boxes) ?? this.#ids())];
    return this.sorted(near.filter((id) => boxes.some((box) => overlaps(this.of(id)?.box ?? NOWHERE, box))));
  }

  #ids() {
    return [...this.#fold.live()].map(([id]) => id);
  }

  /** Those of them that are live, from the bottom up. */
  sorted(ids: Iterable<string>): string[] {
    const found: [string, number][] = [];
    for (const id of ids) {
      const shape = this.#fold.get(id);
      if (shape) found.push([id, Number(shape.z ?? 0)]);
    }
    return found.sort(([a, z], [b, other]) => z - other || (a < b ? -1 : 1)).map(([id]) => id);
  }

  #bound(packed: Packed) {
    return ends(packed).map((id) => this.#fold.get(id));
  }

  #find: Find = (id) => {
    const packed = this.#fold.get(id);
    if (!packed) return undefined;
    const known = this.#shapes.get(packed) ?? unpacked(id, packed);
    this.#shapes.set(packed, known);
    return known;
  };
}

function ends({ from, to }: Packed): string[] {
  return [from, to].flatMap((end) => (end as Binding | null | undefined)?.id ?? []);
}
