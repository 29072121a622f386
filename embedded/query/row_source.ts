// Where a query takes its rows from: a range of an index, or a search.
import type { Stored } from "./pending.ts";

export interface RowSource {
  /** The next document, and its key in the order of the query. */
  next(): { key: string; row: Stored } | null;
}
