// What a transaction reads: the present data, or those of a moment of the last minute.
import type { Clock } from "../ground/clock.ts";
import type { Index, Row, Table } from "./tables.ts";

export interface Readable {
  readonly tablesByNumber: ReadonlyMap<number, Table>;
  readonly clock: Clock;
  /** The newest `_creationTime` in ms. */
  readonly creationTime: number;
  /** The newest commit. */
  readonly ts: bigint;
  /** The tables of a component by their names. */
  tablesOf(component: string): ReadonlyMap<string, Table>;
  get(table: Table, id: string): Row | null;
  /** Rows of an index with lo <= key < hi, at most `limit`. */
  range(index: Index, lo: string, hi: string, descending: boolean, limit: number): Row[];
  count(table: Table): number;
  /** Every row of a table, by id. */
  rows(table: Table): Iterable<Row>;
}
