// Full text search: finds documents with any of the query's words, best first. A posting is an index entry (term, id), and
// one (value of the first filter field, term, id): a search with that filter looks at no other documents.

import { type Index, narrowed } from "../store/tables.ts";
import { mustBeText } from "../value/arguments.ts";
import { FunctionError } from "../value/errors.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { compareValues, encodeKey, endOf, endOfText } from "../value/keys.ts";
import { searchTerms } from "../value/terms.ts";
import { fieldAt, isUndefined } from "../value/values.ts";
import type { Stored } from "./pending.ts";
import type { RowSource } from "./row_source.ts";
import type { SearchExpression } from "./serialized.ts";
import type { Transaction } from "./transaction.ts";

const MAX_QUERY_TERMS = 16;
const MAX_FILTERS = 8;
const MAX_RESULTS = 1024;
const MAX_POSTINGS = 2048;
/** The usual constants of BM25, a formula that ranks texts. */
const K1 = 1.2;
const B = 0.75;

/** The last word of the query matches as a prefix. */
export function searchRows(tx: Transaction, index: Index, filters: SearchExpression[]): RowSource {
  const name = `${index.table.name}.${index.name}`;
  if (!("searchField" in index.definition)) {
    throw new FunctionError(`Index ${name} is not a search index`);
  }
  const { searchField, filterFields } = index.definition;
  const search = filters.filter((filter) => filter.type === "Search");
  const equals = filters.filter((filter) => filter.type === "Eq");
  for (const { fieldPath, value } of search) {
    mustBeText("queryStream", "value", value);
    if (fieldPath !== searchField)
      throw new FunctionError(
        `Search query against ${name} contains a search filter against "${fieldPath}", which doesn't match the indexed \`searchField\` "${searchField}".`,
      );
  }
  if (search.length > 1)
    throw new FunctionError(
      `Search query against ${name} contains multiple search filters against "${searchField}". Only one is allowed.`,
    );
  if (search.length === 0)
    throw new FunctionError(
      `Search query against ${name} does not contain any search filters. You must include a search filter like \`q.search("${searchField}", searchText)\`.`,
    );
  for (const { fieldPath } of equals) {
    if (!filterFields.includes(fieldPath)) {
      throw new FunctionError(
        `Search query against ${name} contains an equality filter on "${fieldPath}" but that field isn't indexed for filtering in \`filterFields\`.`,
      );
    }
  }
  if (equals.length > MAX_FILTERS)
    throw new FunctionError(
      `Search query against ${name} has too many filter conditions. Max: ${MAX_FILTERS} Actual: ${equals.length}`,
    );

  const keep = (document: JsonObject): boolean =>
    equals.every(
      ({ fieldPath, value }) => compareValues(fieldAt(document, fieldPath.split(".")), defined(value)) === 0,
    );
  const first = equals.find(({ fieldPath }) => fieldPath === filterFields[0]);
  const found = ranked(
    tx,
    index,
    searchField.split("."),
    searchTerms(search[0]!.value as string).slice(0, MAX_QUERY_TERMS),
    first ? narrowed(defined(first.value)) : "",
    keep,
  );
  let at = 0;
  return {
    next() {
      if (at === found.length) return null;
      if (at === MAX_RESULTS)
        throw new FunctionError(
          `Search query scanned too many documents (fetched ${MAX_RESULTS}). Consider using a more restrictive filter or a different \`searchField\`, or use \`take\` or \`paginate\`.`,
        );
      const row = found[at++]!;
      return { key: String(at).padStart(6, "0"), row };
    },
  };
}

const defined = (value: Json): Json | undefined => (isUndefined(value) ? undefined : value);

/**
 * Documents ranked by BM25: rare words count more, repeated ones a little more, and short texts more than long ones.
 */
function ranked(
  tx: Transaction,
  index: Index,
  field: string[],
  terms: string[],
  within: string,
  keep: (document: JsonObject) => boolean,
): Stored[] {
  const found = new Map<string, { row: Stored; words: string[]; score: number }>();
  const matches = terms.map((term, position) => {
    const exact = within + encodeKey(term);
    const isPrefix = position === terms.length - 1;
    // Without its terminator a key is the prefix of all longer words.
    const prefix = exact.slice(0, -1);
    const rows = isPrefix ? postings(tx, index, prefix, endOfText(prefix)) : postings(tx, index, exact, endOf(exact));
    for (const row of rows) {
      const id = row.value._id as string;
      if (!found.has(id) && keep(row.value))
        found.set(id, { row, words: searchTerms(fieldAt(row.value, field) as string), score: 0 });
    }
    return {
      isMatch: isPrefix ? (word: string) => word.startsWith(term) : (word: string) => word === term,
      rarity: Math.log(1 + MAX_POSTINGS / (rows.length + 1)),
    };
  });
  const entries = [...found.values()];
  const average = entries.reduce((sum, { words }) => sum + words.length, 0) / entries.length;
  for (const entry of entries) {
    for (const { isMatch, rarity } of matches) {
      const times = entry.words.filter(isMatch).length;
      entry.score += (rarity * times * (K1 + 1)) / (times + K1 * (1 - B + (B * entry.words.length) / average));
    }
  }
  const newest = (row: Stored): number => row.value._creationTime as number;
  return entries.sort((a, b) => b.score - a.score || newest(b.row) - newest(a.row)).map(({ row }) => row);
}

function postings(tx: Transaction, index: Index, lo: string, hi: string): Stored[] {
  tx.readRange(index.id, lo, hi);
  const rows: Stored[] = tx.db.range(index, lo, hi, false, MAX_POSTINGS).filter((row) => !tx.isReplaced(row));
  for (let from = lo; tx.hasChanges; ) {
    const pending = tx.nearestPending(index, from, hi, false);
    if (pending === null) break;
    rows.push(pending.row);
    from = `${pending.key}\0`;
  }
  return rows;
}
