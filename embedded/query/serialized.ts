// A query in the form in which `ctx.db.query(…)` sends it from the sandbox.
import type { Json } from "../value/json.ts";
import type { RangeExpression } from "./range.ts";

export type SearchExpression =
  | { type: "Search"; fieldPath: string; value: string }
  | { type: "Eq"; fieldPath: string; value: Json };
export type Source =
  | { type: "FullTableScan"; tableName: string; order: "asc" | "desc" | null }
  | { type: "IndexRange"; indexName: string; range: RangeExpression[]; order: "asc" | "desc" | null }
  | { type: "Search"; indexName: string; filters: SearchExpression[] };
export type SerializedQuery = { source: Source; operators: ({ filter: Json } | { limit: number })[] };
