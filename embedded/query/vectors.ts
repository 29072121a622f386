// `ctx.vectorSearch`: compares the vector with every row of the table, by cosine similarity.
import type { Catalog } from "../functions/catalog.ts";
import type { Database } from "../store/database.ts";
import { FunctionError } from "../value/errors.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { fieldAt, isUndefined, sortKeys } from "../value/values.ts";

const MAX_RESULTS = 256;

export interface VectorQuery {
  indexName: string;
  limit?: number | null;
  vector: number[];
  expressions: Json;
}

/** The most similar documents first. Raises FunctionError for a wrong index or vector. */
export function searchVectors(
  db: Database,
  catalog: Catalog,
  { indexName, limit, vector, expressions }: VectorQuery,
): { _id: Json; _score: number }[] {
  const [tableName, name] = indexName.split(".") as [string, string];
  const index = catalog.vectorIndex(tableName, name);
  if (index === undefined) throw new FunctionError(`Index ${indexName} not found.`);
  const wanted = limit ?? 10;
  if (!(wanted > 0 && wanted <= MAX_RESULTS))
    throw new FunctionError(`Vector queries can fetch at most ${MAX_RESULTS} results, requested ${wanted}.`);
  if (vector.length !== index.dimensions)
    throw new FunctionError(`Expected a vector with dimensions ${index.dimensions}, received ${vector.length}.`);
  const path = index.vectorField.split(".");
  const table = db.tablesOf(catalog.component).get(tableName);
  const found: { _id: Json; _score: number }[] = [];
  for (const { value } of table ? db.rows(table) : []) {
    const own = fieldAt(value, path);
    if (!Array.isArray(own) || own.length !== vector.length || !passes(value, expressions)) continue;
    found.push({ _id: value._id!, _score: cosine(own as number[], vector) });
  }
  return found.sort((a, b) => b._score - a._score).slice(0, wanted);
}

function cosine(a: number[], b: number[]): number {
  let dot = 0;
  let squareA = 0;
  let squareB = 0;
  for (let i = 0; i < a.length; i++) {
    dot += a[i]! * b[i]!;
    squareA += a[i]! ** 2;
    squareB += b[i]! ** 2;
  }
  return dot === 0 ? 0 : dot / Math.sqrt(squareA * squareB);
}

/** `q.eq(field, value)`, or `q.or` of several. */
function passes(document: JsonObject, expression: Json): boolean {
  if (expression === null || expression === undefined) return true;
  const { $or: some, $eq: pair } = expression as { $or?: Json[]; $eq?: [{ $field: string }, { $literal: Json }] };
  if (some) return some.some((inner) => passes(document, inner));
  if (!pair) return true;
  const value = fieldAt(document, pair[0].$field.split("."));
  const literal = pair[1].$literal;
  return value === undefined || isUndefined(literal)
    ? value === undefined && isUndefined(literal)
    : JSON.stringify(sortKeys(value)) === JSON.stringify(sortKeys(literal));
}
