// Tables of the app out of sight: those that an import fills, and those that it replaced, until they are erased. To exchange two tables is to
// exchange their indexes, whatever they hold. A start erases what a crash left.
import type { Directory } from "./directory.ts";
import type { Sqlite } from "./sqlite.ts";
import { type Index, makeIndex, type Table } from "./tables.ts";

/** Their names in SQLite begin so, then with a number and a space. */
export const ASIDE = "~";
/** The first entries of an index. */
const FIRST = "SELECT key FROM entries WHERE ix = ?1 ORDER BY key LIMIT ?2";
const FIRST_STEP = 32;
const LARGEST_STEP = 2048;
const STEP_MS = 2;
/** Some 10 MB of SQLite's log, or more when much is erased. */
const CHECKPOINT_AFTER_MS = 100;

/** A table that is being filled, as if it had its place already; `aside` is its number until then. */
export interface Staged {
  readonly table: Table;
  readonly aside: number;
}

/** The numbers before the first and of the last document and entry in a file that is loaded. */
export interface Ends {
  documents: readonly [number, number];
  entries: readonly [number, number];
}

export class Staging {
  readonly #sqlite: Sqlite;
  readonly #directory: Directory;
  /** Tables that are nobody's any more. */
  readonly #waste = new Map<number, string>();
  #isErasing = false;
  #isStopped = false;

  constructor(sqlite: Sqlite, directory: Directory) {
    this.#sqlite = sqlite;
    this.#directory = directory;
  }

  get #tables(): ReadonlyMap<string, Table> {
    return this.#directory.spaces.get("")!;
  }

  /** Before the file is closed. */
  stop(): void {
    this.#isStopped = true;
  }

  /** At a start: all there are. */
  read(): void {
    for (const { number, name } of this.#sqlite.all("SELECT number, name FROM tables WHERE number < 0") as {
      number: number;
      name: string;
    }[])
      this.#waste.set(number, name.slice(name.indexOf(" ") + 1));
  }

  /** A table of this name and number, with the indexes that the present one has. Inside a write of SQLite's. */
  add(name: string, number: number): Staged {
    const aside = this.#nextAside();
    this.#sqlite.run("INSERT INTO tables VALUES (?, ?)", aside, `${ASIDE}${-aside} ${name}`);
    const indexes = new Map<string, Index>();
    const table = { number, name, component: "", indexes } as Omit<Table, "byId"> & { byId: Index };
    const definitions = [...(this.#tables.get(name)?.indexes.values() ?? [])].map(
      ({ name, definition }) => [name, definition] as const,
    );
    const own = [
      ["by_id", { fields: ["_id"] }],
      ["by_creation_time", { fields: ["_creationTime"] }],
    ] as const;
    for (const [index, definition] of definitions.length > 0 ? definitions : own) {
      const { lastInsertRowid } = this.#sqlite.run(
        "INSERT INTO indexes (tbl, name, definition) VALUES (?, ?, ?)",
        ...[aside, index, JSON.stringify(definition)],
      );
      indexes.set(index, makeIndex(Number(lastInsertRowid), table, index, definition as Index["definition"]));
    }
    table.byId = indexes.get("by_id")!;
    return { table, aside };
  }

  /** Fills staged tables from a file that an import's thread has made, in steps of a few ms. */
  async load(file: string, ends: Ends): Promise<void> {
    this.#sqlite.attach(file, "loaded");
    try {
      // A document is erased by its entries.
      await this.#copy(
        "INSERT INTO entries SELECT ix, key, doc FROM loaded.entries WHERE at > ? AND at <= ?",
        ends.entries,
      );
      await this.#copy(
        "INSERT INTO documents SELECT n, json FROM loaded.documents WHERE n > ? AND n <= ? AND staged",
        ends.documents,
      );
    } finally {
      this.#sqlite.detach("loaded");
    }
  }

  async #copy(sql: string, [from, end]: readonly [number, number]): Promise<void> {
    let at = from;
    await this.#steps((count) => {
      const last = Math.min(at + count, end);
      this.#sqlite.run(sql, at, last);
      at = last;
      return at < end;
    });
  }

  /** Repeats a write of so many rows, until it is false, and lets the deployment do its other work. */
  async #steps(step: (count: number) => boolean): Promise<void> {
    let busy = 0;
    let count = FIRST_STEP;
    for (let more = true; more; ) {
      const started = performance.now();
      this.#sqlite.write(false, () => (more = step(count)));
      const ms = performance.now() - started;
      busy += ms;
      if (ms > STEP_MS) count = Math.ceil(count / 2);
      else if (ms < STEP_MS / 4 && count < LARGEST_STEP) count *= 2;
      await new Promise((resolve) => setTimeout(resolve, 1));
      if (this.#isStopped) await new Promise(() => {}); // the next start erases what is left
      // Else SQLite's own log would grow until this thread has to move it, and to wait for the disk.
      if (busy < CHECKPOINT_AFTER_MS) continue;
      busy = 0;
      await this.#sqlite.checkpoint();
    }
  }

  /** Nobody wants it any more: `erase` will. */
  discard({ table, aside }: Staged): void {
    this.#waste.set(aside, table.name);
  }

  /**
   * Puts the staged tables in their places, and the tables of these names, and the `dropped` ones, out of sight. Another table that
   * has one of their numbers gets a free one, so it must be empty. Inside a write of SQLite's.
   */
  exchange(staged: readonly Staged[], dropped: readonly Table[]): void {
    const tables = this.#tables;
    const { tablesByNumber } = this.#directory;
    const leaving = new Set([...staged.flatMap(({ table }) => tables.get(table.name) ?? []), ...dropped]);
    const moving = staged
      .map(({ table }) => tablesByNumber.get(table.number))
      .filter((table) => table !== undefined && !leaving.has(table)) as Table[];
    const enforced = new Map(staged.map(({ table }) => [table.number, this.#enforced(tables.get(table.name)?.number)]));
    for (const table of leaving) this.#setAside(table);
    const taken = Math.max(0, ...staged.map(({ table }) => table.number));
    for (const table of moving) this.#renumber(table, taken);
    for (const { table, aside } of staged) {
      this.#sqlite.run("UPDATE tables SET number = ?, name = ? WHERE number = ?", table.number, table.name, aside);
      this.#sqlite.run("UPDATE indexes SET tbl = ? WHERE tbl = ?", table.number, aside);
      this.#enforce(table.number, enforced.get(table.number)!);
    }
    this.#directory.read();
  }

  /** Tables out of sight have negative numbers. */
  #nextAside(): number {
    const { lowest } = this.#sqlite.get("SELECT min(number) AS lowest FROM tables") as { lowest: number };
    return Math.min(lowest, 0) - 1;
  }

  #setAside({ number, name }: Table): void {
    const aside = this.#nextAside();
    this.#sqlite.run(
      "UPDATE tables SET number = ?, name = ? WHERE number = ?",
      aside,
      `${ASIDE}${-aside} ${name}`,
      number,
    );
    this.#sqlite.run("UPDATE indexes SET tbl = ? WHERE tbl = ?", aside, number);
    this.#enforce(number, "");
    this.#waste.set(aside, name);
  }

  #renumber({ number, name }: Table, taken: number): void {
    const free = Math.max(this.#directory.freeNumber(name.startsWith("_")), taken + 1);
    this.#sqlite.run("UPDATE tables SET number = ? WHERE number = ?", free, number);
    this.#sqlite.run("UPDATE indexes SET tbl = ? WHERE tbl = ?", free, number);
    this.#enforce(free, this.#enforced(number));
  }

  #enforced(number = 0): string {
    const row = this.#sqlite.get("SELECT CAST(value AS TEXT) AS value FROM meta WHERE key = ?", `enforced:${number}`);
    return (row as { value: string } | undefined)?.value ?? "";
  }

  #enforce(number: number, validator: string): void {
    this.#sqlite.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", `enforced:${number}`, validator);
  }

  /** Erases what nobody wants, in steps of a few ms, and calls `removed` with each row of `_files`. */
  async erase(removed: (row: string) => void): Promise<void> {
    if (this.#isErasing) return;
    this.#isErasing = true;
    try {
      for (let [first] = this.#waste; first !== undefined; [first] = this.#waste) {
        const [aside, name] = first;
        const all = this.#sqlite.all("SELECT id, name FROM indexes WHERE tbl = ?", aside) as {
          id: number;
          name: string;
        }[];
        // The index in the order of the documents finds them; it goes last.
        const indexes = all.sort(
          (a, b) => Number(a.name === "by_creation_time") - Number(b.name === "by_creation_time"),
        );
        for (const { id, name: index } of indexes) {
          await this.#steps((count) => {
            if (index === "by_creation_time") this.#eraseDocuments(id, count, name === "_files" ? removed : null);
            return (
              Number(this.#sqlite.run(`DELETE FROM entries WHERE ix = ?1 AND key IN (${FIRST})`, id, count).changes) > 0
            );
          });
        }
        this.#sqlite.write(false, () => {
          this.#sqlite.run("DELETE FROM indexes WHERE tbl = ?", aside);
          this.#sqlite.run("DELETE FROM tables WHERE number = ?", aside);
        });
        this.#waste.delete(aside);
      }
    } finally {
      this.#isErasing = false;
    }
  }

  #eraseDocuments(index: number, count: number, removed: ((row: string) => void) | null): void {
    const of = `n IN (${FIRST.replace("key", "doc")})`;
    if (removed)
      for (const { json } of this.#sqlite.all(`SELECT json FROM documents WHERE ${of}`, index, count) as {
        json: string;
      }[])
        removed(json);
    this.#sqlite.run(`DELETE FROM documents WHERE ${of}`, index, count);
  }
}
