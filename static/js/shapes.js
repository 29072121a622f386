// @ts-check
import { union } from "./geometry.js";
import { kindOf, toLocal } from "./kinds/index.js";
import { frameOf, inside, touches } from "./touch.js";

/** @import { Scene } from "./scene.js" */
/** @import { Box, Shape } from "./types.js" */

/** What there is on the board, as this page shows it, and where. */
export class Shapes {
  #scene;
  /** Of a large board, of which only parts are here: around all of it. @type {Box | null} */
  whole = null;

  /** @param {Scene} scene */
  constructor(scene) {
    this.#scene = scene;
  }

  /** Told which shapes have changed, once for all that change at one time. @param {(ids: ReadonlySet<string>) => void} listener */
  onChange(listener) {
    return this.#scene.onChange(listener);
  }

  /** A shape as the page shows it. @param {string} id @returns {Shape | undefined} */
  get(id) {
    return this.#scene.get(id)?.shape;
  }

  /** A shape as it is without what hands do to it just now. @param {string} id @returns {Shape | undefined} */
  settled(id) {
    return this.#scene.settled(id);
  }

  /** @param {string} id @returns {boolean} */
  has(id) {
    const drawn = this.#scene.get(id);
    return drawn !== undefined && drawn.over !== undefined;
  }

  /** For those who draw. @type {(id: string) => Shape | undefined} */
  find = (id) => this.get(id);

  /** All ids, bottom to top. @returns {string[]} */
  ordered() {
    return [...this.#scene.stack.ranks.keys()].filter((id) => this.has(id));
  }

  /** The ids given that are on the page, bottom to top. @param {Iterable<string>} ids @returns {string[]} */
  sorted(ids) {
    return this.#scene.stack.sorted(ids);
  }

  /** Those with this group. @param {string} group @returns {Iterable<string>} */
  members(group) {
    this.#scene.places.measure();
    return this.#scene.ties.members(group);
  }

  /** The lines and arrows that are bound to a shape. @param {string} id @returns {Iterable<string>} */
  boundTo(id) {
    return this.#scene.boundTo(id);
  }

  /** Shapes within `margin` px of a place, the topmost first. @param {number} x @param {number} y @param {number} margin @returns {string[]} */
  at(x, y, margin) {
    const near = this.near({ left: x - margin, top: y - margin, right: x + margin, bottom: y + margin });
    const found = near.filter((shape) => {
      const local = toLocal(shape, x, y);
      return kindOf(shape).distance(shape, local.x, local.y, this.find) <= margin;
    });
    return this.sorted(found.map(({ id }) => id)).reverse();
  }

  /** Shapes whose outline or filled body the box touches. @param {Box} box @returns {string[]} */
  touching(box) {
    return this.near(box).filter((shape) => touches(shape, box, this.find)).map(({ id }) => id);
  }

  /** Shapes that are wholly within the box. @param {Box} box @returns {string[]} */
  inside(box) {
    return this.near(box).filter((shape) => inside(frameOf(shape, this.find), box)).map(({ id }) => id);
  }

  /** The box around all shapes with their lines' widths, or around the given ones without. @param {Iterable<string>} [ids] @returns {Box | null} */
  bounds(ids) {
    if (!ids) return this.whole ? union(this.#scene.places.bounds(), this.whole) : this.#scene.places.bounds();
    this.#scene.places.measure();
    /** @type {Box | null} */
    let box = null;
    for (const id of ids) {
      const shape = this.get(id);
      if (shape) box = union(box, frameOf(shape, this.find));
    }
    return box;
  }

  /** Shapes whose boxes, around all that is drawn, touch this one. @param {Box} box @returns {Shape[]} */
  near(box) {
    return this.#scene.places.near(box);
  }

  /** Whether the server has drawn it. @param {string} id */
  onBoard(id) {
    return this.#scene.onBoard(id);
  }

  /** Shows that a shape is about to go, or not. @param {string} id @param {boolean} dimmed */
  dim(id, dimmed) {
    this.#scene.get(id)?.dim(dimmed);
  }
}
