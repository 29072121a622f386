// `ctx.vectorSearch`: compares the vector with every row of the table, by cosine similarity.
import type { Catalog } from "../functions/catalog.ts";
import type { Database } from "../store/database.ts";
import { displayType } from "../value/display.ts";
import { FunctionError } from "../value/errors.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { fieldAt, isUndefined, sortKeys } from "../value/values.ts";

const DEFAULT_RESULTS = 10;
const MAX_RESULTS = 256;
const MAX_CONDITIONS = 64;

interface Condition {
  field: string;
  value: Json;
}

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
  if (index === undefined) throw unusable(db, indexName);
  const wanted = limit ?? DEFAULT_RESULTS;
  if (!Number.isInteger(wanted)) throw malformed(wanted, "u32");
  if (wanted < 0) throw new FunctionError(`invalid value: integer \`${wanted}\`, expected u32`);
  if (wanted > MAX_RESULTS)
    throw new FunctionError(`Vector queries can fetch at most ${MAX_RESULTS} results, requested ${wanted}.`);
  const odd = vector.find((value) => typeof value !== "number");
  if (odd !== undefined) throw malformed(odd, "f32");
  if (vector.length !== index.dimensions)
    throw new FunctionError(`Expected a vector with dimensions ${index.dimensions}, received ${vector.length}.`);
  const conditions = conditionsOf(expressions);
  checkConditions(indexName, index.filterFields, conditions);
  const path = index.vectorField.split(".");
  const table = db.tablesOf(catalog.component).get(tableName);
  const found: { _id: Json; _score: number }[] = [];
  for (const { value } of table ? db.rows(table) : []) {
    const own = fieldAt(value, path);
    if (!Array.isArray(own) || own.length !== vector.length || !passes(value, conditions)) continue;
    found.push({ _id: value._id!, _score: cosine(own as number[], vector) });
  }
  return found.sort((a, b) => b._score - a._score).slice(0, wanted);
}

/** For an index that there is not, or of which there are no vectors. */
function unusable(db: Database, indexName: string): FunctionError {
  const [table = "", name = ""] = indexName.split(".");
  const known = db.tables.get(table)?.indexes.get(name);
  return new FunctionError(
    known === undefined
      ? `Index ${indexName} not found.`
      : known.definition.staged
        ? `Index ${indexName} is currently staged and not available to query until it is enabled.`
        : `Index ${indexName} is not a vector index`,
  );
}

const malformed = (value: Json, expected: string): FunctionError =>
  new FunctionError(`invalid type: ${displayType(value)}, expected ${expected}`);

/** Raises FunctionError for too many conditions, and for one on a field that the index does not have. */
function checkConditions(indexName: string, filterFields: readonly string[], conditions: readonly Condition[]): void {
  const unknown = conditions.find(({ field }) => !filterFields.includes(field))?.field;
  if (unknown !== undefined)
    throw new FunctionError(
      `Vector query against ${indexName} contains a filter on "${unknown}" but that field isn't indexed for filtering in \`filterFields\`.`,
    );
  const different = new Set(
    conditions.map((condition) => `${condition.field} ${JSON.stringify(sortKeys(condition.value))}`),
  ).size;
  if (different > MAX_CONDITIONS)
    throw new FunctionError(
      `Vector query against ${indexName} has too many conditions. Max: ${MAX_CONDITIONS} Actual: ${different}`,
    );
}

/** Of `q.eq(field, value)`, or of `q.or` of several: one of them must hold. */
function conditionsOf(filter: Json): Condition[] {
  if (filter === null || filter === undefined) return [];
  const { $or: some, $eq: pair } = filter as { $or?: Json[]; $eq?: [{ $field: string }, { $literal: Json }] };
  if (some) return some.flatMap(conditionsOf);
  if (!pair) throw new FunctionError("Filters should be a combination of `q.eq` and `q.or`.");
  const [{ $field: field }, { $literal: value }] = pair;
  if (field === undefined || value === undefined)
    throw new FunctionError("`q.eq` must take a field path as its first argument and a value as its second");
  return [{ field, value }];
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

/** Whether the document meets one of the conditions. */
function passes(document: JsonObject, conditions: readonly Condition[]): boolean {
  return (
    conditions.length === 0 ||
    conditions.some(({ field, value: wanted }) => {
      const value = fieldAt(document, field.split("."));
      return value === undefined || isUndefined(wanted)
        ? value === undefined && isUndefined(wanted)
        : JSON.stringify(sortKeys(value)) === JSON.stringify(sortKeys(wanted));
    })
  );
}
