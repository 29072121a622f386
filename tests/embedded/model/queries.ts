// The model's queries: every document is looked at, and compared as npm convex compares.
import { type CommitTsPlaceholder, compareValues, type Value } from "convex/values";
import { isRecord } from "./shapes.ts";
import type { Filter, Read } from "./steps.ts";
import type { Table } from "./tables.ts";

export type Document = Record<string, Value | CommitTsPlaceholder>;
/** The documents of each table, by id. */
export type Tables = ReadonlyMap<string, ReadonlyMap<string, Document>>;
export type Key = (Value | undefined)[];
/** Whether a query read this document, or would have, had it been there. */
export type Reads = ((table: string, document: Document) => boolean)[];
type Place = Key | "end";

/** An error that Convex would raise: `kindOf` its words, or a ConvexError's data. */
export class Refused extends Error {
  readonly outcome: Value;
  constructor(outcome: Value) {
    super("a refusal");
    this.outcome = outcome;
  }
}

export function fieldOf(document: Document, path: string): Value | undefined {
  let value: Value | undefined = document;
  for (const name of path.split(".")) value = isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return value;
}

export function compareKeys(one: Key, other: Key): number {
  for (let i = 0; i < one.length; i++) {
    const order = compareValues(one[i], other[i]);
    if (order !== 0) return order;
  }
  return 0;
}

const columns = (table: Table, index: string | null): string[] =>
  index === "by_id" ? ["_id"] : [...(table.indexes[index ?? ""] ?? []), "_creationTime", "_id"];

const holds = (order: number, is: string): boolean =>
  ({ eq: order === 0, neq: order !== 0, gt: order > 0, gte: order >= 0, lt: order < 0, lte: order <= 0 })[is]!;

function passes(document: Document, filter: Filter): boolean {
  if ("of" in filter) {
    const of = (each: Filter): boolean => passes(document, each);
    return filter.is === "and" ? filter.of.every(of) : filter.is === "or" ? filter.of.some(of) : !of(filter.of[0]!);
  }
  const { is, field, to, plus } = filter;
  const value = fieldOf(document, field);
  return holds(compareValues(plus.length > 0 ? sum(value, plus[0]!) : value, to[0]), is);
}

function sum(left: Value | undefined, right: Value): Value {
  if (typeof left === "number" && typeof right === "number") return left + right;
  if (typeof left === "bigint" && typeof right === "bigint" && left + right === BigInt.asIntN(64, left + right))
    return left + right;
  throw new Refused("filter");
}

interface Piece {
  from?: Key;
  to?: Key | undefined;
  limit: number;
}

/** The documents of an index range, up to a limit, and the key of the last that was looked at. */
export function scan(schema: Table, tables: Tables, read: Read, reads: Reads, { from, to, limit }: Piece) {
  const sign = read.order === "desc" ? -1 : 1;
  const paths = columns(schema, read.index);
  const keyOf = (document: Document): Key => paths.map((path) => fieldOf(document, path));
  const isIn = (document: Document, key: Key): boolean =>
    read.range.every(({ is, field, to }) => holds(compareValues(fieldOf(document, field), to[0]), is)) &&
    (from === undefined || sign * compareKeys(key, from) > 0) &&
    (to === undefined || sign * compareKeys(key, to) <= 0);
  const rows = [...(tables.get(schema.name)?.values() ?? [])]
    .map((document) => ({ document, key: keyOf(document) }))
    .filter(({ document, key }) => isIn(document, key))
    .sort((one, other) => sign * compareKeys(one.key, other.key));
  const found: { document: Document; key: Key }[] = [];
  let last: Key | null = null;
  let ended = false;
  reads.push((table, document) => {
    if (table !== schema.name || !(ended || last !== null)) return false;
    const key = keyOf(document);
    return isIn(document, key) && (ended || sign * compareKeys(key, last!) <= 0);
  });
  for (const row of rows) {
    if (found.length === limit) break;
    last = row.key;
    if (read.filter.every((filter) => passes(row.document, filter))) found.push(row);
  }
  ended = found.length < limit;
  return { found, last };
}

const words = (text: Value | undefined): string[] =>
  typeof text === "string" ? (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) : [];

/** Any word of the search, the last one as a prefix. The order depends on the ranking, so it is by id here. */
function search(schema: Table, tables: Tables, { search, range, filter }: Read): Document[] {
  const wanted = words(search!);
  const isFound = (document: Document): boolean =>
    words(document.text as Value | undefined).some((word) =>
      wanted.some((each, i) => (i === wanted.length - 1 ? word.startsWith(each) : word === each)),
    );
  return [...(tables.get(schema.name)?.values() ?? [])]
    .filter(isFound)
    .filter((document) => range.every(({ field, to }) => compareValues(fieldOf(document, field), to[0]) === 0))
    .filter((document) => filter.every((each) => passes(document, each)))
    .sort((one, other) => (one._id! < other._id! ? -1 : 1));
}

export function answer(schema: Table, tables: Tables, read: Read, reads: Reads): Document[] {
  if (read.search !== null) return search(schema, tables, read);
  const limit = { collect: Infinity, first: 1, unique: 2 }[read.end as string] ?? (read.end as number);
  const found = scan(schema, tables, read, reads, { limit }).found.map(({ document }) => document);
  if (read.end === "unique" && found.length === 2) throw new Refused("several");
  return found;
}

export interface Page {
  page: Document[];
  end: Place;
  split: Key | null;
}

/** A page from a cursor to its end, if that is known, or until it has enough. */
export function page(
  schema: Table,
  tables: Tables,
  read: Read,
  reads: Reads,
  wanted: { size: number; from: Place | null; to: Place | null },
): Page {
  const { size, from, to } = wanted;
  if (from === "end") return { page: [], end: "end", split: null };
  const piece = { ...(from && { from }), ...(to && to !== "end" && { to }), limit: to === null ? size : Infinity };
  const { found, last } = scan(schema, tables, read, reads, piece);
  const end = to ?? (found.length === size ? last! : "end");
  const split = found.length > 1 ? found[(found.length - 1) >> 1]!.key : null;
  return { page: found.map(({ document }) => document), end, split };
}
