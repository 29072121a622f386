// What there is to read: SQLite's rows, with what is committed since, or about to be, laid over them.
import { encodeKey } from "../value/keys.ts";
import type { Overlay } from "./overlay.ts";
import type { Store } from "./store.ts";
import type { Index, Row, Table } from "./tables.ts";

export class View {
  readonly #store: Store;
  readonly #overlay: Overlay;

  constructor(store: Store, overlay: Overlay) {
    this.#store = store;
    this.#overlay = overlay;
  }

  get(table: Table, id: string): Row | null {
    const key = encodeKey(id);
    const found = this.#overlay.get(table.byId, key);
    return found === undefined ? (this.#store.range(table.byId, key, `${key}\0`, false, 1)[0] ?? null) : found;
  }

  /** Rows of an index with lo <= key < hi, at most `limit`. */
  range(index: Index, lo: string, hi: string, descending: boolean, limit: number): Row[] {
    if (lo >= hi) return [];
    const over = this.#overlay.range(index, lo, hi, descending);
    let above = over.next();
    if (above.done) return this.#store.range(index, lo, hi, descending, limit);
    const rows: Row[] = [];
    for (let more = true; more; ) {
      const stored = this.#store.range(index, lo, hi, descending, limit);
      more = stored.length === limit;
      for (const row of stored) {
        for (; !above.done && (descending ? above.value[0] > row.key : above.value[0] < row.key); above = over.next()) {
          if (above.value[1] !== null && rows.push(above.value[1]) === limit) return rows;
        }
        if (!above.done && above.value[0] === row.key) continue;
        if (rows.push(row) === limit) return rows;
      }
      if (!more) break;
      if (descending) hi = stored.at(-1)!.key;
      else lo = `${stored.at(-1)!.key}\0`;
    }
    for (; !above.done; above = over.next()) if (above.value[1] !== null && rows.push(above.value[1]) === limit) break;
    return rows;
  }
}
