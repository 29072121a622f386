// Tables of the app out of sight: those that an import fills, and those that it replaced, until they are erased. To exchange two tables is to
// exchange their indexes, whatever they hold. A start erases what a crash left.
import type { Directory } from "./directory.ts";
import type { Sqlite } from "./sqlite.ts";
import { type Index, makeIndex, type Table } from "./tables.ts";

/** Their names in SQLite begin so, then with a number and a space. */
export const ASIDE = "~";
const AT_ONCE = 16;
const FIRST_STEP = 32;
const LARGEST_STEP = 2048;
const STEP_MS = 2;

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

  constructor(sqlite: Sqlite, directory: Directory) {
    this.#sqlite = sqlite;
    this.#directory = directory;
  }

  get #tables(): ReadonlyMap<string, Table> {
    return this.#directory.spaces.get("")!;
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
    const { lowest } = this.#sqlite.get("SELECT min(number) AS lowest FROM tables") as { lowest: number };
    const aside = Math.min(lowest, 0) - 1;
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
    let count = FIRST_STEP;
    for (let at = from; at < end; ) {
      const last = Math.min(at + count, end);
      const started = performance.now();
      this.#sqlite.write(false, () => void this.#sqlite.run(sql, at, last));
      const ms = performance.now() - started;
      at = last;
      if (ms > STEP_MS) count = Math.ceil(count / 2);
      else if (ms < STEP_MS / 4 && count < LARGEST_STEP) count *= 2;
      await new Promise((resolve) => setTimeout(resolve, 1));
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

  #setAside({ number, name }: Table): void {
    const { lowest } = this.#sqlite.get("SELECT min(number) AS lowest FROM tables") as { lowest: number };
    const aside = Math.min(lowest, 0) - 1;
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

  /**
   * Erases a few documents, and calls `erased` with the text of each and the name that their table had. True if there are more.
   * Inside a write of SQLite's.
   */
  erase(erased: (table: string, text: string) => void): boolean {
    const [first] = this.#waste;
    if (first === undefined) return false;
    const [aside, name] = first;
    const indexes = this.#sqlite.all(
      "SELECT id FROM indexes WHERE tbl = ? ORDER BY name = 'by_creation_time' DESC",
      aside,
    ) as {
      id: number;
    }[];
    for (const [place, { id }] of indexes.entries()) {
      const entries = this.#sqlite.all("SELECT key, doc FROM entries WHERE ix = ? LIMIT ?", id, AT_ONCE) as {
        key: Uint8Array;
        doc: number;
      }[];
      for (const { key, doc } of entries) {
        if (place === 0) {
          const row = this.#sqlite.get("SELECT json FROM documents WHERE n = ?", doc) as { json: string } | undefined;
          if (row) erased(name, row.json);
          this.#sqlite.run("DELETE FROM documents WHERE n = ?", doc);
        }
        this.#sqlite.run("DELETE FROM entries WHERE ix = ? AND key = ?", id, key);
      }
      if (entries.length > 0) return true;
    }
    this.#sqlite.run("DELETE FROM indexes WHERE tbl = ?", aside);
    this.#sqlite.run("DELETE FROM tables WHERE number = ?", aside);
    this.#waste.delete(aside);
    return this.#waste.size > 0;
  }
}
