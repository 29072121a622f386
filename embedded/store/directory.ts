// Which tables and indexes there are. Changes are made inside a write of SQLite's.
import type { Sqlite } from "./sqlite.ts";
import { type Index, type IndexDefinition, makeIndex, type Table } from "./tables.ts";

const FIRST_USER_TABLE = 10_001;
const FIRST_SYSTEM_TABLE = 513;

/** Names of tables in SQLite: the app's as they are, `component:table` else. */
const SEPARATOR = ":";

export class Directory {
  /** The tables of each component by their names, also of one that is not mounted any more. The app's component is "". */
  spaces = new Map<string, Map<string, Table>>([["", new Map()]]);
  tablesByNumber = new Map<number, Table>();
  /** Rises whenever a table or an index appears or goes. */
  version = 0;
  readonly #sqlite: Sqlite;

  constructor(sqlite: Sqlite) {
    this.#sqlite = sqlite;
  }

  addTable(name: string, component: string, wanted?: number): Table {
    const number = wanted ?? this.freeNumber(name.startsWith("_"));
    const full = component === "" ? name : `${component}${SEPARATOR}${name}`;
    this.#sqlite.run("INSERT INTO tables VALUES (?, ?)", number, full);
    for (const [index, fields] of [
      ["by_id", ["_id"]],
      ["by_creation_time", ["_creationTime"]],
    ] as const) {
      this.#sqlite.run(
        "INSERT INTO indexes (tbl, name, definition) VALUES (?, ?, ?)",
        number,
        index,
        JSON.stringify({ fields }),
      );
    }
    return this.#readTable(number, name, component);
  }

  freeNumber(system = false): number {
    const { top } = this.#sqlite.get(
      `SELECT max(number) AS top FROM tables WHERE number ${system ? "<" : ">="} ${FIRST_USER_TABLE}`,
    ) as { top: number | null };
    return Math.max((top ?? 0) + 1, system ? FIRST_SYSTEM_TABLE : FIRST_USER_TABLE);
  }

  dropIndex(index: Index): void {
    this.#sqlite.run("DELETE FROM entries WHERE ix = ?", index.id);
    this.#sqlite.run("DELETE FROM indexes WHERE id = ?", index.id);
    index.table.indexes.delete(index.name);
    this.version++;
  }

  /** The caller fills it. */
  addIndex(table: Table, name: string, definition: IndexDefinition): Index {
    const { lastInsertRowid } = this.#sqlite.run(
      "INSERT INTO indexes (tbl, name, definition) VALUES (?, ?, ?)",
      table.number,
      name,
      JSON.stringify(definition),
    );
    const index = makeIndex(Number(lastInsertRowid), table, name, definition);
    table.indexes.set(name, index);
    this.version++;
    return index;
  }

  /** As SQLite has it, but for the tables of `Staging`. */
  read(): void {
    this.spaces = new Map([["", new Map()]]);
    this.tablesByNumber = new Map();
    for (const { number, name } of this.#sqlite.all(
      "SELECT number, name FROM tables WHERE number > 0 ORDER BY number",
    ) as {
      number: number;
      name: string;
    }[]) {
      const end = name.lastIndexOf(SEPARATOR);
      this.#readTable(number, name.slice(end + 1), name.slice(0, Math.max(end, 0)));
    }
  }

  #readTable(number: number, name: string, component: string): Table {
    const indexes = new Map<string, Index>();
    const table = { number, name, component, indexes } as Omit<Table, "byId"> & { byId: Index };
    const stored = this.#sqlite.all("SELECT id, name, definition FROM indexes WHERE tbl = ? ORDER BY id", number);
    for (const { id, name, definition } of stored as { id: number; name: string; definition: string }[]) {
      indexes.set(name, makeIndex(id, table, name, JSON.parse(definition) as IndexDefinition));
    }
    table.byId = indexes.get("by_id")!;
    const space = this.spaces.get(component) ?? new Map<string, Table>();
    this.spaces.set(component, space.set(name, table));
    this.tablesByNumber.set(number, table);
    this.version++;
    return table;
  }
}
