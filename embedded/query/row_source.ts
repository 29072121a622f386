// Rows in the order of a query.
import type { Stored } from "./pending.ts";

export interface RowSource {
  /** The next document and its place in the order. */
  next(): { key: string; row: Stored } | null;
}
