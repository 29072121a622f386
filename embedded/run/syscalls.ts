// What `convex/server` asks for inside a query or mutation. Names and shapes are those of npm convex 1.48.

import { type FunctionAddress, handleOf, resolve } from "../functions/address.ts";
import { READABLE_SYSTEM_TABLES } from "../functions/catalog.ts";
import type { Kind } from "../functions/listing.ts";
import { shortPath } from "../functions/path.ts";
import { wrongIdentifier } from "../ground/identifiers.ts";
import { type PageRequest, readPage } from "../query/page.ts";
import { Stream } from "../query/query.ts";
import type { SerializedQuery } from "../query/serialized.ts";
import type { Amounts } from "../query/usage.ts";
import { cancel, type ScheduleRequest, schedule } from "../schedule/jobs.ts";
import { mustBeText, noId, wrongArgument } from "../value/arguments.ts";
import { FunctionError } from "../value/errors.ts";
import { tableOfId } from "../value/ids.ts";
import type { Json } from "../value/json.ts";
import { LAST_KEY } from "../value/keys.ts";
import { encodeInt64 } from "../value/values.ts";
import { requestMetadata } from "./call.ts";
import type { Run, Syscall } from "./run.ts";
import { STORAGE_SYSCALLS } from "./storage_calls.ts";
import { mustBeOf, WRITE_SYSCALLS } from "./writes.ts";

const SYSCALLS: Record<string, Syscall> = {
  "1.0/get"(run, { id, table, isSystem }: { id: string; table?: string; isSystem: boolean }) {
    const method = isSystem ? "db.system.get" : "db.get";
    if (tableOfId(id) === null) throw noId(method, id);
    const found = run.tx.tableOf(id);
    if (found === null) return "null";
    if (found.name.startsWith("_") !== isSystem)
      throw new FunctionError(
        isSystem
          ? "User tables cannot be accessed with db.system."
          : "System tables can only be accessed with db.system.",
      );
    checkReadable(found.name);
    mustBeOf(method, found, table);
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
    // The documentation refuses it everywhere in components, but Convex's own workpool needs it in a mutation.
    if (run.catalog.component !== "" && run.fn.kind === "query")
      throw new FunctionError(
        "paginate() is only supported in the app. Learn more at https://docs.convex.dev/components/authoring#pagination",
      );
    checkSource(request.query);
    return run.page((keptEnd) => readPage(run.tx, request, keptEnd));
  },

  "1.0/count"(run, { table }: { table: string }) {
    const known = run.tx.tables.get(table);
    if (known) run.tx.readRange(known.byId.id, "", LAST_KEY);
    return String(known ? run.tx.db.count(known) : 0);
  },

  "1.0/db/normalizeId"(run, { table, idString }: { table: string; idString: string }) {
    mustBeText("db.normalizeId", "idString", idString);
    const wrong = wrongIdentifier(table);
    if (wrong !== null) throw wrongArgument("db.normalizeId", "table", wrong);
    return JSON.stringify({ id: run.tx.tableOf(idString)?.name === table ? idString : null });
  },

  ...WRITE_SYSCALLS,

  "1.0/getUserIdentity"(run) {
    if (run.catalog.component !== "") return "null";
    run.readIdentity = true;
    return run.identity === null ? "null" : run.identity.attributes;
  },

  "1.0/schedule"(run, request: ScheduleRequest) {
    run.mustWrite("scheduler");
    run.tx.usage.spend("functionsScheduled", 1);
    run.tx.usage.spend("scheduledFunctionArgsBytes", JSON.stringify(request.args).length);
    if (run.tx.usage.used.functionsScheduled === 1) run.committed.push(() => run.host.scheduled());
    return JSON.stringify(schedule(run.tx, run.catalog, request));
  },

  "1.0/cancel_job"(run, { id }: { id: string }) {
    run.mustWrite("scheduler.cancel");
    if (id === run.origin.scheduledFunctionId) {
      run.warn(
        "A scheduled mutation canceling itself is deprecated and will throw an error in a future version of Convex.",
      );
      return "null";
    }
    cancel(run.tx, id);
    return "null";
  },

  ...STORAGE_SYSCALLS,
  "1.0/getSnapshotTs": (run) => JSON.stringify({ $integer: encodeInt64(run.tx.db.ts) }),
  "1.0/getFunctionMetadata": (run) => JSON.stringify({ name: shortPath(run.fn.path), componentPath: run.fn.component }),
  "1.0/createFunctionHandle": ({ catalog }, address: FunctionAddress) => JSON.stringify(handleOf(catalog, address)),
  "1.0/getDeploymentMetadata": () => DEPLOYMENT_METADATA,
  "1.0/getRequestMetadata": (run) => requestMetadata(run.origin, run.catalog.component === "" ? run.identity : null),
  "1.0/getTransactionMetrics": ({ tx: { usage } }) => JSON.stringify(usage),
};

export const DEPLOYMENT_METADATA = '{"name":"embedded","region":null,"class":"s16"}';

function checkSource({ source }: SerializedQuery): void {
  if (source.type === "FullTableScan") return checkReadable(source.tableName);
  const [table = "", index = ""] = source.indexName.split(".", 2);
  const wrong = [table, index].find((name) => wrongIdentifier(name) !== null);
  if (wrong !== undefined)
    throw wrongArgument(
      "queryStream",
      "query",
      `Invalid table name: "${wrong}". Identifiers must start with a letter and can only contain letters, digits, and underscores.`,
    );
  checkReadable(table);
}

function checkReadable(table: string): void {
  const wrong = wrongIdentifier(table);
  if (wrong !== null) throw wrongArgument("queryStream", "query", wrong);
  if (table.startsWith("_") && !READABLE_SYSTEM_TABLES.has(table))
    throw new FunctionError(`System table "${table}" does not exist.`);
}

/** Raises FunctionError: the function that called sees it as a thrown Error. */
export function syscall(run: Run, component: string, name: string, args: string, isAsync: boolean): string {
  run.of(component);
  const known = Object.hasOwn(SYSCALLS, name) ? SYSCALLS[name] : undefined;
  if (known === undefined) throw new FunctionError(`Unknown${isAsync ? " async" : ""} operation ${name}`);
  return known(run, JSON.parse(args));
}

export interface NestedCall extends FunctionAddress {
  udfType: Kind | "snapshotQuery";
  args: Json;
  transactionLimits?: Partial<Amounts>;
}

/** The function that a `1.0/runUdf` names. */
export function enterNested(run: Run, component: string, call: NestedCall) {
  run.of(component);
  return run.enter(
    resolve(run.catalog, call),
    call.udfType === "snapshotQuery" ? "query" : call.udfType,
    call.args,
    call.transactionLimits,
  );
}
