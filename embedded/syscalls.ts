// What `convex/server` asks for inside a query or mutation. Names and shapes are those of npm convex 1.48.
import { display } from "./display.ts";
import { FunctionError } from "./errors.ts";
import { tableOfId } from "./ids.ts";
import { LAST_KEY } from "./keys.ts";
import { addressed, handleOf, type FunctionAddress, type Kind } from "./functions.ts";
import { readPage, type PageRequest } from "./page.ts";
import { Stream, type SerializedQuery } from "./query.ts";
import { READABLE_SYSTEM_TABLES } from "./catalog.ts";
import { cancel, schedule, type ScheduleRequest } from "./jobs.ts";
import { requestMetadata, type Run } from "./run.ts";
import { checkDigest, fileByUuid, fileUrl, findFile, insertFile, metadata, removeFile, uploadUrl } from "./storage.ts";
import { tableOf } from "./transaction.ts";
import type { Table } from "./database.ts";
import { encodeInt64, isObject, LIMITS, isUndefined, measure, specialKey, type Json, type JsonObject } from "./values.ts";

type Syscall = (run: Run, args: any) => string;

const SYSCALLS: Record<string, Syscall> = {
  "1.0/get"(run, { id, table, isSystem }: { id: string; table?: string; isSystem: boolean }) {
    const found = resolveId(run, id, "get", table);
    if (found.name.startsWith("_") !== isSystem) throw new FunctionError(isSystem ? "User tables cannot be accessed with db.system." : "System tables can only be accessed with db.system.");
    checkReadable(found.name);
    const row = run.tx.get(found, id);
    return row === null ? "null" : row.text;
  },

  "1.0/queryStream"(run, { query }: { query: SerializedQuery }) {
    checkSource(query);
    const queryId = run.streams.size;
    run.streams.set(queryId, new Stream(run.tx, query));
    return JSON.stringify({ queryId });
  },

  "1.0/queryStreamNext"(run, { queryId }: { queryId: number }) {
    const row = run.streams.get(queryId)?.next() ?? null;
    return row === null ? '{"value":null,"done":true}' : `{"value":${row.text},"done":false}`;
  },

  "1.0/queryCleanup": () => "true",

  "1.0/queryPage"(run, request: PageRequest) {
    checkSource(request.query);
    return run.page((keptEnd) => readPage(run.tx, request, keptEnd));
  },

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
    if (!/^[a-zA-Z][a-zA-Z0-9_]{0,63}$/.test(table)) throw new FunctionError(`Invalid argument \`table\` for \`db.insert\`: Invalid table name "${table}": Identifiers must start with an alphabetic character and can only contain alphanumeric characters or underscores`);
    mustBeObject(value, "insert");
    for (const name in value) if (name.startsWith("_")) throw name === "_id" || name === "_creationTime" ? notNew(name, value) : reserved(name, value);
    const id = run.tx.insert(run.tx.db.ensureTable(table), value, (document) => run.catalog.checkDocument(table, document));
    return JSON.stringify({ _id: id });
  },

  "1.0/shallowMerge"(run, { id, value, table: named }: { id: string; value: JsonObject; table?: string }) {
    const { table, current } = existing(run, id, "patch", "Update", named);
    measure(value, true);
    const next = { ...current };
    for (const [name, field] of Object.entries(value)) {
      if (name.startsWith("_")) checkSystemField(name, value, current);
      if (isUndefined(field)) delete next[name];
      else next[name] = field;
    }
    write(run, table, id, next);
    return "null";
  },

  "1.0/replace"(run, { id, value, table: named }: { id: string; value: JsonObject; table?: string }) {
    const { table, current } = existing(run, id, "replace", "Replace", named);
    mustBeObject(value, "replace");
    for (const name in value) if (name.startsWith("_")) checkSystemField(name, value, current);
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

  "1.0/schedule"(run, request: ScheduleRequest) {
    run.mustWrite("scheduler");
    if (++run.scheduledJobs > MAX_SCHEDULED) throw new FunctionError(`Too many functions scheduled by this mutation (limit: ${MAX_SCHEDULED})`);
    run.scheduledBytes += JSON.stringify(request.args).length;
    if (run.scheduledBytes > LIMITS.argumentBytes) throw new FunctionError(`Too large total size of the arguments of scheduled functions from this mutation (limit: ${LIMITS.argumentBytes} bytes)`);
    if (run.scheduledJobs === 1) run.committed.push(() => run.host.scheduled());
    return JSON.stringify(schedule(run.tx, run.catalog, request));
  },

  "1.0/cancel_job"(run, { id }: { id: string }) {
    run.mustWrite("scheduler.cancel");
    if (id === run.origin.scheduledFunctionId) throw new FunctionError("A mutation cannot cancel itself");
    cancel(run.tx, id);
    return "null";
  },

  "1.0/storageGenerateUploadUrl"(run) {
    run.mustWrite("storage.generateUploadUrl");
    return JSON.stringify(uploadUrl(run.host));
  },
  "1.0/storageGetUrl": (run, { storageId }: { storageId: string }) => JSON.stringify(fileUrl(run.host, findFile(run.tx, storageId))),
  "1.0/storageGetMetadata"(run, { storageId }: { storageId: string }) {
    const file = findFile(run.tx, storageId);
    return JSON.stringify(file && metadata(file));
  },
  "1.0/storageDelete"(run, { storageId }: { storageId: string }) {
    run.mustWrite("storage.delete");
    const uuid = removeFile(run.tx, storageId);
    // A sub-transaction that fails takes the deletion back.
    run.committed.push(() => fileByUuid(run.tx.db, uuid) ?? run.host.files.remove(uuid));
    return "null";
  },
  "1.0/storageStore"(run, { blob, contentType, sha256 }: { blob: string; contentType: string; sha256?: string }) {
    run.mustWrite("storage.store");
    const bytes = Buffer.from(blob, "base64");
    checkDigest(bytes, sha256);
    const file = run.host.files.writeNow(bytes);
    return JSON.stringify(insertFile(run.tx, file, contentType));
  },
  "1.0/storageGet"(run, { storageId }: { storageId: string }) {
    const file = findFile(run.tx, storageId);
    if (file === null) return "null";
    return JSON.stringify({ blob: run.host.files.read(file.uuid).toString("base64"), contentType: file.document.contentType ?? null });
  },

  "1.0/getSnapshotTs": (run) => JSON.stringify({ $integer: encodeInt64(run.tx.db.ts) }),
  "1.0/getFunctionMetadata": (run) => JSON.stringify({ name: run.fn.path.replace(".js:", ":"), componentPath: "" }),
  "1.0/createFunctionHandle": (_run, address: FunctionAddress) => JSON.stringify(handleOf(addressed(address))),
  "1.0/getDeploymentMetadata": () => DEPLOYMENT_METADATA,
  "1.0/getRequestMetadata": (run) => requestMetadata(run.origin, run.identity),
  "1.0/getTransactionMetrics"({ tx, scheduledJobs, scheduledBytes }) {
    const part = (used: number, limit: number): JsonObject => ({ used, remaining: Math.max(0, limit - used) });
    return JSON.stringify({
      bytesRead: part(tx.bytesRead, LIMITS.bytesRead),
      bytesWritten: part(tx.bytesWritten, LIMITS.bytesWritten),
      databaseQueries: part(tx.reads.ranges.length, LIMITS.rangesRead),
      documentsRead: part(tx.documentsRead, LIMITS.documentsRead),
      documentsWritten: part(tx.documentsWritten, LIMITS.documentsWritten),
      functionsScheduled: part(scheduledJobs, MAX_SCHEDULED),
      scheduledFunctionArgsBytes: part(scheduledBytes, LIMITS.argumentBytes),
    });
  },
};

const MAX_SCHEDULED = 1000;
export const DEPLOYMENT_METADATA = '{"name":"embedded","region":null,"class":"s16"}';

function checkSource({ source }: SerializedQuery): void {
  checkReadable(source.type === "FullTableScan" ? source.tableName : source.indexName.split(".")[0]!);
}

function checkReadable(table: string): void {
  if (table.startsWith("_") && !READABLE_SYSTEM_TABLES.has(table)) throw new FunctionError(`System table "${table}" does not exist.`);
}

/** Raises FunctionError: the function that called sees it as a thrown Error. */
export function syscall(run: Run, name: string, args: string): string {
  const known = SYSCALLS[name];
  if (known === undefined) throw new FunctionError(`${name} is not available here: the embedded deployment does not have it in queries and mutations.`);
  return known(run, JSON.parse(args));
}

export interface NestedCall extends FunctionAddress {
  udfType: Kind | "snapshotQuery";
  args: Json;
}

/** The function that a `1.0/runUdf` names. */
export function enterNested(run: Run, call: NestedCall) {
  return run.enter(addressed(call), call.udfType === "snapshotQuery" ? "query" : call.udfType, call.args);
}

function resolveId(run: Run, id: string, method: string, named?: string): Table {
  const table = typeof id === "string" ? tableOf(run.tx.db, id) : null;
  if (table === null) throw new FunctionError(`Invalid argument \`id\` for \`db.${method}\`: ${typeof id === "string" && tableOfId(id) !== null ? `Table for ID "${id}" not found` : "Unable to decode ID: ID wasn't valid base32"}`);
  if (named !== undefined && table.name !== named) {
    throw new FunctionError(`Invalid argument \`id\` for \`db.${method}\`: expected to be an Id<"${named}">, got Id<"${table.name}"> instead.`);
  }
  return table;
}

function existing(run: Run, id: string, method: string, verb: string, named?: string): { table: Table; current: JsonObject } {
  run.mustWrite(method);
  const table = resolveId(run, id, method, named);
  if (table.name.startsWith("_")) throw new FunctionError("System tables can only be accessed with db.system.");
  const row = run.tx.get(table, id);
  if (row === null) throw new FunctionError(`${verb} on nonexistent document ID ${id}`);
  return { table, current: row.value };
}

function write(run: Run, table: Table, id: string, document: JsonObject): void {
  run.tx.update(table, id, document, (value) => run.catalog.checkDocument(table.name, value));
}

function checkSystemField(name: string, value: JsonObject, current: JsonObject): void {
  if (name === "_id" && value._id !== current._id) throw new FunctionError(`Provided document ID ${display(current._id)} doesn't match '_id' field ${display(value._id)}`);
  if (name === "_creationTime" && value._creationTime !== current._creationTime) throw new FunctionError(`Provided creation time ${display(current._creationTime)} doesn't match '_creationTime' field in ${display(value)}`);
  if (name !== "_id" && name !== "_creationTime") throw reserved(name, value);
}

function mustBeObject(value: Json, method: string): void {
  if (!isObject(value) || specialKey(value) !== undefined) throw new FunctionError(`Invalid argument \`value\` for \`db.${method}\`: Value must be an Object`);
}

const notNew = (name: string, value: JsonObject): FunctionError => new FunctionError(`${display(value)} isn't a valid document: '${name}' is given by the database`);
const reserved = (name: string, value: JsonObject): FunctionError =>
  new FunctionError(`${display(value)} isn't a valid document: Field '${name}' starts with an underscore, which is only allowed for system fields like '_id'`);
