// All data: what SQLite has, what is committed since and only in the log, and the turn that is being written.
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { Clock } from "../ground/clock.ts";
import { StartError } from "../value/errors.ts";
import { LAST_KEY } from "../value/keys.ts";
import { mark, refuseLostDatabase, refuseLostLog } from "./damage.ts";
import { lock } from "./lock.ts";
import { type Damage, Log, PREALLOCATED } from "./log.ts";
import type { Answer } from "./overlay.ts";
import { Overlay } from "./overlay.ts";
import { replay } from "./replay.ts";
import { Settlement } from "./settlement.ts";
import { DATA_FILE, Store } from "./store.ts";
import { Structure } from "./structure.ts";
import type { Index, Row, Table, Write } from "./tables.ts";
import { View } from "./view.ts";

export { DATA_FILE } from "./store.ts";
export { type Index, type IndexDefinition, keysOf, Row, type Table, type Write } from "./tables.ts";

const BATCH = 1000;
const LOG_FILE = "log";
const DAMAGE_KEPT_MS = 7 * 86_400_000;

export class Database {
  /** Nanoseconds since the epoch of the newest commit; never repeats, also after a restart with the clock set back. */
  ts = 0n;
  /** Milliseconds: the newest `_creationTime`. Later mutations get later ones, however many run in one millisecond. */
  creationTime = 0;
  /** What the start found: commits in the log, and the newest commit's ts. */
  replayed = 0;
  found = 0n;
  readonly clock = new Clock();
  readonly #folder: string;
  readonly #lock: DatabaseSync;
  readonly #store: Store;
  readonly #log: Log;
  readonly #overlay = new Overlay();
  readonly #view: View;
  readonly #settlement: Settlement;
  #lastDocument: number;
  // of the turn: what the log gets, and how to take it back
  #record: string[] = [];
  #undo: (() => void)[] = [];

  /** Raises StartError if the folder cannot be used. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#lock = lock(folder);
    try {
      refuseLostDatabase(folder, DATA_FILE);
      this.#store = new Store(folder);
      const epoch = Number(this.#store.meta("epoch") ?? 0);
      refuseLostLog(folder, LOG_FILE, this.#store.meta("log") !== undefined, PREALLOCATED);
      this.#lastDocument = this.#store.lastDocument;
      this.#log = new Log(join(folder, LOG_FILE), epoch);
      this.#view = new View(this.#store, this.#overlay);
      this.#settlement = new Settlement(this.#store, this.#overlay, this.#log, epoch, () =>
        this.writing ? null : this.ts,
      );
      this.#recover();
    } catch (error) {
      if (error instanceof StartError) throw error;
      const { message } = error as Error;
      const damaged = /malformed|not a database|corrupt/i.test(message)
        ? ` ${DATA_FILE} is damaged: restore a backup (docs/operations.md).`
        : "";
      throw new StartError(`The data folder ${folder} cannot be read: ${message}.${damaged}`);
    }
  }

  get tables(): ReadonlyMap<string, Table> {
    return this.#store.directory.tables;
  }

  get tablesByNumber(): ReadonlyMap<number, Table> {
    return this.#store.directory.tablesByNumber;
  }

  get catalogVersion(): number {
    return this.#store.directory.version;
  }

  nextTs(): bigint {
    const now = BigInt(this.clock.now()) * 1_000_000n;
    return now > this.ts ? now : this.ts + 1n;
  }

  /** Overwrites what was deleted or replaced wherever it still lies, in small steps. Whether there is more to do. */
  scrub(): boolean {
    this.#settlement.settle(Infinity, 1);
    if (this.#log.wipe()) return true;
    this.#store.truncate();
    return false;
  }

  close(): void {
    this.#settlement.stop();
    while (this.scrub());
    this.#log.close();
    this.#store.close();
    this.#lock.close();
  }

  // --- reading ---

  get(table: Table, id: string): Row | null {
    return this.#view.get(table, id);
  }

  /** Rows of an index with lo <= key < hi, at most `limit`. */
  range(index: Index, lo: string, hi: string, descending: boolean, limit: number): Row[] {
    return this.#view.range(index, lo, hi, descending, limit);
  }

  count(table: Table): number {
    if (!this.#overlay.isEmpty) this.#settlement.settle();
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
    this.#settlement.soon();
  }

  /** The watchdog has struck while a function read, or made a table. */
  interrupted(): void {
    this.#store.interrupted();
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

  // --- after a crash ---

  /** Reads the log that an earlier process left, and starts a new one. */
  #recover(): void {
    this.ts = BigInt(this.#store.meta("ts") ?? 0);
    if (this.#log.isAhead) {
      throw new StartError(
        `The data folder ${this.#folder} is damaged: ${DATA_FILE} is older than the log beside it. Nothing was changed. Put back the ${DATA_FILE} that belongs to this log, with its -wal file, or restore a backup (docs/operations.md).`,
      );
    }
    const damages: Damage[] = [];
    for (const record of this.#log.records((damage) => damages.push(damage))) {
      const { ts, lastDocument } = replay(record, this.#store, this.#overlay);
      if (ts > this.ts) this.ts = ts;
      this.#lastDocument = Math.max(this.#lastDocument, lastDocument);
      this.replayed++;
      if (this.#settlement.isFull) this.#settlement.settle(Infinity, Infinity);
    }
    if (damages.length > 0) this.#report(damages);
    this.found = this.ts;
    this.clock.reach(Number(this.ts / 1_000_000n));
    this.ts = this.nextTs();
    this.creationTime = Number(this.ts / 1_000_000n);
    this.#settlement.settle(Infinity, 0);
    if (this.#store.meta("log") === undefined) this.#store.write(true, () => this.#store.setMeta("log", "made"));
    mark(this.#folder);
  }

  /** Says where the log is damaged, and keeps it: what it held there may be read by hand. */
  #report(damages: Damage[]): void {
    const places = damages.map(({ from, to }) => `bytes ${from} to ${to}`).join(", ");
    console.error(
      `The log in ${this.#folder} is damaged at ${places}: the changes written there are lost, all others were kept. A copy is in ${this.#log.keepCopy()}. A backup may have what is lost (docs/operations.md).`,
    );
    this.#store.write(true, () => this.#store.setMeta("damagedAt", String(Date.now())));
  }

  /** Whether damage was found within the last week: what no row names may belong to what was lost. */
  get damagedLately(): boolean {
    return Date.now() - Number(this.#store.meta("damagedAt") ?? 0) < DAMAGE_KEPT_MS;
  }

  // --- tables and indexes ---

  /** Changes tables and indexes: all of it or nothing, on disk when this returns. */
  restructure(change: (structure: Structure) => void): void {
    this.#settlement.settle();
    this.#store.restructure(() => change(new Structure(this.#store, (table) => this.rows(table))));
  }

  /** The table, made if it is new; it stays, empty, if the mutation fails. Not inside `restructure`. */
  ensureTable(name: string, number?: number): Table {
    const known = this.tables.get(name);
    if (known) return known;
    let table: Table;
    this.#store.write(true, () => (table = this.#store.directory.addTable(name, number)));
    return table!;
  }
}
