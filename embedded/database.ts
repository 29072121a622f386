// All data: what SQLite has, what is committed since and only in the log, and the turn that is being written.
import { accessSync, constants, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { StartError } from "./errors.ts";
import { encodeKey, LAST_KEY } from "./keys.ts";
import { lock } from "./lock.ts";
import { Log } from "./log.ts";
import { Overlay } from "./overlay.ts";
import { Store, type Answer } from "./store.ts";
import { keyChanges, keysOf, Row, type Index, type IndexDefinition, type Table, type Write } from "./tables.ts";
import type { JsonObject } from "./values.ts";

export { DATA_FILE } from "./store.ts";
export { keysOf, Row, type Index, type IndexDefinition, type Table, type Write } from "./tables.ts";

const BATCH = 1000;
/** SQLite gets the documents of one turn this long after it, when nobody waits. */
const SETTLE_AFTER_MS = 50;
const SETTLE_AT_ONCE = 128;
const RETRY_MS = 1000;
const LOG_STARTS_OVER = 2 << 20;
const LOG_LIMIT = 8 << 20;
/** More documents than these are not held outside of SQLite. */
const OVERLAY_LIMIT = 4000;

export class Database {
  /** Nanoseconds since the epoch of the newest commit; never repeats, also after a restart with the clock set back. */
  ts = 0n;
  /** Milliseconds: the newest `_creationTime`. Later mutations get later ones, however many run in one millisecond. */
  creationTime = 0;
  readonly #lock: DatabaseSync;
  readonly #store: Store;
  readonly #log: Log;
  readonly #overlay = new Overlay();
  #epoch: number;
  #lastDocument: number;
  #restructuring = false;
  #settling: NodeJS.Timeout | null = null;
  // of the turn: what the log gets, and how to take it back
  #record: string[] = [];
  #undo: (() => void)[] = [];

  /** Raises StartError if the folder cannot be used. */
  constructor(folder: string) {
    try {
      mkdirSync(folder, { recursive: true });
      accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    } catch (error) {
      throw new StartError(`The data folder ${folder} cannot be written: ${(error as Error).message}.`);
    }
    this.#lock = lock(folder);
    try {
      this.#store = new Store(folder);
      this.#epoch = Number(this.#store.meta("epoch") ?? 0);
      this.#lastDocument = this.#store.lastDocument;
      this.#log = new Log(join(folder, "log"), this.#epoch);
      this.#recover();
    } catch (error) {
      if (error instanceof StartError) throw error;
      throw new StartError(`The data folder ${folder} cannot be read: ${(error as Error).message}.`);
    }
  }

  get tables(): ReadonlyMap<string, Table> {
    return this.#store.tables;
  }

  get tablesByNumber(): ReadonlyMap<number, Table> {
    return this.#store.tablesByNumber;
  }

  get catalogVersion(): number {
    return this.#store.catalogVersion;
  }

  nextTs(): bigint {
    const now = BigInt(Date.now()) * 1_000_000n;
    return now > this.ts ? now : this.ts + 1n;
  }

  close(): void {
    if (this.#settling) clearTimeout(this.#settling);
    this.#settle(Infinity, 1);
    this.#log.close();
    this.#store.close();
    this.#lock.close();
  }

  // --- reading ---

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

  count(table: Table): number {
    if (!this.#overlay.isEmpty) this.#settle(Infinity);
    return this.#store.count(table);
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

  /** What the request answered if it was committed before. */
  answered(session: string, request: number): Answer | undefined {
    return this.#overlay.answers.get(`${session} ${request}`) ?? this.#store.answer(session, request);
  }

  // --- writing: a turn is applied mutation by mutation, then committed as one record ---

  get writing(): boolean {
    return this.#record.length > 0;
  }

  apply(writes: Iterable<Write>): void {
    for (const write of writes) {
      const n = write.before?.n ?? ++this.#lastDocument;
      this.#write(write.table, n, write.after && JSON.stringify(write.after), write.keys, write.before);
    }
  }

  recordAnswer(session: string, request: number, ts: bigint, result: string, logs: string): void {
    const answer: Answer = { session, request, ts, result, logs };
    const name = `${session} ${request}`;
    this.#overlay.answers.set(name, answer);
    this.#undo.push(() => this.#overlay.answers.delete(name));
    this.#record.push(`?${JSON.stringify({ ...answer, ts: String(ts) })}`);
  }

  /** Returns when everything applied is on disk. Raises what the file system says. */
  commit(): void {
    if (this.#record.length === 0) return;
    this.#log.append(`${this.ts}\n${this.#record.join("\n")}`);
    this.#record = [];
    this.#undo = [];
    if (this.#log.bytes > LOG_LIMIT || this.#overlay.documents.size > OVERLAY_LIMIT) this.#trySettling(Infinity);
    else this.#settling ??= setTimeout(() => this.#settleSome(), SETTLE_AFTER_MS);
  }

  /** Takes back what was applied since the last commit. */
  rollback(): void {
    for (const undo of this.#undo.reverse()) undo();
    this.#record = [];
    this.#undo = [];
  }

  #write(table: Table, n: number, text: string | null, keys: Write["keys"], before: Row | null): void {
    this.#overlay.put(table, n, text, keys, before !== null);
    this.#record.push(`${table.number} ${n} ${text ?? ""}`);
    this.#undo.push(() => {
      const back = keys.map(({ index, before, after }) => ({ index, before: after, after: before }));
      this.#overlay.put(table, n, before && before.text, back, text !== null);
    });
  }

  // --- from the log to SQLite ---

  #settleSome(): void {
    this.#settling = null;
    this.#trySettling(Math.max(SETTLE_AT_ONCE, this.#overlay.documents.size >> 2));
    if (!this.#overlay.isEmpty) this.#settling ??= setTimeout(() => this.#settleSome(), 0);
  }

  /** The log has it all: what SQLite does not take now, it takes later. */
  #trySettling(limit: number): void {
    try {
      this.#settle(limit);
    } catch (error) {
      console.error(`The log could not be moved into the database file, and grows: ${(error as Error).message}`);
      this.#settling ??= setTimeout(() => this.#settleSome(), RETRY_MS);
    }
  }

  #settle(limit: number, longLog = LOG_STARTS_OVER): void {
    const documents = [...this.#overlay.documents.values()].slice(0, limit);
    const answers = [...this.#overlay.answers].slice(0, limit);
    const all = documents.length === this.#overlay.documents.size && answers.length === this.#overlay.answers.size;
    const startOver = all && !this.writing && this.#log.bytes >= longLog;
    const meta: Record<string, string> = startOver ? { ts: String(this.ts), epoch: String(this.#epoch + 1) } : {};
    this.#store.settle(documents, answers.map(([, answer]) => answer), startOver, meta);
    for (const dirty of documents) this.#overlay.forget(dirty);
    for (const [name] of answers) this.#overlay.answers.delete(name);
    if (startOver) this.#log.startOver(++this.#epoch);
  }

  /** Reads the log that an earlier process left, and starts a new one. */
  #recover(): void {
    this.ts = BigInt(this.#store.meta("ts") ?? 0);
    for (const record of this.#log.records()) {
      this.#replay(record.split("\n"));
      if (this.#overlay.documents.size > OVERLAY_LIMIT) this.#settle(Infinity, Infinity);
    }
    this.ts = this.nextTs();
    this.creationTime = Number(this.ts / 1_000_000n);
    this.#settle(Infinity, 0);
  }

  /** Whether SQLite has some of it already does not matter: each line says how a document is after it. */
  #replay([ts, ...lines]: string[]): void {
    if (BigInt(ts!) > this.ts) this.ts = BigInt(ts!);
    for (const line of lines) {
      if (line.startsWith("?")) {
        const answer = JSON.parse(line.slice(1)) as Omit<Answer, "ts"> & { ts: string };
        this.#overlay.answers.set(`${answer.session} ${answer.request}`, { ...answer, ts: BigInt(answer.ts) });
        continue;
      }
      const [, number, n, text] = /^(\d+) (\d+) (.*)$/s.exec(line)!;
      const table = this.tablesByNumber.get(Number(number))!;
      const known = this.#overlay.documents.get(Number(n));
      const before = known ? known.text : (this.#store.document(Number(n)) ?? null);
      const value = (json: string | null | undefined): JsonObject | null => (json ? (JSON.parse(json) as JsonObject) : null);
      this.#overlay.put(table, Number(n), text || null, keyChanges(table, value(before), value(text)), before !== null);
      this.#lastDocument = Math.max(this.#lastDocument, Number(n));
    }
  }

  // --- tables and indexes ---

  /** Changes tables and indexes: all of it or nothing, on disk when this returns. */
  restructure(change: () => void): void {
    this.#settle(Infinity);
    this.#restructuring = true;
    try {
      this.#store.write(true, change);
    } catch (error) {
      this.#store.readCatalog();
      throw error;
    } finally {
      this.#restructuring = false;
    }
  }

  /** The table, made if it is new; it stays, empty, if the mutation fails. */
  ensureTable(name: string, number?: number): Table {
    const known = this.tables.get(name);
    if (known) return known;
    if (this.#restructuring) return this.#store.addTable(name, number);
    let table: Table;
    this.#store.write(true, () => (table = this.#store.addTable(name, number)));
    return table!;
  }

  /** Makes the table's indexes be exactly these (beside the system ones), filling new ones from the rows. Inside `restructure`. */
  defineIndexes(table: Table, wanted: Map<string, IndexDefinition>): void {
    for (const index of [...table.indexes.values()]) {
      if (index.name === "by_id" || index.name === "by_creation_time") continue;
      if (JSON.stringify(wanted.get(index.name)) !== JSON.stringify(index.definition)) this.#store.dropIndex(index);
    }
    for (const [name, definition] of wanted) {
      if (table.indexes.has(name)) continue;
      const index = this.#store.addIndex(table, name, definition);
      for (const row of this.rows(table)) for (const key of keysOf(index, row.value)) this.#store.addEntry(index, key, row.n);
    }
  }

  /** The validator that every row of the table is known to fit. */
  enforced(table: Table): string {
    return this.#store.meta(`enforced:${table.number}`) ?? "";
  }

  /** Inside `restructure`. */
  setEnforced(table: Table, validator: string): void {
    this.#store.setMeta(`enforced:${table.number}`, validator);
  }
}
