// SQLite: documents as wire-form text, and one ordered table of index entries for all indexes.
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { StartError } from "./errors.ts";
import { fromBlob, toBlob } from "./keys.ts";
import type { Dirty } from "./overlay.ts";
import { makeIndex, Row, type Index, type IndexDefinition, type Table } from "./tables.ts";

export const DATA_FILE = "data.sqlite";
/** 1 had no log beside it. */
const FORMAT = 2;
const FIRST_USER_TABLE = 10_001;
const FIRST_SYSTEM_TABLE = 513;
const REQUEST_KEPT_MS = 14 * 86_400_000;
const CACHED_CHARACTERS = 16 << 20;
const CACHED_ROWS = 8;

/** What a mutation's request was answered, for when it is repeated. */
export interface Answer {
  session: string;
  request: number;
  ts: bigint;
  result: string;
  logs: string;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS tables (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE IF NOT EXISTS indexes (id INTEGER PRIMARY KEY, tbl INTEGER NOT NULL, name TEXT NOT NULL, definition TEXT NOT NULL, UNIQUE (tbl, name));
  CREATE TABLE IF NOT EXISTS documents (n INTEGER PRIMARY KEY, json TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS entries (ix INTEGER NOT NULL, key BLOB NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY (ix, key)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS requests (session TEXT NOT NULL, request INTEGER NOT NULL, ts INTEGER NOT NULL, result TEXT NOT NULL, logs TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (session, request)) WITHOUT ROWID;
`;

export class Store {
  tables = new Map<string, Table>();
  tablesByNumber = new Map<number, Table>();
  /** Rises whenever a table or an index appears or goes. */
  catalogVersion = 0;
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #reading = false;
  /** Small ranges as SQLite has them, by index. */
  readonly #cache = new Map<number, Map<string, Row[]>>();
  #cachedCharacters = 0; // since the cache was last emptied, whatever went since

  /** Raises StartError if the file is of a newer version, and SQLite's errors. */
  constructor(folder: string) {
    this.#db = new DatabaseSync(join(folder, DATA_FILE));
    // main.ts makes the checkpoints, in another thread; 20,000 pages (80 MB) is for when it cannot keep up.
    this.#db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 20000;");
    const { user_version: version } = this.#db.prepare("PRAGMA user_version").get() as { user_version: number };
    if (version > FORMAT) {
      throw new StartError(`The data folder ${folder} was written by a newer version (format ${version}; this one reads ${FORMAT}).`);
    }
    this.write(true, () => {
      this.#db.exec(`${SCHEMA} PRAGMA user_version = ${FORMAT};`);
      this.#run("DELETE FROM requests WHERE at < ?", Date.now() - REQUEST_KEPT_MS);
    });
    this.readCatalog();
  }

  close(): void {
    this.#db.close();
  }

  /** All of it or nothing. With `durable` it is on disk when this returns, else at some later time. */
  write(durable: boolean, write: () => void): void {
    this.#endReading();
    if (durable) this.#db.exec("PRAGMA synchronous = FULL");
    try {
      this.#run("BEGIN IMMEDIATE");
      write();
      this.#run("COMMIT");
    } catch (error) {
      // SQLite has already rolled back by itself after some errors (disk full).
      if (this.#db.isTransaction) this.#run("ROLLBACK");
      throw error;
    } finally {
      if (durable) this.#db.exec("PRAGMA synchronous = NORMAL");
    }
  }

  /** Reads share a transaction until the next write: taking SQLite's locks costs as much as a small read. */
  #beginReading(): void {
    if (this.#db.isTransaction) return;
    this.#run("BEGIN");
    this.#reading = true;
  }

  #endReading(): void {
    if (this.#reading) this.#run("COMMIT");
    this.#reading = false;
  }

  // --- documents and index entries ---

  /** Rows of an index with lo <= key < hi, at most `limit`. */
  range(index: Index, lo: string, hi: string, descending: boolean, limit: number): Row[] {
    let cached = this.#cache.get(index.id);
    const question = `${limit}${descending ? "<" : ">"}${lo.length} ${lo}${hi}`;
    const known = cached?.get(question);
    if (known) return known;
    this.#beginReading();
    const found = this.#statement(
      `SELECT d.n, e.key, d.json FROM entries e JOIN documents d ON d.n = e.doc WHERE e.ix = ? AND e.key >= ? AND e.key < ? ORDER BY e.key ${descending ? "DESC" : "ASC"} LIMIT ?`,
    ).all(index.id, toBlob(lo), toBlob(hi), limit) as unknown as { n: number; key: Uint8Array; json: string }[];
    let size = question.length + 64;
    const rows = found.map(({ n, key, json }) => {
      size += json.length + key.length + 128;
      return new Row(n, fromBlob(key), json);
    });
    if (rows.length > CACHED_ROWS) return rows;
    if ((this.#cachedCharacters += size) > CACHED_CHARACTERS) {
      this.#cache.clear();
      this.#cachedCharacters = size;
      cached = undefined;
    }
    if (!cached) this.#cache.set(index.id, (cached = new Map()));
    cached.set(question, rows);
    return rows;
  }

  /** The text of document `n`, for the recovery. */
  document(n: number): string | undefined {
    return (this.#get("SELECT json FROM documents WHERE n = ?", n) as { json: string } | undefined)?.json;
  }

  get lastDocument(): number {
    return (this.#get("SELECT coalesce(max(n), 0) AS n FROM documents") as { n: number }).n;
  }

  count(table: Table): number {
    return (this.#get("SELECT count(*) AS n FROM entries WHERE ix = ?", table.byId.id) as { n: number }).n;
  }

  /** Writes documents and answers as they are now. */
  settle(documents: readonly Dirty[], answers: readonly Answer[], durable: boolean, meta: Record<string, string>): void {
    this.write(durable, () => {
      for (const dirty of documents) this.#settle(dirty);
      for (const { session, request, ts, result, logs } of answers) {
        this.#run("INSERT OR IGNORE INTO requests VALUES (?, ?, ?, ?, ?, ?)", session, request, ts, result, logs, Date.now());
      }
      for (const [key, value] of Object.entries(meta)) this.setMeta(key, value);
    });
  }

  #settle({ n, text, isStored, storedKeys, keys }: Dirty): void {
    if (text === null) this.#run("DELETE FROM documents WHERE n = ?", n);
    else if (isStored) this.#run("UPDATE documents SET json = ? WHERE n = ?", text, n);
    else this.#run("INSERT INTO documents VALUES (?, ?)", n, text);
    for (const { index, after } of keys) {
      this.#cache.delete(index.id);
      const stored = storedKeys.get(index.id) ?? [];
      for (const key of stored) if (!after.includes(key)) this.#run("DELETE FROM entries WHERE ix = ? AND key = ?", index.id, toBlob(key));
      for (const key of after) if (!stored.includes(key)) this.addEntry(index, key, n);
    }
  }

  addEntry(index: Index, key: string, n: number): void {
    this.#run("INSERT INTO entries VALUES (?, ?, ?)", index.id, toBlob(key), n);
  }

  // --- what else is kept ---

  meta(key: string): string | undefined {
    return (this.#get("SELECT CAST(value AS TEXT) AS value FROM meta WHERE key = ?", key) as { value: string } | undefined)?.value;
  }

  /** Inside `write`. */
  setMeta(key: string, value: string): void {
    this.#run("INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", key, value);
  }

  answer(session: string, request: number): Answer | undefined {
    this.#beginReading();
    const row = this.#get("SELECT CAST(ts AS TEXT) AS ts, result, logs FROM requests WHERE session = ? AND request = ?", session, request) as { ts: string; result: string; logs: string } | undefined;
    return row && { session, request, ...row, ts: BigInt(row.ts) };
  }

  // --- tables and indexes, inside `write` ---

  addTable(name: string, wanted?: number): Table {
    const system = name.startsWith("_");
    const { top } = this.#get(`SELECT max(number) AS top FROM tables WHERE number ${system ? "<" : ">="} ${FIRST_USER_TABLE}`) as { top: number | null };
    const number = wanted ?? (top === null ? (system ? FIRST_SYSTEM_TABLE : FIRST_USER_TABLE) : top + 1);
    this.#run("INSERT INTO tables VALUES (?, ?)", number, name);
    for (const [index, fields] of [["by_id", ["_id"]], ["by_creation_time", ["_creationTime"]]] as const) {
      this.#run("INSERT INTO indexes (tbl, name, definition) VALUES (?, ?, ?)", number, index, JSON.stringify({ fields }));
    }
    return this.#readTable(number, name);
  }

  dropIndex(index: Index): void {
    this.#cache.delete(index.id);
    this.#run("DELETE FROM entries WHERE ix = ?", index.id);
    this.#run("DELETE FROM indexes WHERE id = ?", index.id);
    index.table.indexes.delete(index.name);
    this.catalogVersion++;
  }

  /** The caller fills it. */
  addIndex(table: Table, name: string, definition: IndexDefinition): Index {
    const { lastInsertRowid } = this.#run("INSERT INTO indexes (tbl, name, definition) VALUES (?, ?, ?)", table.number, name, JSON.stringify(definition));
    const index = makeIndex(Number(lastInsertRowid), table, name, definition);
    table.indexes.set(name, index);
    this.catalogVersion++;
    return index;
  }

  readCatalog(): void {
    this.#cache.clear();
    this.tables = new Map();
    this.tablesByNumber = new Map();
    for (const { number, name } of this.#statement("SELECT number, name FROM tables ORDER BY number").all() as { number: number; name: string }[]) {
      this.#readTable(number, name);
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
