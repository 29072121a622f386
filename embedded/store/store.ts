// SQLite: documents as wire-form text, and one ordered table of index entries for all indexes.
import { join } from "node:path";
import { StartError } from "../value/errors.ts";
import { fromBlob, toBlob } from "../value/keys.ts";
import { Directory } from "./directory.ts";
import type { Answer, Dirty } from "./overlay.ts";
import { Ranges } from "./ranges.ts";
import { Sqlite } from "./sqlite.ts";
import { Staging } from "./staging.ts";
import { type Index, Row, type Table } from "./tables.ts";

export const DATA_FILE = "data.sqlite";
/** 1 had no log beside it. */
const FORMAT = 2;
const REQUEST_KEPT_MS = 14 * 86_400_000;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS tables (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE IF NOT EXISTS indexes (id INTEGER PRIMARY KEY, tbl INTEGER NOT NULL, name TEXT NOT NULL, definition TEXT NOT NULL, UNIQUE (tbl, name));
  CREATE TABLE IF NOT EXISTS documents (n INTEGER PRIMARY KEY, json TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS entries (ix INTEGER NOT NULL, key BLOB NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY (ix, key)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS requests (session TEXT NOT NULL, request INTEGER NOT NULL, ts INTEGER NOT NULL, result TEXT NOT NULL, logs TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (session, request)) WITHOUT ROWID;
`;

export class Store {
  readonly directory: Directory;
  readonly staging: Staging;
  readonly #sqlite: Sqlite;
  readonly #ranges = new Ranges();

  /** Raises StartError if the file is of a newer version, and SQLite's errors. */
  constructor(folder: string) {
    this.#sqlite = new Sqlite(join(folder, DATA_FILE));
    this.directory = new Directory(this.#sqlite);
    this.staging = new Staging(this.#sqlite, this.directory);
    const { user_version: version } = this.#sqlite.get("PRAGMA user_version") as { user_version: number };
    if (version > FORMAT) {
      throw new StartError(
        `The data folder ${folder} was written by a newer version (format ${version}; this one reads ${FORMAT}).`,
      );
    }
    this.write(true, () => {
      this.#sqlite.exec(`${SCHEMA} PRAGMA user_version = ${FORMAT};`);
      this.#sqlite.run("DELETE FROM requests WHERE at < ?", Date.now() - REQUEST_KEPT_MS);
    });
    this.directory.read();
    this.staging.read();
  }

  close(): void {
    this.staging.stop();
    this.#sqlite.close();
  }

  /** All of it or nothing. With `durable` it is on disk when this returns, else at some later time. */
  write(durable: boolean, write: () => void): void {
    this.#sqlite.write(durable, write);
  }

  /** Resolves when what was written so far is on disk. Blocks nothing. */
  sync(): Promise<void> {
    return this.#sqlite.sync();
  }

  truncate(): void {
    this.#sqlite.truncate();
  }

  /** Changes tables and indexes: all of it or nothing, on disk when this returns. */
  restructure(change: () => void): void {
    try {
      this.write(true, change);
    } catch (error) {
      this.directory.read();
      throw error;
    } finally {
      this.#ranges.clear();
    }
  }

  /** A read or a new table was cut off in the middle: there is no transaction any more, and nothing is known by heart. */
  interrupted(): void {
    this.#sqlite.reset();
    this.#ranges.clear();
    this.directory.read();
  }

  // --- documents and index entries ---

  /** Rows of an index with lo <= key < hi, at most `limit`. */
  range(index: Index, lo: string, hi: string, descending: boolean, limit: number): Row[] {
    const known = this.#ranges.find(index, lo, hi, descending, limit);
    if (known) return known;
    this.#sqlite.beginReading();
    const found = this.#sqlite.all(
      `SELECT d.n, e.key, d.json FROM entries e JOIN documents d ON d.n = e.doc WHERE e.ix = ? AND e.key >= ? AND e.key < ? ORDER BY e.key ${descending ? "DESC" : "ASC"} LIMIT ?`,
      ...[index.id, toBlob(lo), toBlob(hi), limit],
    ) as { n: number; key: Uint8Array; json: string }[];
    const rows = found.map(({ n, key, json }) => new Row(n, fromBlob(key), json));
    this.#ranges.add(index, lo, hi, descending, limit, rows);
    return rows;
  }

  /** The text of document `n`, for the recovery. */
  document(n: number): string | undefined {
    return (this.#sqlite.get("SELECT json FROM documents WHERE n = ?", n) as { json: string } | undefined)?.json;
  }

  get lastDocument(): number {
    return (this.#sqlite.get("SELECT coalesce(max(n), 0) AS n FROM documents") as { n: number }).n;
  }

  count(table: Table): number {
    return (this.#sqlite.get("SELECT count(*) AS n FROM entries WHERE ix = ?", table.byId.id) as { n: number }).n;
  }

  /** Writes documents and answers as they are now. */
  settle(
    documents: readonly Dirty[],
    answers: readonly Answer[],
    durable: boolean,
    meta: Record<string, string>,
  ): void {
    this.write(durable, () => {
      for (const dirty of documents) this.#settle(dirty);
      for (const { session, request, ts, result, logs } of answers) {
        this.#sqlite.run(
          "INSERT OR IGNORE INTO requests VALUES (?, ?, ?, ?, ?, ?)",
          session,
          request,
          ts,
          result,
          logs,
          Date.now(),
        );
      }
      for (const [key, value] of Object.entries(meta)) this.setMeta(key, value);
    });
    for (const { n, text, storedKeys, keys } of documents)
      for (const { index, after } of keys) this.#ranges.update(index, n, text, storedKeys.get(index.id) ?? [], after);
  }

  #settle({ n, text, isStored, storedKeys, keys }: Dirty): void {
    if (text === null) this.#sqlite.run("DELETE FROM documents WHERE n = ?", n);
    else if (isStored) this.#sqlite.run("UPDATE documents SET json = ? WHERE n = ?", text, n);
    else this.#sqlite.run("INSERT INTO documents VALUES (?, ?)", n, text);
    for (const { index, after } of keys) {
      const stored = storedKeys.get(index.id) ?? [];
      for (const key of stored)
        if (!after.includes(key))
          this.#sqlite.run("DELETE FROM entries WHERE ix = ? AND key = ?", index.id, toBlob(key));
      for (const key of after) if (!stored.includes(key)) this.addEntry(index, key, n);
    }
  }

  addEntry(index: Index, key: string, n: number): void {
    this.#sqlite.run("INSERT INTO entries VALUES (?, ?, ?)", index.id, toBlob(key), n);
  }

  // --- what else is kept ---

  meta(key: string): string | undefined {
    return (
      this.#sqlite.get("SELECT CAST(value AS TEXT) AS value FROM meta WHERE key = ?", key) as
        | { value: string }
        | undefined
    )?.value;
  }

  /** Inside `write`. */
  setMeta(key: string, value: string): void {
    this.#sqlite.run("INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", key, value);
  }

  answer(session: string, request: number): Answer | undefined {
    this.#sqlite.beginReading();
    const row = this.#sqlite.get(
      "SELECT CAST(ts AS TEXT) AS ts, result, logs FROM requests WHERE session = ? AND request = ?",
      session,
      request,
    ) as { ts: string; result: string; logs: string } | undefined;
    return row && { session, request, ...row, ts: BigInt(row.ts) };
  }
}
