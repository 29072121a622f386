// Does what a Read says, with Convex's query builder.
import type { GenericDatabaseReader } from "convex/server";
import type { Value } from "convex/values";
import type { Filter, Read } from "../steps.ts";

export type Document = Record<string, Value>;
type Reader = GenericDatabaseReader<any>;

export function rows(db: Reader, { table, index, range, search, order, filter }: Read): any {
  const bound = (q: any): any => {
    for (const { is, field, to } of range) q = q[is](field, to[0]);
    return q;
  };
  let query: any = db.query(table);
  if (search !== null) query = query.withSearchIndex("search", (q: any) => bound(q.search("text", search)));
  else if (index !== null) query = query.withIndex(index, bound).order(order);
  else query = query.order(order);
  for (const each of filter) query = query.filter((q: any) => condition(q, each));
  return query;
}

function condition(q: any, filter: Filter): any {
  if ("of" in filter) {
    const of = filter.of.map((each) => condition(q, each));
    return filter.is === "not" ? q.not(of[0]) : q[filter.is](...of);
  }
  const { is, field, to, plus } = filter;
  return q[is](plus.length > 0 ? q.add(q.field(field), plus[0]) : q.field(field), to[0]);
}

export async function read(db: Reader, what: Read): Promise<Document[]> {
  const query = rows(db, what);
  if (what.end === "first" || what.end === "unique") {
    const found: Document | null = await query[what.end]();
    return found === null ? [] : [found];
  }
  const found: Document[] = await (what.end === "collect" ? query.collect() : query.take(what.end));
  return what.search === null ? found : unranked(found);
}

/** Only the order of equal texts is the same in all rankings: the newest is first. */
function unranked(found: Document[]): Document[] {
  const newest = new Map<Value, Value>();
  for (const { text, _creationTime: time } of found) {
    if (time! > (newest.get(text!) ?? Infinity)) throw new Error(`A search found an older ${text} first.`);
    newest.set(text!, time!);
  }
  return found.sort((a, b) => (a._id! < b._id! ? -1 : 1));
}
