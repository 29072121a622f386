// One run of a function against the database. It records the reads, and holds the writes back until the end.

import type { Readable } from "../store/readable.ts";
import { type Index, keyChanges, type Row, type Table, type Write } from "../store/tables.ts";
import { display, displaySize } from "../value/display.ts";
import { FunctionError } from "../value/errors.ts";
import { makeId, tableOfId } from "../value/ids.ts";
import type { JsonObject } from "../value/json.ts";
import { encodeKey } from "../value/keys.ts";
import { encodeInt64, LIMITS, type Measure, measure, resolveCommitTs } from "../value/values.ts";
import { Pending, type Stored } from "./pending.ts";
import { type Interval, type Point, ReadSet } from "./reads.ts";
import { type Amounts, Usage } from "./usage.ts";

interface Change {
  table: Table;
  before: Row | null;
  after: Pending | null;
}

export interface Mark {
  writes: number;
  used: Amounts;
}

export class Transaction {
  readonly db: Readable;
  readonly usage = new Usage();
  readonly reads = new ReadSet();
  readonly now: number;
  /** The component that reads and writes now: names are those of its tables. */
  component: string;
  readonly #changes = new Map<string, Change>();
  readonly #replaced = new Set<number>();
  #undo: { id: string; change: Change | undefined }[] = [];
  #creationTime: number;

  constructor(db: Readable, component = "") {
    this.db = db;
    this.component = component;
    this.now = db.clock.now();
    this.#creationTime = Math.max(this.now, db.creationTime);
  }

  get tables(): ReadonlyMap<string, Table> {
    return this.db.tablesOf(this.component);
  }

  /** The table of an id, or null if the component has none such. */
  tableOf(id: string): Table | null {
    const number = tableOfId(id);
    const table = number === null ? undefined : this.db.tablesByNumber.get(number);
    return table?.component === this.component ? table : null;
  }

  // --- reading ---

  get(table: Table, id: string): Stored | null {
    this.reads.addPoint(table.byId.id, encodeKey(id));
    const change = this.#changes.get(id);
    const row = change ? change.after : this.db.get(table, id);
    if (row) this.countRead(row);
    return row;
  }

  countRead(row: Stored): void {
    this.usage.spend("documentsRead", 1);
    this.usage.spend("bytesRead", row.text.length);
  }

  /** The caller extends the interval while it reads on. */
  readRange(index: number, lo: string, hi: string): Interval {
    this.usage.spend("databaseQueries", 1);
    return this.reads.addRange(index, lo, hi);
  }

  isReplaced(row: Row): boolean {
    return this.#replaced.has(row.n);
  }

  /** The uncommitted document with the lowest key in lo <= key < hi, or the highest if `descending`. */
  nearestPending(index: Index, lo: string, hi: string, descending: boolean): { key: string; row: Pending } | null {
    let best: { key: string; row: Pending } | null = null;
    for (const change of this.#changes.values()) {
      if (change.after === null || change.table !== index.table) continue;
      for (const key of change.after.keys(index)) {
        if (key < lo || key >= hi) continue;
        if (best === null || (descending ? key > best.key : key < best.key)) best = { key, row: change.after };
      }
    }
    return best;
  }

  get hasChanges(): boolean {
    return this.#changes.size > 0;
  }

  // --- writing ---

  insert(table: Table, value: JsonObject, check: (document: JsonObject) => void): string {
    const id = makeId(table.number, this.now);
    this.#creationTime = nextUp(this.#creationTime);
    this.#put(table, id, null, { ...value, _creationTime: this.#creationTime, _id: id }, check);
    return id;
  }

  update(table: Table, id: string, value: JsonObject, check: (document: JsonObject) => void): void {
    const change = this.#changes.get(id);
    this.#put(table, id, change ? change.before : this.db.get(table, id), value, check);
  }

  remove(table: Table, id: string): void {
    const change = this.#changes.get(id);
    const before = change ? change.before : this.db.get(table, id);
    this.#countWrite(0);
    this.#set(id, before === null ? undefined : { table, before, after: null });
  }

  #put(table: Table, id: string, before: Row | null, value: JsonObject, check: (document: JsonObject) => void): void {
    // A job's row holds arguments, which have limits of their own.
    const { bytes, unresolved } = table.name.startsWith("_") ? measure(value) : measureDocument(value);
    check(value);
    this.#countWrite(bytes);
    this.#set(id, { table, before, after: new Pending(value, unresolved) });
  }

  #countWrite(bytes: number): void {
    this.usage.spend("documentsWritten", 1);
    this.usage.spend("bytesWritten", bytes);
  }

  #set(id: string, change: Change | undefined): void {
    const previous = this.#changes.get(id);
    this.#undo.push({ id, change: previous });
    this.#assign(id, change);
  }

  #assign(id: string, change: Change | undefined): void {
    const replaced = (change ?? this.#changes.get(id))?.before;
    if (replaced) {
      if (change) this.#replaced.add(replaced.n);
      else this.#replaced.delete(replaced.n);
    }
    if (change) this.#changes.set(id, change);
    else this.#changes.delete(id);
  }

  /** A mark for `undoTo`, which undoes the writes of a failed sub-transaction. */
  mark(): Mark {
    return { writes: this.#undo.length, used: { ...this.usage.used } };
  }

  undoTo({ writes, used }: Mark): void {
    while (this.#undo.length > writes) {
      const { id, change } = this.#undo.pop()!;
      this.#assign(id, change);
    }
    this.usage.giveBack(used);
  }

  /** The `_creationTime` of the newest document. */
  get creationTime(): number {
    return this.#creationTime;
  }

  /** The final writes, with the commit timestamp, and every index key that they touch. */
  finish(ts: bigint): { writes: Write[]; touched: Point[] } {
    const writes: Write[] = [];
    const touched: Point[] = [];
    const wireTs = { $integer: encodeInt64(ts) };
    for (const { table, before, after } of this.#changes.values()) {
      const document = after && (after.unresolved ? (resolveCommitTs(after.value, wireTs) as JsonObject) : after.value);
      const keys = keyChanges(table, before?.value ?? null, document);
      writes.push({ table, before, after: document, keys });
      for (const { index, before, after } of keys) {
        for (const key of before) touched.push({ index: index.id, key });
        for (const key of after) touched.push({ index: index.id, key });
      }
    }
    return { writes, touched };
  }
}

/** Raises FunctionError for what no table can hold. */
export function measureDocument(value: JsonObject): Measure {
  const measured = measure(value);
  const { bytes, nesting } = measured;
  if (bytes > LIMITS.documentBytes) {
    throw new FunctionError(
      `Value is too large (${displaySize(bytes)} > maximum size ${displaySize(LIMITS.documentBytes)})`,
    );
  }
  if (nesting > LIMITS.documentNesting) {
    throw new FunctionError(
      `${display(value)} isn't a valid document: Document is too nested (nested ${nesting} levels deep > maximum nesting ${LIMITS.documentNesting})`,
    );
  }
  return measured;
}

const float = new Float64Array(1);
const bits = new BigUint64Array(float.buffer);

/** The next larger number. */
export function nextUp(value: number): number {
  float[0] = value;
  bits[0]!++;
  return float[0];
}
