// What an import would change: known from a first reading of the upload, before anything is changed.
import { wrongIdentifier } from "../ground/identifiers.ts";
import type { Host } from "../run/host.ts";
import type { Table } from "../store/tables.ts";
import { FunctionError } from "../value/errors.ts";
import type { Upload } from "./reader.ts";
import { inThread } from "./thread.ts";

export const MODES = ["requireEmpty", "append", "replace", "replaceAll"] as const;
export type Mode = (typeof MODES)[number];

export interface Summary {
  /** Rows in the upload, by table. */
  readonly rows: ReadonlyMap<string, number>;
  /** Every table's number once all is imported. */
  readonly numbers: ReadonlyMap<string, number>;
  /** Tables that get further documents; all others of the upload get new ones. */
  readonly appended: ReadonlySet<string>;
  /** Tables that go. */
  readonly dropped: readonly Table[];
  readonly deletes: number;
  readonly text: string;
}

/** Raises FunctionError if the import is not possible. */
export async function summaryOf({ db, catalog }: Host, upload: Upload, mode: Mode): Promise<Summary> {
  const rows = new Map<string, number>();
  const given = new Map<string, number>();
  const counted = await inThread({ type: "count", upload: { ...upload, files: null } });
  for (const [name, count, number] of counted.tables) {
    checkName(name);
    rows.set(name, count);
    if (number !== null) given.set(name, number);
  }
  const counts = new Map<string, number>();
  const present = (name: string): number => {
    const table = db.tables.get(name);
    if (!counts.has(name)) counts.set(name, table ? db.count(table) : 0);
    return counts.get(name)!;
  };
  if (mode === "requireEmpty") {
    for (const [name, count] of rows) {
      if (count === 0) rows.delete(name);
      else if (present(name) > 0)
        throw new FunctionError(
          `Table "${name}" has documents already: say --append to add to them, or --replace to replace them.`,
        );
    }
  }
  const appended = new Set(mode === "append" ? [...rows.keys()].filter((name) => present(name) > 0) : []);
  const dropped: Table[] = [];
  if (mode === "replaceAll") {
    for (const table of db.tables.values()) {
      if (table.name.startsWith("_") || rows.has(table.name)) continue;
      if (catalog.schema?.tables.some(({ tableName }) => tableName === table.name)) rows.set(table.name, 0);
      else dropped.push(table);
    }
  }
  const numbers = numbersOf(db, rows, given, appended, dropped);
  const lines = [...rows].map(([name, count]) => {
    const gone = appended.has(name) ? 0 : present(name);
    return `  ${name}: ${count} documents are added${gone > 0 ? `, ${gone} deleted` : ""}`;
  });
  lines.push(...dropped.map(({ name }) => `  ${name}: the table and its ${present(name)} documents are deleted`));
  const deleted = [...[...rows.keys()].filter((name) => !appended.has(name)), ...dropped.map(({ name }) => name)];
  const deletes = deleted.reduce((total, name) => total + present(name), 0);
  return { rows, numbers, appended, dropped, deletes, text: ["This import changes:", ...lines].join("\n") };
}

function checkName(table: string): void {
  const problem = wrongIdentifier(table);
  if (problem !== null) throw new FunctionError(`"${table}" is no name of a table: ${problem}.`);
  if (table.startsWith("_") && table !== "_storage")
    throw new FunctionError(`Table "${table}" belongs to the database, and cannot be imported.`);
}

/** Raises FunctionError if two tables would have the same number. */
function numbersOf(
  db: Host["db"],
  rows: ReadonlyMap<string, number>,
  given: ReadonlyMap<string, number>,
  appended: ReadonlySet<string>,
  dropped: readonly Table[],
): Map<string, number> {
  const numbers = new Map<string, number>();
  const names = new Map<number, string>();
  for (const name of rows.keys()) {
    const own = db.tables.get(name)?.number;
    const number = given.get(name) ?? own;
    if (number === undefined) continue;
    if (appended.has(name) && number !== own)
      throw new FunctionError(`The ids of "${name}" are of another deployment: --append needs rows without _id.`);
    const other = names.get(number);
    if (other !== undefined) throw new FunctionError(`The ids of "${name}" and "${other}" are of one table.`);
    names.set(number, name);
    numbers.set(name, number);
  }
  let top = Math.max(...names.keys(), ...db.tablesByNumber.keys());
  for (const name of rows.keys()) if (!numbers.has(name)) numbers.set(name, ++top);
  for (const table of db.tablesByNumber.values()) {
    if ((table.component === "" && numbers.has(table.name)) || dropped.includes(table)) continue;
    const taker = names.get(table.number);
    if (taker !== undefined && db.count(table) > 0)
      throw new FunctionError(`The ids of "${taker}" are those of table "${table.name}" here, which has documents.`);
    if (table.component === "") numbers.set(table.name, taker === undefined ? table.number : ++top);
  }
  return numbers;
}
