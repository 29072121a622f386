// One SQLite file: cached statements, and atomic transactions.
import { once } from "node:events";
import { open } from "node:fs/promises";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { Worker } from "node:worker_threads";

const CHECKPOINT = `
  const { DatabaseSync } = require("node:sqlite");
  new DatabaseSync(require("node:worker_threads").workerData).exec("PRAGMA wal_checkpoint(PASSIVE)");
`;

type Value = string | number | bigint | Uint8Array;

export class Sqlite {
  readonly #db: DatabaseSync;
  readonly #path: string;
  readonly #statements = new Map<string, StatementSync>();
  #reading = false;

  constructor(path: string) {
    this.#db = new DatabaseSync(path);
    this.#path = path;
    // main.ts makes the checkpoints, in another thread; 20,000 pages (80 MB) is for when it cannot keep up.
    this.#db.exec(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 20000;",
    );
    // SQLite overwrites deleted data with zeros.
    this.#db.exec("PRAGMA secure_delete = ON");
  }

  close(): void {
    this.#db.close();
  }

  /** A transaction. With `durable` it is on disk when this returns, else some time later. */
  write(durable: boolean, write: () => void): void {
    this.#endReading();
    if (durable) this.#db.exec("PRAGMA synchronous = FULL");
    try {
      this.run("BEGIN IMMEDIATE");
      write();
      this.run("COMMIT");
    } catch (error) {
      // SQLite has already rolled back by itself after some errors (disk full).
      if (this.#db.isTransaction) this.run("ROLLBACK");
      throw error;
    } finally {
      if (durable) this.#db.exec("PRAGMA synchronous = NORMAL");
    }
  }

  /** Another thread brings what was written to disk, so that the next durable transaction waits for little more than its own. */
  async sync(): Promise<void> {
    const log = await open(`${this.#path}-wal`);
    await log.datasync().finally(() => log.close());
  }

  /** Reads share a transaction until the next write: taking SQLite's locks costs as much as a small read. */
  beginReading(): void {
    if (this.#db.isTransaction) return;
    this.run("BEGIN");
    this.#reading = true;
  }

  /** Empties SQLite's own log, which else keeps pages as they were before they were overwritten; unless somebody reads from it just now. */
  truncate(): void {
    this.#endReading();
    this.#db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  }

  /** Another thread moves SQLite's own log into the file. */
  async checkpoint(): Promise<void> {
    const thread = new Worker(CHECKPOINT, { eval: true, workerData: this.#path, env: {} });
    await once(thread, "exit").catch(() => {}); // what is wrong, a write will say
  }

  attach(path: string, name: string): void {
    this.#endReading();
    this.run(`ATTACH ? AS ${name}`, path);
  }

  /** Statements that know the other file go with it. */
  detach(name: string): void {
    this.#endReading();
    this.#statements.clear();
    this.#db.exec(`DETACH ${name}`);
  }

  #endReading(): void {
    if (this.#reading) this.run("COMMIT");
    this.#reading = false;
  }

  /** Ends whatever transaction an interruption has left open. */
  reset(): void {
    if (this.#db.isTransaction) this.run("ROLLBACK");
    this.#db.exec("PRAGMA synchronous = NORMAL");
    this.#reading = false;
  }

  exec(sql: string): void {
    this.#db.exec(sql);
  }

  run(sql: string, ...values: Value[]) {
    return this.#statement(sql).run(...values);
  }

  get(sql: string, ...values: Value[]): unknown {
    return this.#statement(sql).get(...values);
  }

  all(sql: string, ...values: Value[]): unknown[] {
    return this.#statement(sql).all(...values);
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, (statement = this.#db.prepare(sql)));
    return statement;
  }
}
