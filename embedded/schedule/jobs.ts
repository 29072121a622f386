// Scheduled functions and crons as rows. Both tables have the fields name, args, scheduledTime and state; a cron's row comes again.

import { type FunctionAddress, resolve } from "../functions/address.ts";
import type { Catalog } from "../functions/catalog.ts";
import type { CronJson, Schedule } from "../functions/listing.ts";
import { parsePath } from "../functions/path.ts";
import type { Transaction } from "../query/transaction.ts";
import type { Readable } from "../store/readable.ts";
import type { Row, Table } from "../store/tables.ts";
import { mustBeText, noId, wrongType } from "../value/arguments.ts";
import { FunctionError } from "../value/errors.ts";
import { tableOfId } from "../value/ids.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { encodeKey, endOf } from "../value/keys.ts";
import { isObject, measure } from "../value/values.ts";
import { nextRun } from "./crons.ts";

export const SCHEDULED = "_scheduled_functions";
export const CRONS = "_cron_jobs";

const MAX_ARGUMENT_BYTES = 4 << 20;
const KEPT_MS = 7 * 86_400_000;
const MAX_AWAY_MS = 5 * 366 * 86_400_000;

export type JobState = { kind: "pending" | "inProgress" | "success" | "canceled" } | { kind: "failed"; error: string };
export interface Job {
  table: typeof SCHEDULED | typeof CRONS;
  /** Whose table that is. */
  owner: string;
  id: string;
  /** The component of the function. */
  component: string;
  path: string;
  args: Json;
  at: number;
}
/** What `1.0/schedule` carries: `ts` in seconds. */
export interface ScheduleRequest extends FunctionAddress {
  ts: number;
  args: Json;
}

/** Writes the job into the caller's own transaction. The answer is its id. Raises FunctionError. */
export function schedule(
  tx: Transaction,
  catalog: Catalog,
  { ts, args, ...address }: ScheduleRequest,
  state: JobState = { kind: "pending" },
): string {
  const place = resolve(catalog, address);
  const fn = place.catalog.find(place.path);
  if (fn === undefined) throw unknown(place.catalog, place.path);
  if (typeof ts !== "number") throw wrongType("scheduler", "ts", ts, "f64");
  const at = ts * 1000;
  if (!(at < tx.now + MAX_AWAY_MS)) throw new FunctionError(`${ts} is more than 5 years in the future`);
  if (at < tx.now - MAX_AWAY_MS) throw new FunctionError(`${ts} is more than 5 years in the past`);
  const { bytes, unresolved } = measure(args);
  if (unresolved) throw new FunctionError("A commit timestamp cannot be an argument of a scheduled function.");
  if (bytes > MAX_ARGUMENT_BYTES)
    throw new FunctionError(
      `Arguments of a scheduled function are too large (${bytes} bytes > maximum size ${MAX_ARGUMENT_BYTES} bytes).`,
    );
  const done = state.kind === "canceled" ? { completedTime: tx.now } : {};
  const elsewhere = fn.component === tx.component ? {} : { component: fn.component };
  return tx.insert(
    tx.tables.get(SCHEDULED)!,
    { name: fn.path, args: [args], scheduledTime: at, state: { ...state }, ...done, ...elsewhere },
    () => {},
  );
}

function unknown(catalog: Catalog, path: string): FunctionError {
  const { module, name } = parsePath(path);
  if (!catalog.hasModule(module))
    return new FunctionError(`Attempted to schedule function at nonexistent path: ${module}.js`);
  return new FunctionError(
    `Attempted to schedule function, but no exported function ${name} found in the file: ${module}.js. Did you forget to export it?`,
  );
}

/** A job that waits does not run; one that runs goes on, but schedules nothing any more. Raises FunctionError for a wrong id. */
export function cancel(tx: Transaction, id: string): void {
  mustBeText("db.cancel_job", "id", id);
  if (tableOfId(id) === null) throw noId("db.cancel_job", id);
  if (tx.tableOf(id)?.name !== SCHEDULED)
    throw new FunctionError(`Invalid scheduled function ID. The ID must be an ID on the '${SCHEDULED}' table.`);
  finish(tx, { table: SCHEDULED, owner: tx.component, id }, { kind: "canceled" });
}

/** Moves a waiting job to inProgress. False if it is not waiting any more. */
export function claim(tx: Transaction, { table: name, owner, id }: Job, start: boolean): boolean {
  const table = tableNamed(tx.db, owner, name);
  const row = tx.get(table, id);
  if (row === null || stateOf(row.value) !== "pending") return false;
  if (start) put(tx, table, id, { ...row.value, state: { kind: "inProgress" } });
  return true;
}

/** Writes how the job ended, unless it has ended already (was canceled). A cron waits for its next time. */
export function finish(tx: Transaction, job: Pick<Job, "table" | "owner" | "id">, state: JobState): void {
  const { id } = job;
  const table = tableNamed(tx.db, job.owner, job.table);
  const row = tx.get(table, id);
  if (row === null || !["pending", "inProgress"].includes(stateOf(row.value))) return;
  if (job.table === SCHEDULED) put(tx, table, id, { ...row.value, state: { ...state }, completedTime: tx.now });
  else
    put(tx, table, id, {
      ...row.value,
      state: { kind: "pending" },
      scheduledTime: nextRun(row.value.schedule as Schedule, tx.now, row.value.scheduledTime as number),
    });
}

export function isCanceled(tx: Transaction, id: string): boolean {
  const table = tx.db.tablesByNumber.get(tableOfId(id)!)!;
  const row = tx.get(table, id);
  return row !== null && stateOf(row.value) === "canceled";
}

/** The jobs of a component in a state, the earliest first. */
export function* jobs(db: Readable, owner: string, kind: JobState["kind"], table: Job["table"]): Generator<Job> {
  const index = tableNamed(db, owner, table).indexes.get("by_state")!;
  const end = endOf(encodeKey(kind));
  for (
    let from = encodeKey(kind), batch: Row[];
    (batch = db.range(index, from, end, false, 100)).length > 0;
    from = `${batch.at(-1)!.key}\0`
  ) {
    for (const { value } of batch)
      yield {
        table,
        owner,
        id: value._id as string,
        component: (value.component as string | undefined) ?? owner,
        path: value.name as string,
        args: (value.args as Json[])[0]!,
        at: value.scheduledTime as number,
      };
  }
}

/** Jobs that ended more than 7 days ago, at most 1000 at once. */
export function removeOld(tx: Transaction): boolean {
  const table = tx.tables.get(SCHEDULED)!;
  const rows = tx.db.range(table.indexes.get("by_completed")!, encodeKey(0), encodeKey(tx.now - KEPT_MS), false, 1000);
  for (const { value } of rows) tx.remove(table, value._id as string);
  return rows.length === 1000;
}

/** Makes the cron rows be those of crons.ts. One that is new or has a new schedule starts to count now. */
export function defineCrons(tx: Transaction, crons: Record<string, CronJson>): void {
  const table = tx.tables.get(CRONS)!;
  const known = new Map([...tx.db.rows(table)].map(({ value }) => [value.cron as string, value]));
  for (const [cron, { name, args, schedule }] of Object.entries(crons)) {
    const row = known.get(cron);
    known.delete(cron);
    const fields: JsonObject = { cron, name, args, schedule: { ...schedule } };
    const same = row && JSON.stringify(sorted(row.schedule!)) === JSON.stringify(sorted(fields.schedule!));
    if (same) put(tx, table, row._id as string, { ...row, ...fields });
    else if (row) put(tx, table, row._id as string, { ...row, ...fields, scheduledTime: nextRun(schedule, tx.now) });
    else
      tx.insert(table, { ...fields, scheduledTime: nextRun(schedule, tx.now), state: { kind: "pending" } }, () => {});
  }
  for (const row of known.values()) tx.remove(table, row._id as string);
}

const sorted = (value: Json): Json => (isObject(value) ? Object.fromEntries(Object.entries(value).sort()) : value);
const tableNamed = (db: Readable, component: string, name: string): Table => db.tablesOf(component).get(name)!;
const stateOf = (row: JsonObject): string => (row.state as JsonObject).kind as string;
const put = (tx: Transaction, table: Table, id: string, value: JsonObject): void =>
  tx.update(table, id, value, () => {});
