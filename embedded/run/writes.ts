// What `ctx.db` asks for inside a mutation: insert, patch, replace, delete.

import { wrongIdentifier } from "../ground/identifiers.ts";
import type { Table } from "../store/tables.ts";
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
    if (wrong !== null) throw new FunctionError(`Invalid argument \`table\` for \`db.insert\`: ${wrong}`);
    if (table.startsWith("_")) throw new FunctionError("System tables can only be accessed with db.system.");
    mustBeObject(value, "insert");
    for (const name in value)
      if (name.startsWith("_"))
        throw name === "_id" || name === "_creationTime" ? notNew(name, value) : reserved(name, value);
    const id = run.tx.insert(run.tx.db.ensureTable(table, run.tx.component), value, (document) =>
      run.catalog.checkDocument(table, document),
    );
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
};

/** The table of an id. Raises FunctionError for what is no id, or of another table than `named`. */
export function resolveId(run: Run, id: string, method: string, named?: string): Table {
  const table = typeof id === "string" ? run.tx.tableOf(id) : null;
  if (table === null)
    throw new FunctionError(
      `Invalid argument \`id\` for \`db.${method}\`: ${typeof id === "string" && tableOfId(id) !== null ? `Table for ID "${id}" not found` : "Unable to decode ID: ID wasn't valid base32"}`,
    );
  if (named !== undefined && table.name !== named) {
    throw new FunctionError(
      `Invalid argument \`id\` for \`db.${method}\`: expected to be an Id<"${named}">, got Id<"${table.name}"> instead.`,
    );
  }
  return table;
}

function existing(
  run: Run,
  id: string,
  method: string,
  verb: string,
  named?: string,
): { table: Table; current: JsonObject } {
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
    throw new FunctionError(`Invalid argument \`value\` for \`db.${method}\`: Value must be an Object`);
}

const notNew = (name: string, value: JsonObject): FunctionError =>
  new FunctionError(`${display(value)} isn't a valid document: '${name}' is given by the database`);
const reserved = (name: string, value: JsonObject): FunctionError =>
  new FunctionError(
    `${display(value)} isn't a valid document: Field '${name}' starts with an underscore, which is only allowed for system fields like '_id'`,
  );
