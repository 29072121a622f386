// What the last minute has replaced, so that a query can read the state of an earlier timestamp.
import { type Index, type KeyChange, Row, type Table } from "./tables.ts";

/** At least the changes of this time are kept, unless they are larger than that. */
const KEPT_NS = 60_000_000_000n;
const MAX_BYTES = 32 << 20;
/** Of a change, and of its keys in an index. */
const OVERHEAD = 200;

/** What a commit did to document `n`. `before` is its earlier text, null if it had none. */
export interface Change {
  readonly ts: bigint;
  readonly table: Table;
  readonly n: number;
  readonly before: string | null;
  readonly isThere: boolean;
  readonly keys: readonly KeyChange[];
}

export class History {
  #changes: Change[] = [];
  /** Those before this one are forgotten. */
  #first = 0;
  #bytes = 0;
  /** The earliest timestamp whose state is known. */
  #floor: bigint;

  constructor(floor: bigint) {
    this.#floor = floor;
  }

  /** Adds a commit's changes, and forgets old ones. */
  add(changes: readonly Change[]): void {
    for (const change of changes) {
      this.#changes.push(change);
      this.#bytes += sizeOf(change);
    }
    const newest = this.#changes.at(-1)?.ts ?? 0n;
    for (; this.#first < this.#changes.length; this.#first++) {
      const oldest = this.#changes[this.#first]!;
      if (this.#bytes <= MAX_BYTES && newest - oldest.ts <= KEPT_NS) break;
      this.#bytes -= sizeOf(oldest);
      this.#floor = oldest.ts;
    }
    if (this.#first < 1000 || this.#first * 2 < this.#changes.length) return;
    this.#changes.splice(0, this.#first);
    this.#first = 0;
  }

  /** The changes after a timestamp, oldest first; null if its state is not known any more. */
  since(ts: bigint): Change[] | null {
    if (ts < this.#floor) return null;
    let from = this.#changes.length;
    while (from > this.#first && this.#changes[from - 1]!.ts > ts) from--;
    return this.#changes.slice(from);
  }

  /** Tables or indexes changed: states before this timestamp cannot be read. */
  forget(ts: bigint): void {
    this.#changes = [];
    this.#first = this.#bytes = 0;
    this.#floor = ts;
  }
}

function sizeOf({ before, keys }: Change): number {
  let size = OVERHEAD + (before?.length ?? 0);
  for (const { before, after } of keys) {
    size += OVERHEAD;
    for (const key of before) size += key.length;
    if (after !== before) for (const key of after) size += key.length;
  }
  return size;
}

/** Some changes taken back: rows as they were before, null where there was none. Each index is worked out when it is read. */
export class Undone {
  readonly #changes: readonly Change[];
  readonly #indexes = new Map<number, { keys: string[]; rows: Map<string, Row | null> }>();

  constructor(changes: readonly Change[]) {
    this.#changes = changes;
  }

  get(index: Index, key: string): Row | null | undefined {
    return this.#entries(index).rows.get(key);
  }

  *range(index: Index, lo: string, hi: string, descending: boolean): Generator<[string, Row | null]> {
    const { keys, rows } = this.#entries(index);
    const [first, end] = [firstFrom(keys, lo), firstFrom(keys, hi)];
    for (let at = first; at < end; at++) {
      const key = keys[descending ? first + end - 1 - at : at]!;
      yield [key, rows.get(key)!];
    }
  }

  /** How many documents more than now the table had. */
  growth(table: Table): number {
    const changes = this.#changes.filter((change) => change.table === table);
    return changes.reduce((sum, { before, isThere }) => sum + Number(before !== null) - Number(isThere), 0);
  }

  #entries(index: Index): { keys: string[]; rows: Map<string, Row | null> } {
    const known = this.#indexes.get(index.id);
    if (known) return known;
    const rows = new Map<string, Row | null>();
    for (const { n, before: text, keys } of [...this.#changes].reverse()) {
      const changed = keys.find((change) => change.index.id === index.id);
      for (const key of changed?.after ?? []) rows.set(key, null);
      for (const key of changed?.before ?? []) rows.set(key, new Row(n, key, text!));
    }
    const entries = { keys: [...rows.keys()].sort(), rows };
    this.#indexes.set(index.id, entries);
    return entries;
  }
}

/** The place of the first of the sorted keys that is not below this one. */
function firstFrom(keys: readonly string[], key: string): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keys[middle]! < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
