// Documents that are committed, or about to be, and not in SQLite yet. They hide SQLite's versions.
import { type Index, type KeyChange, Row, type Table } from "./tables.ts";

/** The answer to a mutation's request, in case the client repeats it. */
export interface Answer {
  session: string;
  request: number;
  ts: bigint;
  result: string;
  logs: string;
}

/** A document's keys in SQLite, and its present keys and text; null text is a deleted document. `ts` is of its newest write. */
export interface Dirty {
  readonly table: Table;
  readonly n: number;
  readonly storedKeys: ReadonlyMap<number, readonly string[]>;
  readonly isStored: boolean;
  keys: readonly KeyChange[];
  text: string | null;
  ts: bigint;
}

/** Some keys of an index in order, each with its row, or with null if SQLite's row is deleted. */
class Entries {
  readonly keys: string[] = [];
  readonly rows = new Map<string, Row | null>();

  /** The position of the first key that is not below this one. */
  place(key: string): number {
    let low = 0;
    for (let high = this.keys.length; low < high; ) {
      const middle = (low + high) >>> 1;
      if (this.keys[middle]! < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  set(key: string, row: Row | null): void {
    if (!this.rows.has(key)) this.keys.splice(this.place(key), 0, key);
    this.rows.set(key, row);
  }

  delete(key: string): void {
    if (this.rows.delete(key)) this.keys.splice(this.place(key), 1);
  }
}

export class Overlay {
  readonly documents = new Map<number, Dirty>();
  readonly answers = new Map<string, Answer>();
  readonly #indexes = new Map<number, Entries>();

  get isEmpty(): boolean {
    return this.documents.size === 0 && this.answers.size === 0;
  }

  /** The row, null if it was deleted, undefined if SQLite's row is current. */
  get(index: Index, key: string): Row | null | undefined {
    return this.#indexes.get(index.id)?.rows.get(key);
  }

  /** Rows (null: deleted) with lo <= key < hi in order. */
  *range(index: Index, lo: string, hi: string, descending: boolean): Generator<[string, Row | null]> {
    const entries = this.#indexes.get(index.id);
    if (!entries) return;
    const first = entries.place(lo);
    const end = entries.place(hi);
    const step = descending ? -1 : 1;
    for (let at = descending ? end - 1 : first; at >= first && at < end; at += step) {
      const key = entries.keys[at]!;
      yield [key, entries.rows.get(key)!];
    }
  }

  /** How many documents more than SQLite the table has. */
  growth(table: Table): number {
    let growth = 0;
    for (const dirty of this.documents.values())
      if (dirty.table === table) growth += Number(dirty.text !== null) - Number(dirty.isStored);
    return growth;
  }

  /** `text` null deletes; `existed` says whether there was a document `n` before. */
  put(table: Table, n: number, text: string | null, keys: readonly KeyChange[], existed: boolean, ts: bigint): void {
    let dirty = this.documents.get(n);
    if (!dirty) {
      const storedKeys = new Map(keys.map(({ index, before }) => [index.id, before]));
      this.documents.set(n, (dirty = { table, n, storedKeys, isStored: existed, keys, text, ts }));
    }
    dirty.keys = keys;
    dirty.text = text;
    dirty.ts = ts;
    for (const { index, before, after } of keys) {
      let entries = this.#indexes.get(index.id);
      if (!entries) this.#indexes.set(index.id, (entries = new Entries()));
      const stored = dirty.storedKeys.get(index.id) ?? [];
      for (const key of before) {
        if (after.includes(key)) continue;
        if (stored.includes(key)) entries.set(key, null);
        else entries.delete(key);
      }
      if (text !== null) for (const key of after) entries.set(key, new Row(n, key, text));
    }
  }

  /** Drops a document that SQLite has by now. */
  forget(dirty: Dirty): void {
    this.documents.delete(dirty.n);
    for (const { index, after } of dirty.keys) {
      const entries = this.#indexes.get(index.id)!;
      for (const key of dirty.storedKeys.get(index.id) ?? []) entries.delete(key);
      for (const key of after) entries.delete(key);
    }
  }
}
