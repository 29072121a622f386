// Tables, their indexes, stored documents, and the keys that a document has in an index.

import type { Json, JsonObject } from "../value/json.ts";
import { encodeKey } from "../value/keys.ts";
import { searchTerms } from "../value/terms.ts";
import { fieldAt } from "../value/values.ts";

export interface Index {
  readonly id: number;
  readonly table: Table;
  readonly name: string;
  readonly definition: IndexDefinition;
  /** Key fields of a database index, split at dots, `_creationTime` included. */
  readonly fields: string[][];
}
/** A vector index has no entries here, nor has a staged one: queries may not use them. */
export type IndexDefinition = ({ fields: string[] } | SearchDefinition | { vectorField: string }) & { staged?: true };
/** `narrow`: each term has an entry by the first filter field too. An index that was made without them is made again. */
export type SearchDefinition = { searchField: string; filterFields: string[]; narrow?: true };

/** No term begins so. */
const NARROW = encodeKey(null);

export interface Table {
  readonly number: number;
  readonly name: string;
  /** The path of the component that has it; empty for the app. */
  readonly component: string;
  readonly indexes: Map<string, Index>;
  readonly byId: Index;
}

/** A stored document. `text` is its wire form; `value` is parsed when somebody looks. */
export class Row {
  readonly n: number;
  readonly key: string;
  readonly text: string;
  #value: JsonObject | undefined;

  constructor(n: number, key: string, text: string, value?: JsonObject) {
    this.n = n;
    this.key = key;
    this.text = text;
    this.#value = value;
  }

  get value(): JsonObject {
    return (this.#value ??= JSON.parse(this.text) as JsonObject);
  }
}

/** What a write does to one index. */
export interface KeyChange {
  readonly index: Index;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export interface Write {
  readonly table: Table;
  readonly before: Row | null;
  readonly after: JsonObject | null;
  readonly keys: readonly KeyChange[];
}

export function makeIndex(id: number, table: Table, name: string, definition: IndexDefinition): Index {
  const names = "fields" in definition ? definition.fields : [];
  const full =
    name === "by_id" || name === "by_creation_time" || names.length === 0 ? names : [...names, "_creationTime"];
  return { id, table, name, definition, fields: full.map((field) => field.split(".")) };
}

/** Keys of a document in an index: one, or one a term in a search index. */
export function keysOf(index: Index, document: JsonObject): string[] {
  if (index.definition.staged || "vectorField" in index.definition) return [];
  if ("searchField" in index.definition) {
    const text = fieldAt(document, index.definition.searchField.split("."));
    if (typeof text !== "string") return [];
    const terms = [...new Set(searchTerms(text))].map((term) => encodeKey(term) + encodeKey(document._id));
    const [first] = index.definition.filterFields;
    if (first === undefined) return terms;
    const within = narrowed(fieldAt(document, first.split(".")));
    return [...terms, ...terms.map((key) => within + key)];
  }
  let key = "";
  for (const path of index.fields) key += encodeKey(path.length === 1 ? document[path[0]!] : fieldAt(document, path));
  return [index.name === "by_id" ? key : key + encodeKey(document._id)];
}

/** What further keys of a search index begin with for documents that have this value in its first filter field. */
export function narrowed(value: Json | undefined): string {
  return NARROW + encodeKey(value);
}

export function keyChanges(table: Table, before: JsonObject | null, after: JsonObject | null): KeyChange[] {
  const changes: KeyChange[] = [];
  for (const index of table.indexes.values()) {
    const was = before ? keysOf(index, before) : [];
    const is = after ? keysOf(index, after) : [];
    // The same array for the same keys takes half the memory, as long as the history keeps them.
    changes.push({ index, before: was, after: was.length === 1 && was[0] === is[0] && is.length === 1 ? was : is });
  }
  return changes;
}
