import { widened } from "../kinds/boxes.ts";
import { Far } from "../scene/far.ts";
import type { Scene } from "../scene/scene.ts";
import type { Box } from "../types/shape.ts";
import type { Camera } from "../view/camera.ts";
import { CellRequests } from "./cell-requests.ts";

/** Side of a cell in board px, as the server's. */
const SIDE = 500;

/** Cells of one request, and shapes, about. */
const MOST_CELLS = 64;
const MOST_SHAPES = 3_000;

/** So much of a window beyond its sides is loaded too. */
const MARGIN = 0.25;

/** How long changed cells wait before they are fetched again, in ms. */
const SETTLED = 1_500;

/**
 * The parts of a large board that this page has. Where the view holds few enough shapes, its cells are loaded; elsewhere the
 * board is seen from afar, each cell as a few simplified paths, which the page came with. What is drawn anywhere arrives by
 * the stream as ever. Of what was loaded, the cells that were longest out of sight go first.
 */
export class Cells {
  #requests;
  #scene;
  #camera;
  #far;
  /** Shapes that are drawn one by one, at most about so many; where the view has more, it is seen from afar. */
  #budget;
  /** Shapes of each cell, when it was last counted */
  #counts: Map<string, number> = new Map();
  /** The ids of the cells that are loaded, the longest unseen first */
  #loaded: Map<string, string[]> = new Map();
  /** Being loaded */
  #loading: Set<string> = new Set();
  /** The ids that the stream brought since each request was sent: the answer may be older */
  #told: Set<Set<string>> = new Set();
  /** What the stream has brought: of no cell that was loaded. */
  #strays: Set<string> = new Set();
  #counted = false;
  /** Grows when answers to earlier requests no longer count. */
  #era = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param board `seen` is the last change on the page */
  constructor({
    url,
    scene,
    camera,
    far,
    budget,
    seen,
  }: { url: string; scene: Scene; camera: Camera; far: SVGGElement; budget: number; seen: () => bigint }) {
    this.#requests = new CellRequests(url, seen, document.body.dataset.moment);
    this.#budget = budget;
    this.#scene = scene;
    this.#camera = camera;
    this.#far = new Far(far);
    camera.rests.add(() => this.#look());
    void this.#count();
  }

  /** The stream has brought changes. @param ids null: nothing that the page has counts any longer */
  received(ids: string[] | null, cells: string[]) {
    if (!ids) return void this.#reset();
    for (const told of [...this.#told, this.#strays]) for (const id of ids) told.add(id);
    for (const key of cells) {
      if (!this.#counts.has(key)) this.#counts.set(key, 1);
      this.#far.outdate(key);
    }
    if (cells.length) this.#later();
  }

  async #reset() {
    this.#loaded.clear();
    this.#strays.clear();
    this.#era++;
    await this.#count();
    this.#far.outdateAll(this.#counts.keys());
    this.#look();
  }

  async #count() {
    const counts = await this.#requests.counts();
    this.#counted = counts !== null;
    if (!counts) return this.#later();
    this.#counts = counts;
    this.#look();
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#counted ? this.#look() : void this.#count()), SETTLED);
  }

  #look() {
    const view = widened(this.#camera.view(), MARGIN);
    const seen = [...this.#counts.keys()].filter((key) => meets(key, view));
    const shapes = seen.reduce((sum, key) => sum + (this.#counts.get(key) ?? 0), 0);
    if (this.#strays.size > this.#budget) this.#unload(seen);
    if (shapes <= this.#budget) {
      for (const key of seen) this.#touch(key);
      this.#evict(seen.length);
      for (const part of this.#parts(seen.filter((key) => !this.#loaded.has(key) && !this.#loading.has(key))))
        void this.#load(part);
    }
    const old = seen.filter((key) => !this.#loaded.has(key) && this.#far.outdated(key));
    for (let i = 0; i < old.length; i += MOST_CELLS) void this.#renew(old.slice(i, i + MOST_CELLS));
  }

  /** Drops every cell out of view and loads those in view again: a page that is open all day must not gather the whole board. */
  #unload(seen: string[]) {
    this.#scene.unload([...this.#strays]);
    this.#strays.clear();
    for (const [key, ids] of this.#loaded) {
      if (seen.includes(key)) continue;
      this.#scene.unload(ids);
      this.#far.show(key, true);
    }
    this.#loaded.clear();
    this.#era++;
  }

  /** Seen again: it goes last. */
  #touch(key: string) {
    const ids = this.#loaded.get(key);
    if (!ids) return;
    this.#loaded.delete(key);
    this.#loaded.set(key, ids);
  }

  /** @param seen the last so many are in view */
  #evict(seen: number) {
    let room = 2 * this.#budget - [...this.#loaded.values()].reduce((sum, ids) => sum + ids.length, 0);
    for (const [key, ids] of [...this.#loaded].slice(0, Math.max(0, this.#loaded.size - seen))) {
      if (room >= 0) return;
      room += ids.length;
      this.#loaded.delete(key);
      this.#scene.unload(ids);
      this.#far.show(key, true);
    }
  }

  /** Cells for one request each. */
  #parts(keys: string[]): string[][] {
    const parts: string[][] = [];
    let shapes = Infinity;
    for (const key of keys) {
      const count = this.#counts.get(key) ?? 0;
      if (shapes + count > MOST_SHAPES || (parts.at(-1)?.length ?? 0) >= MOST_CELLS) {
        parts.push([]);
        shapes = 0;
      }
      parts.at(-1)?.push(key);
      shapes += count;
    }
    return parts;
  }

  async #load(keys: string[]) {
    for (const key of keys) this.#loading.add(key);
    const told: Set<string> = new Set();
    this.#told.add(told);
    const era = this.#era;
    const cells = await this.#requests.cells("/near", keys);
    this.#told.delete(told);
    for (const key of keys) this.#loading.delete(key);
    if (!cells || era !== this.#era) return this.#later();
    for (const [key, cell] of cells) {
      const elements = ([...cell.children] as SVGElement[]).filter(({ id }) => !told.has(id));
      this.#loaded.set(
        key,
        elements.map(({ id }) => id),
      );
      this.#counts.set(key, cell.children.length);
      this.#scene.load(elements);
      this.#far.show(key, false);
    }
  }

  async #renew(keys: string[]) {
    for (const key of keys) this.#far.renewing(key);
    const cells = await this.#requests.cells("/far", keys);
    for (const [key, cell] of cells ?? []) {
      this.#far.put(key, cell);
      this.#far.show(key, !this.#loaded.has(key)); // its shapes may have come meanwhile
    }
    if (!cells) this.#far.outdateAll(keys);
  }
}

function meets(key: string, view: Box) {
  const [x, y] = key.split(",").map(Number);
  return x * SIDE < view.right && (x + 1) * SIDE > view.left && y * SIDE < view.bottom && (y + 1) * SIDE > view.top;
}
