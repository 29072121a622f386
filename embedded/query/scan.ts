// The rows of an index range, in order.

import type { Index, Row } from "../store/tables.ts";
import type { Stored } from "./pending.ts";
import type { Interval } from "./reads.ts";
import type { RowSource } from "./row_source.ts";
import type { Transaction } from "./transaction.ts";

/**
 * Reads an index range in batches. It includes the transaction's own writes, and records exactly the keys that it read.
 */
export class Scan implements RowSource {
  readonly #tx: Transaction;
  readonly #index: Index;
  readonly #descending: boolean;
  readonly #batch: number;
  readonly #read: Interval;
  #lo: string;
  #hi: string;
  #rows: Row[] = [];
  #at = 0;
  #more = true;

  constructor(tx: Transaction, index: Index, lo: string, hi: string, descending: boolean, batch: number) {
    this.#tx = tx;
    this.#index = index;
    this.#lo = lo;
    this.#hi = hi;
    this.#descending = descending;
    this.#batch = batch;
    this.#read = tx.readRange(index.id, descending ? hi : lo, descending ? hi : lo);
  }

  next(): { key: string; row: Stored } | null {
    const stored = this.#peek();
    const pending = this.#tx.hasChanges
      ? this.#tx.nearestPending(this.#index, this.#lo, this.#hi, this.#descending)
      : null;
    if (stored === null && pending === null) {
      this.#widen(this.#descending ? this.#lo : this.#hi);
      return null;
    }
    const isStoredFirst =
      pending === null || (stored !== null && (this.#descending ? stored.key > pending.key : stored.key < pending.key));
    const found = isStoredFirst ? { key: stored!.key, row: stored! } : pending!;
    if (isStoredFirst) this.#at++;
    if (this.#descending) this.#hi = found.key;
    else this.#lo = `${found.key}\0`;
    this.#widen(this.#descending ? found.key : `${found.key}\0`);
    return found;
  }

  #widen(to: string): void {
    if (this.#descending) this.#read.lo = to;
    else this.#read.hi = to;
  }

  /** The next committed row that this transaction has not replaced. */
  #peek(): Row | null {
    for (;;) {
      if (this.#at === this.#rows.length) {
        if (!this.#more) return null;
        const last = this.#rows.at(-1);
        const lo = last && !this.#descending ? `${last.key}\0` : this.#lo;
        const hi = last && this.#descending ? last.key : this.#hi;
        this.#rows = this.#tx.db.range(this.#index, lo, hi, this.#descending, this.#batch);
        this.#at = 0;
        this.#more = this.#rows.length === this.#batch;
        if (this.#rows.length === 0) return null;
      }
      const row = this.#rows[this.#at]!;
      if (!this.#tx.isReplaced(row)) return row;
      this.#at++;
    }
  }
}
