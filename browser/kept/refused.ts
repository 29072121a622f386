import { newId } from "../ground/identifiers.ts";
import { Listeners } from "../ground/listeners.ts";
import { store, stored } from "../ground/stored.ts";
import { sound } from "../intake/clipping.ts";
import type { Shape } from "../types/shape.ts";

/** Kept of one board; beyond that the oldest goes. The browser gives a site about 5 million characters for everything. */
const MOST_PIECES = 100;
const MOST_CHARACTERS = 1_000_000;

/** `at` in ms since the epoch, `by` is a person's name. */
export type Piece = { id: string; at: number; why: string; by: string; shapes: Shape[] };

/** Work that could not be put on the board: it stays in this browser until somebody adds it, or discards it. */
export class Refused {
  #key;
  #storage;
  /** What the disk has no room for. */
  #loose: Piece[] = [];
  changes: Listeners<[]> = new Listeners();

  /** @param storage may throw */
  constructor(board: string, storage: () => Storage = () => localStorage) {
    this.#key = `easel:refused:${board}`;
    this.#storage = storage;
    globalThis.addEventListener?.("storage", ({ key }) => key === this.#key && this.changes.tell());
  }

  /** Whether all of it is on disk. */
  get durable() {
    return !this.#loose.length;
  }

  /** Oldest first. */
  get pieces(): Piece[] {
    return [...this.#stored(), ...this.#loose];
  }

  /** @param by who made them */
  add(why: string, shapes: Shape[], by: string) {
    if (!shapes.length) return;
    const piece = { id: newId(), at: Date.now(), why, by, shapes: shapes.map(({ z: _, ...shape }) => shape as Shape) };
    if (!this.#write(bounded([...this.#stored(), piece]))) this.#loose = [...this.#loose, piece].slice(-MOST_PIECES);
    this.changes.tell();
  }

  /** @param ids of pieces */
  discard(ids: string[]) {
    const rest = (pieces: Piece[]) => pieces.filter(({ id }) => !ids.includes(id));
    this.#loose = rest(this.#loose);
    this.#write(rest(this.#stored()));
    this.changes.tell();
  }

  /** Another tab may have written it, another version of Easel, or anybody. */
  #stored(): Piece[] {
    const found = stored(this.#key, this.#storage);
    const pieces = Array.isArray(found) ? found.filter((piece) => Array.isArray(piece?.shapes)) : [];
    return pieces.map(({ id, at, why, by, shapes }) => ({
      id: String(id),
      at: Number(at),
      why: String(why),
      by: String(by),
      shapes: shapes.flatMap((shape: unknown) => sound(shape) ?? []),
    }));
  }

  /** @returns whether they are on disk now */
  #write(pieces: Piece[]): boolean {
    return store(this.#key, pieces.length ? pieces : undefined, this.#storage);
  }
}

/** The newest of these that there is room for; the newest itself always. */
function bounded(pieces: Piece[]) {
  let characters = 0;
  const kept = pieces
    .toReversed()
    .filter((piece, i) => (characters += JSON.stringify(piece).length) <= MOST_CHARACTERS || i === 0);
  return kept.slice(0, MOST_PIECES).reverse();
}
