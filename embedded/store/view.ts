// Rows with newer or older ones laid over them. Over SQLite's rows lie those that are committed since, or about to be. For a read of
// an earlier state, the rows of then lie over both.
import { encodeKey, LAST_KEY } from "../value/keys.ts";
import type { Overlay } from "./overlay.ts";
import type { Index, Row, Table } from "./tables.ts";

const BATCH = 1000;

/** Rows of an index with lo <= key < hi, at most `limit`. */
interface Rows {
  range(index: Index, lo: string, hi: string, descending: boolean, limit: number): Row[];
}

export class View {
  readonly #store: Rows;
  readonly #overlay: Pick<Overlay, "get" | "range">;

  constructor(store: Rows, overlay: Pick<Overlay, "get" | "range">) {
    this.#store = store;
    this.#overlay = overlay;
  }

  get(table: Table, id: string): Row | null {
    const key = encodeKey(id);
    const found = this.#overlay.get(table.byId, key);
    return found === undefined ? (this.#store.range(table.byId, key, `${key}\0`, false, 1)[0] ?? null) : found;
  }

  /** Every row of a table, in batches, by id. */
  *rows(table: Table): Generator<Row> {
    for (let from = ""; ; ) {
      const batch = this.range(table.byId, from, LAST_KEY, false, BATCH);
      yield* batch;
      if (batch.length < BATCH) return;
      from = `${batch.at(-1)!.key}\0`;
    }
  }

  /** Rows of an index with lo <= key < hi, at most `limit`. */
  range(index: Index, lo: string, hi: string, descending: boolean, limit: number): Row[] {
    if (lo >= hi) return [];
    const over = this.#overlay.range(index, lo, hi, descending);
    let above = over.next();
    if (above.done) return this.#store.range(index, lo, hi, descending, limit);
    const rows: Row[] = [];
    // Many of the stored rows may be hidden, so each batch is larger than the one before.
    for (let more = true, size = limit; more; size = Math.max(limit, Math.min(size * 2, BATCH))) {
      const stored = this.#store.range(index, lo, hi, descending, size);
      more = stored.length === size;
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
