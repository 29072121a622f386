// Full text search: a posting is an index entry (term, id). Documents with any of the query's words, best first.
import type { Index } from "./database.ts";
import { FunctionError } from "./errors.ts";
import { compareValues, encodeKey, endOf, endOfText } from "./keys.ts";
import type { RowSource, SearchExpression } from "./query.ts";
import type { Stored, Transaction } from "./transaction.ts";
import { fieldAt, isUndefined, type JsonObject } from "./values.ts";

const MAX_QUERY_TERMS = 16;
const MAX_FILTERS = 8;
const MAX_RESULTS = 1024;
const MAX_POSTINGS = 8192;

/** Words of a text as the search index keeps them: lower case, letters and digits, at most 32 bytes. */
export function searchTerms(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => Buffer.byteLength(word) <= 32);
}

/** The last word of the query matches as a prefix. */
export function searchRows(tx: Transaction, index: Index, filters: SearchExpression[]): RowSource {
  if (!("searchField" in index.definition)) {
    throw new FunctionError(`Index ${index.table.name}.${index.name} is not a search index.`);
  }
  const { searchField, filterFields } = index.definition;
  const search = filters.filter((filter) => filter.type === "Search");
  const equals = filters.filter((filter) => filter.type === "Eq");
  if (search.length !== 1 || search[0]!.fieldPath !== searchField) {
    throw new FunctionError(`Search on ${index.table.name}.${index.name} must have exactly one search filter on "${searchField}".`);
  }
  for (const { fieldPath } of equals) {
    if (!filterFields.includes(fieldPath)) {
      throw new FunctionError(`Search index ${index.table.name}.${index.name} cannot filter on "${fieldPath}". Filter fields: [${filterFields.join(", ")}].`);
    }
  }
  if (equals.length > MAX_FILTERS) throw new FunctionError(`A search may have at most ${MAX_FILTERS} filters.`);

  const keep = (document: JsonObject): boolean =>
    equals.every(({ fieldPath, value }) => compareValues(fieldAt(document, fieldPath.split(".")), isUndefined(value) ? undefined : value) === 0);
  const found = score(tx, index, searchTerms(search[0]!.value as string).slice(0, MAX_QUERY_TERMS), keep);
  let at = 0;
  return {
    next() {
      if (at === found.length) return null;
      if (at === MAX_RESULTS) throw new FunctionError(`Search returned too many results (limit: ${MAX_RESULTS}). Use take or paginate.`);
      const row = found[at++]!;
      return { key: String(at).padStart(6, "0"), row };
    },
  };
}

function score(tx: Transaction, index: Index, terms: string[], keep: (document: JsonObject) => boolean): Stored[] {
  const scores = new Map<string, { row: Stored; score: number }>();
  terms.forEach((term, position) => {
    const exact = encodeKey(term);
    const last = position === terms.length - 1;
    // Without its terminator a key is the prefix of all longer words.
    const prefix = exact.slice(0, -1);
    const rows = last ? postings(tx, index, prefix, endOfText(prefix)) : postings(tx, index, exact, endOf(exact));
    const weight = Math.log(1 + MAX_POSTINGS / (rows.length + 1));
    for (const row of rows) {
      if (!keep(row.value)) continue;
      const id = row.value._id as string;
      const entry = scores.get(id) ?? { row, score: 0 };
      entry.score += weight;
      scores.set(id, entry);
    }
  });
  const newest = (row: Stored): number => row.value._creationTime as number;
  return [...scores.values()].sort((a, b) => b.score - a.score || newest(b.row) - newest(a.row)).map(({ row }) => row);
}

function postings(tx: Transaction, index: Index, lo: string, hi: string): Stored[] {
  tx.reads.addRange(index.id, lo, hi);
  const rows: Stored[] = tx.db.range(index, lo, hi, false, MAX_POSTINGS).filter((row) => !tx.isReplaced(row));
  for (let from = lo; tx.hasChanges; ) {
    const pending = tx.nearestPending(index, from, hi, false);
    if (pending === null) break;
    rows.push(pending.row);
    from = `${pending.key}\0`;
  }
  return rows;
}
