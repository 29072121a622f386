// All data: SQLite's documents, the newer commits that only the log holds, and the writes of the current turn.
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { Clock } from "../ground/clock.ts";
import { Commits } from "./commits.ts";
import { mark, refuseLostDatabase, refuseLostLog, unreadable } from "./damage.ts";
import { History, Undone } from "./history.ts";
import { lock } from "./lock.ts";
import { Log, PREALLOCATED } from "./log.ts";
import { type Answer, Overlay } from "./overlay.ts";
import { Past } from "./past.ts";
import type { Readable } from "./readable.ts";
import { damagedLately, recover } from "./recovery.ts";
import { Settlement } from "./settlement.ts";
import type { Ends, Staged } from "./staging.ts";
import { DATA_FILE, Store } from "./store.ts";
import { Structure } from "./structure.ts";
import type { Index, Row, Table, Write } from "./tables.ts";
import { View } from "./view.ts";

const LOG_FILE = "log";
const LAST_TS = 2n ** 63n - 1n;
const NO_TABLES: ReadonlyMap<string, Table> = new Map();

export class Database implements Readable {
  /** The newest commit in ns since the epoch. Never repeats, even if the clock was set back before a restart. */
  ts = 0n;
  /** The newest commit that is on disk. Nobody may be told of a later one. */
  saved = 0n;
  /** The newest `_creationTime` in ms. Later mutations get later times, even within one millisecond. */
  creationTime = 0;
  /** At the start: the number of commits in the log, and the newest commit's ts. */
  replayed = 0;
  found = 0n;
  readonly clock = new Clock();
  readonly #folder: string;
  readonly #lock: DatabaseSync;
  readonly #store: Store;
  readonly #log: Log;
  readonly #overlay = new Overlay();
  readonly #history = new History(0n);
  readonly #view: View;
  readonly #settlement: Settlement;
  readonly #commits: Commits;
  #lastDocument: number;

  /** Raises StartError if the folder cannot be used. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#lock = lock(folder);
    try {
      refuseLostDatabase(folder, DATA_FILE);
      this.#store = new Store(folder);
      const epoch = Number(this.#store.meta("epoch") ?? 0);
      refuseLostLog(folder, LOG_FILE, this.#store.meta("log") !== undefined, PREALLOCATED);
      this.#log = new Log(join(folder, LOG_FILE), epoch);
      this.#commits = new Commits(this.#log, this.#overlay, this.#history);
      this.#view = new View(this.#store, this.#overlay);
      let recovering = true; // from the log, so all is on disk
      const saved = (): bigint => (recovering ? LAST_TS : this.saved);
      this.#settlement = new Settlement(this.#store, this.#overlay, this.#log, epoch, saved);
      const { ts, lastDocument, replayed } = recover(folder, this.#log, this.#store, this.#overlay, this.#settlement);
      recovering = false;
      this.#lastDocument = lastDocument;
      this.replayed = replayed;
      this.found = ts;
      this.#begin();
    } catch (error) {
      throw unreadable(folder, DATA_FILE, error as Error);
    }
  }

  /** The app's tables. */
  get tables(): ReadonlyMap<string, Table> {
    return this.tablesOf("");
  }

  tablesOf(component: string): ReadonlyMap<string, Table> {
    return this.#store.directory.spaces.get(component) ?? NO_TABLES;
  }

  /** The tables of each component that has data, mounted or not. */
  get spaces(): ReadonlyMap<string, ReadonlyMap<string, Table>> {
    return this.#store.directory.spaces;
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

  /** Overwrites deleted and replaced data on disk, in small steps. True if there is more to do. */
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
    return this.#store.count(table) + this.#overlay.growth(table);
  }

  /** Every row of a table, in batches, by id. */
  rows(table: Table): Generator<Row> {
    return this.#view.rows(table);
  }

  /** All data as they were at a timestamp that is on disk, or null if that is not known any more. */
  at(ts: bigint): Readable | null {
    const changes = this.#history.since(ts);
    if (changes === null) return null;
    const undone = new Undone([...changes, ...this.#commits.changes]);
    return new Past(this, new View(this.#view, undone), undone, ts);
  }

  /** The recorded answer of a request that was committed before. */
  answered(session: string, request: number): Answer | undefined {
    return this.#overlay.answers.get(`${session} ${request}`) ?? this.#store.answer(session, request);
  }

  // --- writing: mutations are applied one by one, then committed as one record ---

  /** Whether something was applied since the last commit. */
  get hasUncommitted(): boolean {
    return !this.#commits.gathering.isEmpty;
  }

  /** Whether no mutation may begin until all commits are on disk, and `settle` was called. */
  get needsRest(): boolean {
    return this.#settlement.isOverdue;
  }

  /** Every read shows the writes from now on. */
  apply(writes: Iterable<Write>, ts: bigint): void {
    const { gathering } = this.#commits;
    for (const { table, before, after, keys } of writes)
      gathering.write(table, before?.n ?? ++this.#lastDocument, after && JSON.stringify(after), keys, before, ts);
    this.ts = ts;
  }

  recordAnswer(session: string, request: number, ts: bigint, result: string, logs: string): void {
    this.#commits.gathering.answer({ session, request, ts, result, logs });
  }

  /**
   * Writes to disk what was applied since the last commit, which must have ended. Calls `done` when it is there, or with what the
   * file system says. Meanwhile more can be applied, for the next commit.
   */
  commit(done: (error: Error | null) => void): void {
    const { ts } = this;
    this.#commits.save(ts, (error) => {
      if (!error) this.saved = ts;
      done(error);
    });
  }

  /** Moves commits that are on disk from the log to SQLite: soon, or now if there are many. */
  settle(): void {
    this.#settlement.soon();
  }

  /** The watchdog interrupted a function, perhaps while it read or made a table. */
  interrupted(): void {
    this.#store.interrupted();
  }

  /** Undoes everything that is not on disk. */
  rollback(): void {
    this.#commits.rollback();
  }

  // --- after a start ---

  /** Moves the earlier log into SQLite, and starts a new log. */
  #begin(): void {
    this.ts = this.found;
    this.clock.reach(Number(this.ts / 1_000_000n));
    this.ts = this.saved = this.nextTs();
    this.#history.forget(this.found);
    this.creationTime = Number(this.ts / 1_000_000n);
    this.#settlement.settle(Infinity, 0);
    if (this.#store.meta("log") === undefined) this.#store.write(true, () => this.#store.setMeta("log", "made"));
    mark(this.#folder);
  }

  /** Whether a start found damage within the last week. A file that no row names may then belong to a lost row. */
  get damagedLately(): boolean {
    return damagedLately(this.#store);
  }

  // --- tables and indexes ---

  /** Changes tables and indexes: all of it or nothing, on disk when this returns. */
  restructure(change: (structure: Structure) => void): void {
    this.#settlement.settle();
    const { catalogVersion } = this;
    this.#store.restructure(() => change(new Structure(this.#store, (table) => this.rows(table))));
    if (this.catalogVersion !== catalogVersion) this.#history.forget(this.ts);
  }

  // --- tables out of sight: see staging.ts ---

  stage(name: string, number: number): Staged {
    let staged: Staged;
    this.#store.write(false, () => (staged = this.#store.staging.add(name, number)));
    return staged!;
  }

  /** Keeps numbers of documents free, and returns the one before the first. */
  reserve(count: number): number {
    this.#lastDocument += count;
    return this.#lastDocument - count;
  }

  /** Fills staged tables from a file that an import's thread has made, in steps of a few ms. */
  load(file: string, ends: Ends): Promise<void> {
    return this.#store.staging.load(file, ends);
  }

  /** Brings what was staged to disk. Blocks nothing. */
  sync(): Promise<void> {
    return this.#store.sync();
  }

  /** Everybody sees the staged tables from now on, and not the dropped ones. Only while everything is on disk and no mutation runs. */
  publish(staged: readonly Staged[], dropped: readonly Table[]): void {
    // The log may hold changes of tables that are to have other indexes: it has to start over.
    this.#settlement.settle(Infinity, 0);
    const ts = this.nextTs();
    this.#store.restructure(() => {
      this.#store.staging.exchange(staged, dropped);
      this.#store.setMeta("ts", String(ts));
    });
    this.ts = this.saved = ts;
    this.#history.forget(ts);
  }

  discard(staged: Staged): void {
    this.#store.staging.discard(staged);
  }

  /** Erases what was replaced or discarded, in steps of a few ms, and calls `removed` with each row of `_files`. */
  erase(removed: (row: string) => void): Promise<void> {
    return this.#store.staging.erase(removed);
  }

  /** The table, created if it is missing. It stays, empty, if the mutation fails. Do not call it inside `restructure`. */
  ensureTable(name: string, component = "", number?: number): Table {
    const known = this.tablesOf(component).get(name);
    if (known) return known;
    let table: Table;
    this.#store.write(true, () => (table = this.#store.directory.addTable(name, component, number)));
    return table!;
  }
}
