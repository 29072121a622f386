// What is on disk: documents as wire-form text, and one ordered table of index entries for all indexes.
import { accessSync, constants, mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { StartError } from "./errors.ts";
import { encodeKey, fromBlob, LAST_KEY, toBlob } from "./keys.ts";
import { searchTerms } from "./search.ts";
import { fieldAt, type JsonObject } from "./values.ts";

export const DATA_FILE = "data.sqlite";
const FORMAT = 1;
const FIRST_USER_TABLE = 10_001;
const FIRST_SYSTEM_TABLE = 513;
const REQUEST_KEPT_MS = 14 * 86_400_000;
const BACKFILL = 1000;

export interface Index {
  readonly id: number;
  readonly table: Table;
  readonly name: string;
  readonly definition: IndexDefinition;
  /** Key fields of a database index, split at dots, `_creationTime` included. */
  readonly fields: string[][];
}
export type IndexDefinition = { fields: string[] } | { searchField: string; filterFields: string[] };

export interface Table {
  readonly number: number;
  readonly name: string;
  readonly indexes: Map<string, Index>;
  readonly byId: Index;
}

/** A stored document. `text` is its wire form; `value` is parsed when somebody looks. */
export class Row {
  readonly n: number;
  readonly key: string;
  readonly text: string;
  #value: JsonObject | undefined;

  constructor(n: number, key: string, text: string) {
    this.n = n;
    this.key = key;
    this.text = text;
  }

  get value(): JsonObject {
    return (this.#value ??= JSON.parse(this.text) as JsonObject);
  }
}

/** Keys of a document in an index: one, or one a term in a search index. */
export function keysOf(index: Index, document: JsonObject): string[] {
  if ("searchField" in index.definition) {
    const text = fieldAt(document, index.definition.searchField.split("."));
    if (typeof text !== "string") return [];
    return [...new Set(searchTerms(text))].map((term) => encodeKey(term) + encodeKey(document._id));
  }
  let key = "";
  for (const path of index.fields) key += encodeKey(path.length === 1 ? document[path[0]!] : fieldAt(document, path));
  return [index.name === "by_id" ? key : key + encodeKey(document._id)];
}

export interface Write {
  table: Table;
  before: Row | null;
  after: JsonObject | null;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS tables (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE IF NOT EXISTS indexes (id INTEGER PRIMARY KEY, tbl INTEGER NOT NULL, name TEXT NOT NULL, definition TEXT NOT NULL, UNIQUE (tbl, name));
  CREATE TABLE IF NOT EXISTS documents (n INTEGER PRIMARY KEY, json TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS entries (ix INTEGER NOT NULL, key BLOB NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY (ix, key)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS requests (session TEXT NOT NULL, request INTEGER NOT NULL, ts INTEGER NOT NULL, result TEXT NOT NULL, logs TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (session, request)) WITHOUT ROWID;
`;

type EntryRow = { n: number; key: Uint8Array; json: string };

export class Database {
  tables = new Map<string, Table>();
  tablesByNumber = new Map<number, Table>();
  /** Nanoseconds since the epoch of the newest commit; never repeats, also after a restart with the clock set back. */
  ts = 0n;
  /** Milliseconds: the newest `_creationTime`. Later mutations get later ones, however many run in one millisecond. */
  creationTime = 0;
  /** Rises whenever a table or an index appears or goes. */
  catalogVersion = 0;
  #db: DatabaseSync;
  #lock: DatabaseSync;
  #open = false;
  #statements = new Map<string, StatementSync>();

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
      this.#db = new DatabaseSync(join(folder, DATA_FILE));
      // main.ts makes the checkpoints, in another thread; 20,000 pages (80 MB) is for when it cannot keep up.
      this.#db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32000; PRAGMA wal_autocheckpoint = 20000;");
      this.#prepareFolder(folder);
    } catch (error) {
      if (error instanceof StartError) throw error;
      throw new StartError(`The data folder ${folder} cannot be read: ${(error as Error).message}.`);
    }
  }

  #prepareFolder(folder: string): void {
    const { user_version: version } = this.#db.prepare("PRAGMA user_version").get() as { user_version: number };
    if (version > FORMAT) {
      throw new StartError(`The data folder ${folder} was written by a newer version (format ${version}; this one reads ${FORMAT}).`);
    }
    this.#db.exec(`BEGIN IMMEDIATE; ${SCHEMA} PRAGMA user_version = ${FORMAT};`);
    this.#db.prepare("DELETE FROM requests WHERE at < ?").run(Date.now() - REQUEST_KEPT_MS);
    const stored = this.#get("SELECT CAST(value AS TEXT) AS value FROM meta WHERE key = 'ts'") as { value: string } | undefined;
    this.ts = BigInt(stored?.value ?? 0);
    this.ts = this.nextTs();
    this.creationTime = Number(this.ts / 1_000_000n);
    this.#saveTs();
    this.#db.exec("COMMIT");
    this.#readCatalog();
  }

  // --- transactions: one SQLite transaction holds all mutations of one turn, so that they share an fsync ---

  get writing(): boolean {
    return this.#open;
  }

  begin(): void {
    if (this.#open) return;
    this.#run("BEGIN IMMEDIATE");
    this.#open = true;
  }

  /** Returns when everything is on disk. */
  commit(): void {
    if (!this.#open) return;
    this.#saveTs();
    this.#run("COMMIT");
    this.#open = false;
  }

  rollback(): void {
    if (!this.#open) return;
    this.#open = false;
    // SQLite has already rolled back by itself after some errors (disk full): then there is nothing to do.
    if (this.#db.isTransaction) this.#run("ROLLBACK");
    this.#readCatalog();
  }

  nextTs(): bigint {
    const now = BigInt(Date.now()) * 1_000_000n;
    return now > this.ts ? now : this.ts + 1n;
  }

  #saveTs(): void {
    this.#run("INSERT INTO meta VALUES ('ts', ?) ON CONFLICT DO UPDATE SET value = excluded.value", this.ts);
  }

  close(): void {
    this.#db.close();
    this.#lock.close();
  }

  // --- reading ---

  get(table: Table, id: string): Row | null {
    const row = this.#get(
      "SELECT d.n, d.json FROM entries e JOIN documents d ON d.n = e.doc WHERE e.ix = ? AND e.key = ?",
      table.byId.id,
      toBlob(encodeKey(id)),
    ) as { n: number; json: string } | undefined;
    return row ? new Row(row.n, "", row.json) : null;
  }

  /** Rows of an index with lo <= key < hi, at most `limit`. */
  range(index: Index, lo: string, hi: string, descending: boolean, limit: number): Row[] {
    if (lo >= hi) return [];
    const rows = this.#statement(
      `SELECT d.n, e.key, d.json FROM entries e JOIN documents d ON d.n = e.doc WHERE e.ix = ? AND e.key >= ? AND e.key < ? ORDER BY e.key ${descending ? "DESC" : "ASC"} LIMIT ?`,
    ).all(index.id, toBlob(lo), toBlob(hi), limit) as unknown as EntryRow[];
    return rows.map((row) => new Row(row.n, fromBlob(row.key), row.json));
  }

  count(table: Table): number {
    return (this.#get("SELECT count(*) AS n FROM entries WHERE ix = ?", table.byId.id) as { n: number }).n;
  }

  // --- writing, inside begin() … commit() ---

  apply(writes: Iterable<Write>): void {
    for (const write of writes) {
      if (write.after === null) this.#delete(write.table, write.before!);
      else if (write.before === null) this.#insert(write.table, write.after);
      else this.#update(write.table, write.before, write.after);
    }
  }

  #insert(table: Table, document: JsonObject): void {
    const { lastInsertRowid: n } = this.#run("INSERT INTO documents (json) VALUES (?)", JSON.stringify(document));
    for (const index of table.indexes.values()) {
      for (const key of keysOf(index, document)) this.#addEntry(index, key, n);
    }
  }

  #update(table: Table, before: Row, document: JsonObject): void {
    this.#run("UPDATE documents SET json = ? WHERE n = ?", JSON.stringify(document), before.n);
    for (const index of table.indexes.values()) {
      const old = keysOf(index, before.value);
      const next = keysOf(index, document);
      if (old.length === 1 && next.length === 1 && old[0] === next[0]) continue;
      for (const key of old) if (!next.includes(key)) this.#removeEntry(index, key);
      for (const key of next) if (!old.includes(key)) this.#addEntry(index, key, before.n);
    }
  }

  #delete(table: Table, before: Row): void {
    this.#run("DELETE FROM documents WHERE n = ?", before.n);
    for (const index of table.indexes.values()) {
      for (const key of keysOf(index, before.value)) this.#removeEntry(index, key);
    }
  }

  #addEntry(index: Index, key: string, n: number | bigint): void {
    this.#run("INSERT INTO entries VALUES (?, ?, ?)", index.id, toBlob(key), n);
  }

  #removeEntry(index: Index, key: string): void {
    this.#run("DELETE FROM entries WHERE ix = ? AND key = ?", index.id, toBlob(key));
  }

  /** What the request answered if it was committed before. */
  answered(session: string, request: number): { ts: bigint; result: string; logs: string } | undefined {
    const row = this.#get("SELECT CAST(ts AS TEXT) AS ts, result, logs FROM requests WHERE session = ? AND request = ?", session, request) as { ts: string; result: string; logs: string } | undefined;
    return row && { ...row, ts: BigInt(row.ts) };
  }

  recordAnswer(session: string, request: number, ts: bigint, result: string, logs: string): void {
    this.#run("INSERT INTO requests VALUES (?, ?, ?, ?, ?, ?)", session, request, ts, result, logs, Date.now());
  }

  // --- tables and indexes ---

  /** The table, made if it is new. Raises nothing; needs begin(). */
  ensureTable(name: string): Table {
    const known = this.tables.get(name);
    if (known) return known;
    const first = name.startsWith("_") ? FIRST_SYSTEM_TABLE : FIRST_USER_TABLE;
    const range = name.startsWith("_") ? "< 10001" : ">= 10001";
    const { top } = this.#get(`SELECT coalesce(max(number) + 1, ${first}) AS top FROM tables WHERE number ${range}`) as { top: number };
    this.begin();
    this.#run("INSERT INTO tables VALUES (?, ?)", top, name);
    for (const [index, fields] of [["by_id", ["_id"]], ["by_creation_time", ["_creationTime"]]] as const) {
      this.#run("INSERT INTO indexes (tbl, name, definition) VALUES (?, ?, ?)", top, index, JSON.stringify({ fields }));
    }
    return this.#readTable(top, name);
  }

  /** Makes the table's indexes be exactly these (beside the system ones), filling new ones from the rows. Needs begin(). */
  defineIndexes(table: Table, wanted: Map<string, IndexDefinition>): void {
    for (const index of [...table.indexes.values()]) {
      if (index.name === "by_id" || index.name === "by_creation_time") continue;
      if (JSON.stringify(wanted.get(index.name)) === JSON.stringify(index.definition)) continue;
      this.#run("DELETE FROM entries WHERE ix = ?", index.id);
      this.#run("DELETE FROM indexes WHERE id = ?", index.id);
      table.indexes.delete(index.name);
    }
    for (const [name, definition] of wanted) {
      if (table.indexes.has(name)) continue;
      const { lastInsertRowid } = this.#run("INSERT INTO indexes (tbl, name, definition) VALUES (?, ?, ?)", table.number, name, JSON.stringify(definition));
      const index = makeIndex(Number(lastInsertRowid), table, name, definition);
      for (const row of this.rows(table)) for (const key of keysOf(index, row.value)) this.#addEntry(index, key, row.n);
      table.indexes.set(name, index);
    }
    this.catalogVersion++;
  }

  /** The validator that every row of the table is known to fit. */
  enforced(table: Table): string {
    const row = this.#get("SELECT value FROM meta WHERE key = ?", `enforced:${table.number}`) as { value: string } | undefined;
    return row?.value ?? "";
  }

  setEnforced(table: Table, validator: string): void {
    this.#run("INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", `enforced:${table.number}`, validator);
  }

  /** Every row of a table, in batches, by id. */
  *rows(table: Table): Generator<Row> {
    for (let from = ""; ; ) {
      const batch = this.range(table.byId, from, LAST_KEY, false, BACKFILL);
      yield* batch;
      if (batch.length < BACKFILL) return;
      from = batch.at(-1)!.key + "\0";
    }
  }

  #readCatalog(): void {
    this.tables = new Map();
    this.tablesByNumber = new Map();
    for (const row of this.#statement("SELECT number, name FROM tables").all() as { number: number; name: string }[]) {
      this.#readTable(row.number, row.name);
    }
  }

  #readTable(number: number, name: string): Table {
    const indexes = new Map<string, Index>();
    const table = { number, name, indexes } as { number: number; name: string; indexes: typeof indexes; byId: Index };
    const stored = this.#statement("SELECT id, name, definition FROM indexes WHERE tbl = ? ORDER BY id").all(number);
    for (const { id, name, definition } of stored as { id: number; name: string; definition: string }[]) {
      indexes.set(name, makeIndex(id, table, name, JSON.parse(definition) as IndexDefinition));
    }
    table.byId = indexes.get("by_id")!;
    this.tables.set(name, table);
    this.tablesByNumber.set(number, table);
    this.catalogVersion++;
    return table;
  }

  // --- statements are prepared once ---

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, (statement = this.#db.prepare(sql)));
    return statement;
  }

  #run(sql: string, ...values: (string | number | bigint | Uint8Array)[]) {
    return this.#statement(sql).run(...values);
  }

  #get(sql: string, ...values: (string | number | bigint | Uint8Array)[]): unknown {
    return this.#statement(sql).get(...values);
  }
}

function makeIndex(id: number, table: Table, name: string, definition: IndexDefinition): Index {
  const names = "fields" in definition ? definition.fields : [];
  const full = name === "by_id" || name === "by_creation_time" || names.length === 0 ? names : [...names, "_creationTime"];
  return { id, table, name, definition, fields: full.map((field) => field.split(".")) };
}

/** Holds the folder until this process ends, however it ends: the kernel drops SQLite's lock with the process. */
function lock(folder: string): DatabaseSync {
  try {
    const lock = new DatabaseSync(join(folder, "lock.sqlite"), { timeout: 0 });
    lock.exec("PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE; CREATE TABLE IF NOT EXISTS lock (pid);");
    return lock;
  } catch (error) {
    if (/locked|busy/.test((error as Error).message)) {
      throw new StartError(`The data folder ${folder} is in use by another running deployment.`);
    }
    throw new StartError(`The data folder ${folder} cannot be locked: ${(error as Error).message}.`);
  }
}
