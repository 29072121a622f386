import { store, stored } from "../ground/stored.ts";

import { undone } from "../sync/history.ts";
import type { Entry } from "../types/change.ts";
import type { Find, Shape } from "../types/shape.ts";

/** Other tabs are notified of at most so many adopted changes. */
const MOST_TOLD = 1_000;

type Left = { person: string; entries: Entry[] };

/** Receives news of what other tabs do. */
export interface Heard {
  changed(): void;
  /** Somebody else has adopted, or discarded, changes. */
  taken(changeIds: string[]): void;
}

/** Changes that wait in this browser for this board under the names of others: nobody sends them unless somebody adopts them. */
export class Waiting {
  #prefix;
  #told;
  #own;
  #heard;
  #storage;

  /** @param person who is here @param storage may throw */
  constructor(board: string, person: string, heard: Heard, storage: () => Storage = () => localStorage) {
    this.#heard = heard;
    this.#prefix = `easel:outbox:${board}:`;
    this.#told = `easel:adopted:${board}`;
    this.#own = this.#prefix + person;
    this.#storage = storage;
    globalThis.addEventListener?.("storage", ({ key }) => this.#changed(key));
    // A tab that was frozen has missed it.
    globalThis.document?.addEventListener("visibilitychange", () => document.hidden || this.#changed(this.#told));
  }

  get all(): Left[] {
    return this.#keys().flatMap((key) => {
      const all = this.#entries(key);
      const back = undone(all);
      const entries = all.filter(({ action, changeId }) => action === "changes" && !back.has(changeId));
      const person = key.slice(this.#prefix.length);
      return entries.length ? [{ person, entries }] : [];
    });
  }

  /** Takes away changes that were adopted or discarded, and the undos of them. */
  take({ person }: Left) {
    const key = this.#prefix + person;
    const ids = this.#entries(key).map(({ changeId }) => changeId);
    store(key, undefined, this.#storage);
    store(this.#told, [...this.#read(this.#told), ...ids].slice(-MOST_TOLD), this.#storage);
    this.#heard.changed();
  }

  #changed(key: string | null) {
    if (key === this.#told) this.#heard.taken(this.#read(key).map(String));
    else if (key?.startsWith(this.#prefix) && key !== this.#own) this.#heard.changed();
  }

  #keys(): string[] {
    try {
      return Object.keys(this.#storage()).filter((key) => key.startsWith(this.#prefix) && key !== this.#own);
    } catch {
      return [];
    }
  }

  #entries(key: string): Entry[] {
    return this.#read(key).filter((entry) => typeof entry?.changeId === "string");
  }

  #read(key: string): any[] {
    const found = stored(key, this.#storage);
    return Array.isArray(found) ? found : [];
  }
}

/** The shapes that changes leave, as far as they are theirs. @param entries oldest first @param find on the board */
export function madeBy(entries: readonly Entry[], find: Find): Shape[] {
  const made: Map<string, Shape> = new Map();
  for (const { put = [], patch = {}, remove = [] } of entries) {
    for (const { z: _, ...shape } of put) made.set(shape.id, shape as Shape);
    for (const [id, { z: _, ...fields }] of Object.entries(patch)) {
      const before = made.get(id) ?? find(id);
      if (before) made.set(id, { ...before, ...fields } as Shape);
    }
    for (const id of remove) made.delete(id);
  }
  return [...made.values()];
}

/** The shapes that a change of this person has touched, as the page shows them. */
export function asShown(entry: Entry, find: Find): Shape[] {
  return madeBy([{ ...entry, remove: [] }], find).map((shape) => find(shape.id) ?? shape);
}
