// @ts-check
import { undone } from "../history.js";

/** @import { Entry, Find, Shape } from "../types.js" */

/** Other tabs are told of so many adopted changes. */
const MOST_TOLD = 1_000;

/** @typedef {{ person: string, entries: Entry[] }} Left */

/** Changes that wait in this browser for this board under the names of others: nobody sends them unless somebody adopts them. */
export class Waiting {
  #prefix;
  #told;
  #own;
  #storage;
  onChange = () => {};
  /** Somebody else has adopted, or discarded, changes. @type {(changeIds: string[]) => void} */
  onTaken = () => {};

  /** @param {string} board @param {string} person who is here @param {() => Storage} [storage] may throw */
  constructor(board, person, storage = () => localStorage) {
    this.#prefix = `easel:outbox:${board}:`;
    this.#told = `easel:adopted:${board}`;
    this.#own = this.#prefix + person;
    this.#storage = storage;
    globalThis.addEventListener?.("storage", ({ key }) => this.#changed(key));
    // A tab that was frozen has missed it.
    globalThis.document?.addEventListener("visibilitychange", () => document.hidden || this.#changed(this.#told));
  }

  /** @returns {Left[]} */
  get all() {
    return this.#keys().flatMap((key) => {
      const all = this.#entries(key);
      const back = undone(all);
      const entries = all.filter(({ action, changeId }) => action === "changes" && !back.has(changeId));
      const person = key.slice(this.#prefix.length);
      return entries.length ? [{ person, entries }] : [];
    });
  }

  /** They are adopted or discarded: with the undos of what is gone. @param {Left} left */
  take({ person }) {
    const key = this.#prefix + person;
    const ids = this.#entries(key).map(({ changeId }) => changeId);
    try {
      this.#storage().removeItem(key);
      this.#storage().setItem(this.#told, JSON.stringify([...this.#read(this.#told), ...ids].slice(-MOST_TOLD)));
    } catch {
      // Then no other tab is told; the server knows a change by its id.
    }
    this.onChange();
  }

  /** @param {string | null} key */
  #changed(key) {
    if (key === this.#told) this.onTaken(this.#read(key).map(String));
    else if (key?.startsWith(this.#prefix) && key !== this.#own) this.onChange();
  }

  /** @returns {string[]} */
  #keys() {
    try {
      return Object.keys(this.#storage()).filter((key) => key.startsWith(this.#prefix) && key !== this.#own);
    } catch {
      return [];
    }
  }

  /** @param {string} key @returns {Entry[]} */
  #entries(key) {
    return this.#read(key).filter((entry) => typeof entry?.changeId === "string");
  }

  /** @param {string} key @returns {any[]} */
  #read(key) {
    try {
      const found = JSON.parse(this.#storage().getItem(key) ?? "[]");
      return Array.isArray(found) ? found : [];
    } catch {
      return [];
    }
  }
}

/** The shapes that changes leave, as far as they are theirs. @param {readonly Entry[]} entries oldest first @param {Find} find on the board @returns {Shape[]} */
export function madeBy(entries, find) {
  /** @type {Map<string, Shape>} */
  const made = new Map();
  for (const { put = [], patch = {}, remove = [] } of entries) {
    for (const { z: _, ...shape } of put) made.set(shape.id, /** @type {Shape} */ (shape));
    for (const [id, { z: _, ...fields }] of Object.entries(patch)) {
      const before = made.get(id) ?? find(id);
      if (before) made.set(id, /** @type {Shape} */ ({ ...before, ...fields }));
    }
    for (const id of remove) made.delete(id);
  }
  return [...made.values()];
}
