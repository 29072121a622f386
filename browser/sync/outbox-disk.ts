import { store, stored } from "../ground/stored.ts";

import type { Entry } from "../types/change.ts";

/** The entries of an outbox on disk. Two tabs of one person share the key: the other's entries stay as they are. */
export class OutboxDisk {
  /** Whether what was saved last is on disk. */
  durable = true;
  /** Every changeId that was ever in this page's list: the rest of the stored list is another tab's. */
  #known: Set<string> = new Set();
  #key;
  #storage;

  /** @param storage may throw */
  constructor(key: string, storage: () => Storage) {
    this.#key = key;
    this.#storage = storage;
  }

  read(): Entry[] {
    const entries = stored(this.#key, this.#storage);
    return Array.isArray(entries) ? entries.filter((entry) => typeof entry?.changeId === "string") : [];
  }

  knows({ changeId }: Entry) {
    return this.#known.has(changeId);
  }

  /** These are this page's from now on. */
  own(entries: Entry[]) {
    for (const { changeId } of entries) this.#known.add(changeId);
  }

  /** @param entries all of this page's that wait */
  save(entries: readonly Entry[]) {
    const others = this.read().filter((entry) => !this.knows(entry));
    const all = [...others, ...entries];
    this.durable = store(this.#key, all.length ? all : undefined, this.#storage);
  }
}
