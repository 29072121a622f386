// `ctx.db.query(…)`: runs a serialised query as a stream of documents.

import type { Index, Table } from "../store/tables.ts";
import { FunctionError } from "../value/errors.ts";
import type { JsonObject } from "../value/json.ts";
import { LAST_KEY } from "../value/keys.ts";
import { LIMITS } from "../value/values.ts";
import { compileFilter } from "./filter.ts";
import type { Stored } from "./pending.ts";
import { indexRange } from "./range.ts";
import type { RowSource } from "./row_source.ts";
import { Scan } from "./scan.ts";
import { searchRows } from "./search.ts";
import type { SerializedQuery, Source } from "./serialized.ts";
import type { Transaction } from "./transaction.ts";

const BATCH = 128;

/** Keys after `from`, up to and including `to`, in the order of the query. */
type Bounds = { from?: string | undefined; to?: string | undefined };
type Budget = { rows: number; bytes: number };
const UNLIMITED: Budget = { rows: Infinity, bytes: Infinity };
type Operator = { keep: (document: JsonObject) => boolean } | { left: number };

/** The documents that pass the operators of a query, in its order. */
export class Stream {
  readonly #tx: Transaction;
  readonly #source: RowSource;
  readonly #operators: Operator[];
  rowsRead = 0;
  bytesRead = 0;
  /** The key of the last row taken from the source, whether a filter kept it or not. */
  lastKey = "";
  readonly #budget: Budget;

  /** The stream stops, and is `spent`, once it has read its budget. Rows that a filter drops count too. */
  constructor(tx: Transaction, query: SerializedQuery, bounds: Bounds = {}, batch = BATCH, budget: Budget = UNLIMITED) {
    if (query.operators.length > LIMITS.filterOperators) {
      throw new FunctionError(`Can't construct query with more than ${LIMITS.filterOperators} operators`);
    }
    this.#tx = tx;
    this.#budget = budget;
    this.#operators = query.operators.map((operator) =>
      "filter" in operator ? { keep: compileFilter(operator.filter) } : { left: operator.limit },
    );
    const only = this.#operators[0];
    this.#source = openSource(tx, query.source, bounds, only && "left" in only ? only.left : batch);
  }

  get spent(): boolean {
    return this.rowsRead >= this.#budget.rows || this.bytesRead >= this.#budget.bytes;
  }

  next(): Stored | null {
    pull: for (;;) {
      if (this.spent) return null;
      for (const operator of this.#operators) if ("left" in operator && operator.left <= 0) return null;
      const found = this.#source.next();
      if (found === null) return null;
      this.lastKey = found.key;
      this.rowsRead++;
      this.bytesRead += found.row.text.length;
      this.#tx.countRead(found.row);
      for (const operator of this.#operators) {
        if ("keep" in operator) {
          if (!operator.keep(found.row.value)) continue pull;
        } else operator.left--;
      }
      return found.row;
    }
  }
}

function openSource(tx: Transaction, source: Source, bounds: Bounds, batch: number): RowSource {
  if (source.type === "Search") {
    const index = findIndex(tx.tables, source.indexName);
    return index ? clipped(searchRows(tx, index, source.filters), bounds) : NOTHING;
  }
  const name = source.type === "FullTableScan" ? `${source.tableName}.by_creation_time` : source.indexName;
  const index = findIndex(tx.tables, name);
  if (index === null) return NOTHING;
  if (!("fields" in index.definition)) throw new FunctionError(`Index ${name} is not a database index`);
  const range = source.type === "FullTableScan" ? { lo: "", hi: LAST_KEY } : indexRange(index, source.range);
  const descending = source.order === "desc";
  const { from, to } = bounds;
  if (from !== undefined) descending ? (range.hi = min(range.hi, from)) : (range.lo = max(range.lo, `${from}\0`));
  if (to !== undefined) descending ? (range.lo = max(range.lo, to)) : (range.hi = min(range.hi, `${to}\0`));
  return new Scan(tx, index, range.lo, range.hi, descending, Math.max(1, Math.min(batch, BATCH)));
}

const NOTHING: RowSource = { next: () => null };

/** Search results are ordered by rank, so a page of them is a range of ranks. */
function clipped(source: RowSource, { from, to }: Bounds): RowSource {
  return {
    next() {
      for (;;) {
        const found = source.next();
        if (found === null || (to !== undefined && found.key > to)) return null;
        if (from === undefined || found.key > from) return found;
      }
    },
  };
}
const min = (a: string, b: string): string => (a < b ? a : b);
const max = (a: string, b: string): string => (a > b ? a : b);

/** Null if the table does not exist yet: then it has no documents. */
function findIndex(tables: ReadonlyMap<string, Table>, name: string): Index | null {
  const dot = name.indexOf(".");
  const table = tables.get(name.slice(0, dot));
  const indexName = name.slice(dot + 1);
  const index = table?.indexes.get(indexName);
  if (!index && (table || (indexName !== "by_creation_time" && indexName !== "by_id"))) {
    throw new FunctionError(`Index ${name} not found.`);
  }
  if (index?.definition.staged)
    throw new FunctionError(`Index ${name} is currently staged and not available to query until it is enabled.`);
  return index ?? null;
}
