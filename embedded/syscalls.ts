// What `convex/server` asks for inside a query or mutation. Names and shapes are those of npm convex 1.48.
import { FunctionError } from "./errors.ts";
import { LAST_KEY } from "./keys.ts";
import type { Kind } from "./functions.ts";
import { Stream, readPage, type PageRequest, type SerializedQuery } from "./query.ts";
import type { Run } from "./run.ts";
import { tableOf } from "./transaction.ts";
import type { Table } from "./database.ts";
import { encodeInt64, isObject, isUndefined, measure, type Json, type JsonObject } from "./values.ts";

type Syscall = (run: Run, args: any) => string;

const SYSCALLS: Record<string, Syscall> = {
  "1.0/get"(run, { id, table }: { id: string; table?: string }) {
    const row = run.tx.get(resolveId(run, id, "get", table), id);
    return row === null ? "null" : row.text;
  },

  "1.0/queryStream"(run, { query }: { query: SerializedQuery }) {
    const queryId = run.streams.size;
    run.streams.set(queryId, new Stream(run.tx, query));
    return JSON.stringify({ queryId });
  },

  "1.0/queryStreamNext"(run, { queryId }: { queryId: number }) {
    const row = run.streams.get(queryId)?.next() ?? null;
    return row === null ? '{"value":null,"done":true}' : `{"value":${row.text},"done":false}`;
  },

  "1.0/queryCleanup": () => "true",

  "1.0/queryPage": (run, request: PageRequest) => run.page((keptEnd) => readPage(run.tx, request, keptEnd)),

  "1.0/count"(run, { table }: { table: string }) {
    const known = run.tx.db.tables.get(table);
    if (known) run.tx.reads.addRange(known.byId.id, "", LAST_KEY);
    return String(known ? run.tx.db.count(known) : 0);
  },

  "1.0/db/normalizeId"(run, { table, idString }: { table: string; idString: string }) {
    return JSON.stringify({ id: tableOf(run.tx.db, idString)?.name === table ? idString : null });
  },

  "1.0/insert"(run, { table, value }: { table: string; value: JsonObject }) {
    run.mustWrite("insert");
    if (!/^[a-zA-Z][a-zA-Z0-9_]{0,63}$/.test(table)) throw new FunctionError(`Invalid table name "${table}".`);
    if (!isObject(value)) throw new FunctionError(`A document of table "${table}" must be an object.`);
    for (const name in value) if (name.startsWith("_")) throw reserved(name);
    const id = run.tx.insert(run.tx.db.ensureTable(table), value, (document) => run.catalog.checkDocument(table, document));
    return JSON.stringify({ _id: id });
  },

  "1.0/shallowMerge"(run, { id, value, table: named }: { id: string; value: JsonObject; table?: string }) {
    const { table, current } = existing(run, id, "patch", "Update", named);
    measure(value, true);
    const next = { ...current };
    for (const [name, field] of Object.entries(value)) {
      if (name.startsWith("_")) checkSystemField(name, field, current);
      if (isUndefined(field)) delete next[name];
      else next[name] = field;
    }
    write(run, table, id, next);
    return "null";
  },

  "1.0/replace"(run, { id, value, table: named }: { id: string; value: JsonObject; table?: string }) {
    const { table, current } = existing(run, id, "replace", "Replace", named);
    for (const name in value) if (name.startsWith("_")) checkSystemField(name, value[name]!, current);
    write(run, table, id, { ...value, _creationTime: current._creationTime!, _id: id });
    return "null";
  },

  "1.0/remove"(run, { id, table: named }: { id: string; table?: string }) {
    const { table } = existing(run, id, "delete", "Delete", named);
    run.tx.remove(table, id);
    return "null";
  },

  "1.0/getUserIdentity"(run) {
    run.readIdentity = true;
    return run.identity === null ? "null" : run.identity.attributes;
  },

  "1.0/getSnapshotTs": (run) => JSON.stringify({ $integer: encodeInt64(run.tx.db.ts) }),
  "1.0/getFunctionMetadata": (run) => JSON.stringify({ name: run.fn.path.replace(".js:", ":"), componentPath: "" }),
  "1.0/getDeploymentMetadata": () => JSON.stringify({ name: "embedded", region: null, class: "embedded" }),
};

/** Raises FunctionError: the function that called sees it as a thrown Error. */
export function syscall(run: Run, name: string, args: string): string {
  const known = SYSCALLS[name];
  if (known === undefined) throw new FunctionError(`${name} is not available here: the embedded deployment does not have it in queries and mutations.`);
  return known(run, JSON.parse(args));
}

export interface NestedCall {
  udfType: Kind | "snapshotQuery";
  name?: string;
  args: Json;
}

/** The function that a `1.0/runUdf` names. */
export function enterNested(run: Run, call: NestedCall) {
  if (call.name === undefined) throw new FunctionError("Only functions of this app can be called: components and function handles are not supported.");
  return run.enter(call.name, call.udfType === "snapshotQuery" ? "query" : call.udfType, call.args);
}

function resolveId(run: Run, id: string, method: string, named?: string): Table {
  const table = typeof id === "string" ? tableOf(run.tx.db, id) : null;
  if (table === null) throw new FunctionError(`Invalid argument \`id\` for \`db.${method}\`: Unable to decode ID: "${id}" is not an id of this deployment.`);
  if (named !== undefined && table.name !== named) {
    throw new FunctionError(`Invalid argument \`id\` for \`db.${method}\`: the id "${id}" is of table "${table.name}", not "${named}".`);
  }
  return table;
}

function existing(run: Run, id: string, method: string, verb: string, named?: string): { table: Table; current: JsonObject } {
  run.mustWrite(method);
  const table = resolveId(run, id, method, named);
  const row = run.tx.get(table, id);
  if (row === null) throw new FunctionError(`${verb} on nonexistent document ID ${id}`);
  return { table, current: row.value };
}

function write(run: Run, table: Table, id: string, document: JsonObject): void {
  run.tx.update(table, id, document, (value) => run.catalog.checkDocument(table.name, value));
}

function checkSystemField(name: string, value: Json, current: JsonObject): void {
  if (name !== "_id" && name !== "_creationTime") throw reserved(name);
  if (value !== current[name]) throw new FunctionError(`Provided \`${name}\` field value ${JSON.stringify(value)} does not match the document's ${name} ${JSON.stringify(current[name])}.`);
}

const reserved = (name: string): FunctionError =>
  new FunctionError(`Field '${name}' starts with an underscore, which is only allowed for system fields like '_id'.`);
