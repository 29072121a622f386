// Which tables and indexes there are, while it changes: see `Database.restructure`.
import type { Store } from "./store.ts";
import { type IndexDefinition, keysOf, type Row, type Table } from "./tables.ts";

export class Structure {
  readonly #store: Store;
  readonly #rows: (table: Table) => Iterable<Row>;

  constructor(store: Store, rows: (table: Table) => Iterable<Row>) {
    this.#store = store;
    this.#rows = rows;
  }

  ensureTable(name: string, component = ""): Table {
    const { directory } = this.#store;
    return directory.spaces.get(component)?.get(name) ?? directory.addTable(name, component);
  }

  /** Makes the table's indexes be exactly these (beside the system ones), filling new ones from the rows. */
  defineIndexes(table: Table, wanted: Map<string, IndexDefinition>): void {
    for (const index of [...table.indexes.values()]) {
      if (index.name === "by_id" || index.name === "by_creation_time") continue;
      if (JSON.stringify(wanted.get(index.name)) !== JSON.stringify(index.definition))
        this.#store.directory.dropIndex(index);
    }
    for (const [name, definition] of wanted) {
      if (table.indexes.has(name)) continue;
      const index = this.#store.directory.addIndex(table, name, definition);
      for (const row of this.#rows(table))
        for (const key of keysOf(index, row.value)) this.#store.addEntry(index, key, row.n);
    }
  }

  /** The validator that every row of the table is known to fit. */
  enforced(table: Table): string {
    return this.#store.meta(`enforced:${table.number}`) ?? "";
  }

  setEnforced(table: Table, validator: string): void {
    this.#store.setMeta(`enforced:${table.number}`, validator);
  }
}
