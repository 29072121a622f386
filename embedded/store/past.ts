// All data as it was at an earlier timestamp.
import type { Clock } from "../ground/clock.ts";
import type { Undone } from "./history.ts";
import type { Readable } from "./readable.ts";
import type { Index, Row, Table } from "./tables.ts";
import type { View } from "./view.ts";

export class Past implements Readable {
  readonly ts: bigint;
  readonly clock: Clock;
  readonly creationTime: number;
  readonly #present: Readable;
  readonly #undone: Undone;
  readonly #view: View;

  constructor(present: Readable, view: View, undone: Undone, ts: bigint) {
    this.#present = present;
    this.#view = view;
    this.#undone = undone;
    this.ts = ts;
    this.clock = present.clock;
    this.creationTime = present.creationTime;
  }

  tablesOf(component: string): ReadonlyMap<string, Table> {
    return this.#present.tablesOf(component);
  }

  get tablesByNumber(): ReadonlyMap<number, Table> {
    return this.#present.tablesByNumber;
  }

  get(table: Table, id: string): Row | null {
    return this.#view.get(table, id);
  }

  range(index: Index, lo: string, hi: string, descending: boolean, limit: number): Row[] {
    return this.#view.range(index, lo, hi, descending, limit);
  }

  count(table: Table): number {
    return this.#present.count(table) + this.#undone.growth(table);
  }

  rows(table: Table): Generator<Row> {
    return this.#view.rows(table);
  }
}
