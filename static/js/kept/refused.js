// @ts-check
import { newId } from "../identifiers.js";
import { sound } from "../clipping.js";

/** @import { Shape } from "../types.js" */

/** Kept of one board; beyond that the oldest goes. The browser gives a site about 5 million characters for everything. */
const MOST_PIECES = 100;
const MOST_CHARACTERS = 1_000_000;

/** `at` in ms since the epoch, `by` is a person's name. @typedef {{ id: string, at: number, why: string, by: string, shapes: Shape[] }} Piece */

/** Work that could not be put on the board: it stays in this browser until somebody adds it, or discards it. */
export class Refused {
  #key;
  #storage;
  /** What the disk has no room for. @type {Piece[]} */
  #loose = [];
  onChange = () => {};

  /** @param {string} board @param {() => Storage} [storage] may throw */
  constructor(board, storage = () => localStorage) {
    this.#key = `easel:refused:${board}`;
    this.#storage = storage;
    globalThis.addEventListener?.("storage", ({ key }) => key === this.#key && this.onChange());
  }

  /** Whether all of it is on disk. */
  get durable() {
    return !this.#loose.length;
  }

  /** Oldest first. @returns {Piece[]} */
  get pieces() {
    return [...this.#stored(), ...this.#loose];
  }

  /** @param {string} why @param {Shape[]} shapes @param {string} by who made them */
  add(why, shapes, by) {
    if (!shapes.length) return;
    const piece = { id: newId(), at: Date.now(), why, by, shapes: shapes.map(({ z: _, ...shape }) => /** @type {Shape} */ (shape)) };
    if (!this.#write(bounded([...this.#stored(), piece]))) this.#loose = [...this.#loose, piece].slice(-MOST_PIECES);
    this.onChange();
  }

  /** @param {string[]} ids of pieces */
  discard(ids) {
    const rest = (/** @type {Piece[]} */ pieces) => pieces.filter(({ id }) => !ids.includes(id));
    this.#loose = rest(this.#loose);
    this.#write(rest(this.#stored()));
    this.onChange();
  }

  /** Another tab may have written it, another version of Easel, or anybody. @returns {Piece[]} */
  #stored() {
    try {
      const found = JSON.parse(this.#storage().getItem(this.#key) ?? "[]");
      return found.map((/** @type {any} */ { id, at, why, by, shapes }) => ({ id: String(id), at: Number(at), why: String(why), by: String(by), shapes: shapes.flatMap((/** @type {unknown} */ shape) => sound(shape) ?? []) }));
    } catch {
      return [];
    }
  }

  /** @param {Piece[]} pieces @returns {boolean} whether they are on disk now */
  #write(pieces) {
    try {
      if (pieces.length) this.#storage().setItem(this.#key, JSON.stringify(pieces));
      else this.#storage().removeItem(this.#key);
      return true;
    } catch {
      return false;
    }
  }
}

/** The newest of these that there is room for; the newest itself always. @param {Piece[]} pieces */
function bounded(pieces) {
  let characters = 0;
  const kept = pieces.toReversed().filter((piece, i) => (characters += JSON.stringify(piece).length) <= MOST_CHARACTERS || i === 0);
  return kept.slice(0, MOST_PIECES).reverse();
}
