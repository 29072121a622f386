// Small index ranges as SQLite has them, kept in memory. A document that keeps its key is replaced in them; a range in which
// documents come or go is dropped.
import { type Index, Row } from "./tables.ts";

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

  /** Document `n` gets this text, or is deleted. It had the keys `before` in this index, and has the keys `after`. */
  update(index: Index, n: number, text: string | null, before: readonly string[], after: readonly string[]): void {
    const ranges = this.#indexes.get(index.id);
    if (ranges === undefined) return;
    if (ranges.size > SEARCHED) return void this.#indexes.delete(index.id);
    const isKept = text !== null && before.length === after.length && before.every((key) => after.includes(key));
    if (isKept) this.#characters += text.length;
    ranges.forEach((range, name) => {
      if (!before.some((key) => isIn(range, key)) && !after.some((key) => isIn(range, key))) return;
      if (isKept) range.rows = range.rows.map((row) => (row.n === n ? new Row(n, row.key, text) : row));
      else ranges.delete(name);
    });
  }

  clear(): void {
    this.#indexes.clear();
    this.#characters = 0;
  }
}

const isIn = ({ lo, hi }: Range, key: string): boolean => lo <= key && key < hi;
const question = (lo: string, hi: string, descending: boolean, limit: number): string =>
  `${limit}${descending ? "<" : ">"}${lo.length} ${lo}${hi}`;
