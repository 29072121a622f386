// Small index ranges as SQLite has them, kept in memory until a write touches them.
import type { Index, Row } from "./tables.ts";

const MAX_CHARACTERS = 16 << 20;
const MAX_ROWS = 8;
/** Of more ranges of one index, all are dropped when the index changes. */
const SEARCHED = 100;

/** Keys lo <= key < hi. */
interface Range {
  lo: string;
  hi: string;
  rows: Row[];
}

export class Ranges {
  readonly #indexes = new Map<number, Map<string, Range>>();
  /** Since all were dropped, whatever was dropped since then. */
  #characters = 0;

  find(index: Index, lo: string, hi: string, descending: boolean, limit: number): Row[] | undefined {
    return this.#indexes.get(index.id)?.get(question(lo, hi, descending, limit))?.rows;
  }

  add(index: Index, lo: string, hi: string, descending: boolean, limit: number, rows: Row[]): void {
    if (rows.length > MAX_ROWS) return;
    const name = question(lo, hi, descending, limit);
    const size = rows.reduce((sum, { text, key }) => sum + text.length + key.length + 128, name.length + 64);
    if ((this.#characters += size) > MAX_CHARACTERS) {
      this.clear();
      this.#characters = size;
    }
    let ranges = this.#indexes.get(index.id);
    if (!ranges) this.#indexes.set(index.id, (ranges = new Map()));
    ranges.set(name, { lo, hi, rows });
  }

  /** These keys change, so the ranges around them are out of date. */
  forget(index: Index, keys: readonly string[]): void {
    const ranges = this.#indexes.get(index.id);
    if (ranges === undefined) return;
    if (ranges.size > SEARCHED) this.#indexes.delete(index.id);
    else for (const [name, { lo, hi }] of ranges) if (keys.some((key) => lo <= key && key < hi)) ranges.delete(name);
  }

  clear(): void {
    this.#indexes.clear();
    this.#characters = 0;
  }
}

const question = (lo: string, hi: string, descending: boolean, limit: number): string =>
  `${limit}${descending ? "<" : ">"}${lo.length} ${lo}${hi}`;
