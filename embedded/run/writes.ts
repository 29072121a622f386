// What `ctx.db` asks for inside a mutation: insert, patch, replace, delete.

import { wrongIdentifier } from "../ground/identifiers.ts";
import type { Table } from "../store/tables.ts";
import { mustBeText, noId, wrongArgument } from "../value/arguments.ts";
import { display } from "../value/display.ts";
import { FunctionError } from "../value/errors.ts";
import { tableOfId } from "../value/ids.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { isObject, isUndefined, measure, specialKey } from "../value/values.ts";
import type { Run, Syscall } from "./run.ts";

export const WRITE_SYSCALLS: Record<string, Syscall> = {
  "1.0/insert"(run, { table, value }: { table: string; value: JsonObject }) {
    run.mustWrite("insert");
    const wrong = wrongIdentifier(table);
    if (wrong !== null) throw wrongArgument("db.insert", "table", wrong);
    if (table.startsWith("_")) throw new FunctionError("System tables can only be accessed with db.system.");
    mustBeObject(value, "insert");
    return explained("insert", value, () => {
      const id = run.tx.insert(run.host.db.ensureTable(table, run.tx.component), value, (document) => {
        for (const name in value) if (name.startsWith("_")) checkSystemField(name, value, document);
        run.catalog.checkDocument(table, document);
      });
      return JSON.stringify({ _id: id });
    });
  },

  "1.0/shallowMerge"(run, { id, value, table: named }: { id: string; value: JsonObject; table?: string }) {
    const { table, current } = existing(run, id, "patch", "Update", named);
    mustBeObject(value, "patch");
    wellFormed("patch", value);
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
    explained("replace", value, () =>
      write(run, table, id, { ...value, _creationTime: current._creationTime!, _id: id }),
    );
    return "null";
  },

  "1.0/remove"(run, { id, table: named }: { id: string; table?: string }) {
    const { table } = existing(run, id, "delete", "Delete", named);
    run.tx.remove(table, id);
    return "null";
  },
};

/** The table of an id. Raises FunctionError for what is no id, or of another table than `named`. */
function resolveId(run: Run, id: string, method: string, named?: string): Table {
  mustBeText(method, "id", id);
  if (tableOfId(id) === null) throw noId(method, id);
  const table = run.tx.tableOf(id);
  if (table === null) throw wrongArgument(method, "id", `Table for ID "${id}" not found`);
  mustBeOf(method, table, named);
  return table;
}

/** Raises FunctionError if the caller named another table. */
export function mustBeOf(method: string, table: Table, named: string | undefined): void {
  if (named !== undefined && table.name !== named)
    throw wrongArgument(method, "id", `expected to be an Id<"${named}">, got Id<"${table.name}"> instead.`);
}

function existing(
  run: Run,
  id: string,
  method: string,
  verb: string,
  named?: string,
): { table: Table; current: JsonObject } {
  run.mustWrite(method);
  const table = resolveId(run, id, `db.${method}`, named);
  if (table.name.startsWith("_")) throw new FunctionError("System tables can only be accessed with db.system.");
  const row = run.tx.get(table, id);
  if (row === null) throw new FunctionError(`${verb} on nonexistent document ID ${id}`);
  return { table, current: row.value };
}

function write(run: Run, table: Table, id: string, document: JsonObject): void {
  run.tx.update(table, id, document, (value) => run.catalog.checkDocument(table.name, value));
}

function checkSystemField(name: string, value: JsonObject, current: JsonObject): void {
  if (name === "_id" && value._id !== current._id)
    throw new FunctionError(
      `Provided document ID ${display(current._id)} doesn't match '_id' field ${display(value._id)}`,
    );
  if (name === "_creationTime" && value._creationTime !== current._creationTime)
    throw new FunctionError(
      `Provided creation time ${display(current._creationTime)} doesn't match '_creationTime' field in ${display(value)}`,
    );
  if (name !== "_id" && name !== "_creationTime") throw reserved(name, value);
}

function mustBeObject(value: Json, method: string): void {
  if (!isObject(value) || specialKey(value) !== undefined)
    throw wrongArgument(`db.${method}`, "value", "Value must be an Object");
}

/** Raises FunctionError for a value that is none of Convex's. In a patch, undefined removes a field. */
function wellFormed(method: string, value: JsonObject): void {
  try {
    measure(value, method === "patch");
  } catch (error) {
    throw wrongArgument(`db.${method}`, "value", (error as Error).message);
  }
}

/** Writes the value. The error of one that was malformed already when the function gave it says so. */
function explained<T>(method: string, value: JsonObject, write: () => T): T {
  try {
    return write();
  } catch (error) {
    wellFormed(method, value);
    throw error;
  }
}

const reserved = (name: string, value: JsonObject): FunctionError =>
  new FunctionError(
    `${display(value)} isn't a valid document: Field '${name}' starts with an underscore, which is only allowed for system fields like '_id'`,
  );
