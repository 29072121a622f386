import { union } from "../kinds/geometry.ts";
import { frameOf, inside, touches } from "../kinds/hits.ts";
import { kindOf, toLocal } from "../kinds/index.ts";
import type { Box, Shape } from "../types/shape.ts";
import type { Scene } from "./scene.ts";

/** What there is on the board, as this page shows it, and where. */
export class Shapes {
  #scene;
  #whole;

  /** @param whole of a large board, of which only parts are here: around all of it */
  constructor(scene: Scene, whole: Box | null) {
    this.#scene = scene;
    this.#whole = whole;
  }

  /** Told which shapes have changed, once for all that change at one time. */
  onChange(listener: (ids: ReadonlySet<string>) => void) {
    return this.#scene.onChange(listener);
  }

  /** A shape as the page shows it. */
  get(id: string): Shape | undefined {
    return this.#scene.get(id)?.shape;
  }

  /** A shape as it is without what hands do to it just now. */
  settled(id: string): Shape | undefined {
    return this.#scene.settled(id);
  }

  has(id: string): boolean {
    const drawn = this.#scene.get(id);
    return drawn !== undefined && drawn.over !== undefined;
  }

  /** For those who draw. */
  find: (id: string) => Shape | undefined = (id) => this.get(id);

  /** All ids, bottom to top. */
  ordered(): string[] {
    return [...this.#scene.stack.ranks.keys()].filter((id) => this.has(id));
  }

  /** The ids given that are on the page, bottom to top. */
  sorted(ids: Iterable<string>): string[] {
    return this.#scene.stack.sorted(ids);
  }

  /** Those with this group. */
  members(group: string): Iterable<string> {
    this.#scene.places.measure();
    return this.#scene.ties.members(group);
  }

  /** The lines and arrows that are bound to a shape. */
  boundTo(id: string): Iterable<string> {
    return this.#scene.boundTo(id);
  }

  /** Shapes within `margin` px of a place, the topmost first. */
  at(x: number, y: number, margin: number): string[] {
    const near = this.near({ left: x - margin, top: y - margin, right: x + margin, bottom: y + margin });
    const found = near.filter((shape) => {
      const local = toLocal(shape, x, y);
      return kindOf(shape).distance(shape, local.x, local.y, this.find) <= margin;
    });
    return this.sorted(found.map(({ id }) => id)).reverse();
  }

  /** Shapes whose outline or filled body the box touches. */
  touching(box: Box): string[] {
    return this.near(box)
      .filter((shape) => touches(shape, box, this.find))
      .map(({ id }) => id);
  }

  /** Shapes that are wholly within the box. */
  inside(box: Box): string[] {
    return this.near(box)
      .filter((shape) => inside(frameOf(shape, this.find), box))
      .map(({ id }) => id);
  }

  /** The box around all shapes with their lines' widths, or around the given ones without. */
  bounds(ids?: Iterable<string>): Box | null {
    if (!ids) return this.#whole ? union(this.#scene.places.bounds(), this.#whole) : this.#scene.places.bounds();
    this.#scene.places.measure();
    let box: Box | null = null;
    for (const id of ids) {
      const shape = this.get(id);
      if (shape) box = union(box, frameOf(shape, this.find));
    }
    return box;
  }

  /** Shapes whose boxes, around all that is drawn, touch this one. */
  near(box: Box): Shape[] {
    return this.#scene.places.near(box);
  }

  /** Whether the server has drawn it. */
  onBoard(id: string) {
    return this.#scene.onBoard(id);
  }

  /** Shows that a shape is about to go, or not. */
  dim(id: string, dimmed: boolean) {
    this.#scene.get(id)?.dim(dimmed);
  }
}
