// node embedded/command/transfer.ts --export data.zip | --import data.zip  [--data .data/convex]
// All data as a ZIP in the layout of `npx convex export`: a documents.jsonl a table, and the stored files. What components have is
// in folders of their own: the table `lines` of the component `shelf/ledger` is `_components/shelf/_components/ledger/lines`.
import { parseArgs } from "node:util";
import { Files } from "../files/files.ts";
import { Database } from "../store/database.ts";
import type { Table } from "../store/tables.ts";
import { keyChanges } from "../store/tables.ts";
import { StartError } from "../value/errors.ts";
import { makeId } from "../value/ids.ts";
import type { JsonObject } from "../value/json.ts";
import { readZip, ZipWriter } from "./zip.ts";

type Tables = ReadonlyMap<string, Table>;

const BATCH = 1000;
const COMPONENT = /^(_components\/[^/]+\/)*/;
const DOCUMENTS = /^([^/]+)\/documents\.jsonl$/;
const STORED = /^_storage\/([0-9a-z]+)(\.[^/]*)?$/;
const README = "All data of an embedded deployment, in the layout of `npx convex export`.\n";

export function exportZip(data: string, path: string): void {
  const db = new Database(data);
  writeZip(db, new Files(data), path);
  db.close();
}

export function writeZip(db: Database, files: Files, path: string): void {
  const zip = new ZipWriter(path);
  zip.add("README.md", Buffer.from(README));
  for (const [component, tables] of db.spaces) writeComponent(zip, db, files, folderOf(component), tables);
  zip.finish();
}

function writeComponent(zip: ZipWriter, db: Database, files: Files, folder: string, space: Tables): void {
  const tables = [...space.values()].filter(({ name }) => !name.startsWith("_") || name === "_storage");
  const ids = tables.map(({ name, number }) => JSON.stringify({ name, id: number }));
  zip.add(`${folder}_tables/documents.jsonl`, lines(ids));
  for (const table of tables)
    zip.add(`${folder}${table.name}/documents.jsonl`, lines([...db.rows(table)].map(({ text }) => text)));
  const named = space.get("_files");
  for (const { value } of named ? db.rows(named) : [])
    zip.add(`${folder}_storage/${value.storageId as string}`, files.read(value.uuid as string));
}

const folderOf = (component: string): string => component.replace(/([^/]+)(\/|$)/g, "_components/$1/");

/** What an entry is called inside its component. */
function placed(entry: string): { component: string; name: string } {
  const folder = COMPONENT.exec(entry)![0];
  const component = folder.replaceAll("_components/", "").replace(/\/$/, "");
  return { component, name: entry.slice(folder.length) };
}

/** Into an empty data folder: ids and creation times stay as they are. Raises StartError, RangeError. */
export async function importZip(data: string, path: string): Promise<void> {
  const entries = Array.from(readZip(path), ([entry, bytes]) => ({ ...placed(entry), bytes }));
  const db = new Database(data);
  const files = new Files(data);
  try {
    for (const table of [...db.spaces.values()].flatMap((space) => [...space.values()])) {
      if (!table.name.startsWith("_") && db.count(table) > 0)
        throw new StartError(`The data folder ${data} is not empty: an import needs a new one.`);
    }
    for (const { component, bytes } of entries.filter(({ name }) => name === "_tables/documents.jsonl"))
      for (const { name, id } of documents(bytes)) db.ensureTable(name as string, component, id as number);
    for (const { component, name, bytes } of entries) {
      const table = DOCUMENTS.exec(name)?.[1];
      if (table !== undefined && table !== "_tables")
        await insert(db, db.ensureTable(table, component), documents(bytes));
      const storageId = name.endsWith(".jsonl") ? undefined : STORED.exec(name)?.[1];
      if (storageId === undefined) continue;
      const { uuid } = await files.write([bytes]);
      const row = db.ensureTable("_files", component);
      await insert(db, row, [{ uuid, storageId, _creationTime: Date.now(), _id: makeId(row.number, Date.now()) }]);
    }
  } finally {
    db.close();
  }
}

async function insert(db: Database, table: Table, rows: JsonObject[]): Promise<void> {
  for (let from = 0; from < rows.length; from += BATCH) {
    const batch = rows.slice(from, from + BATCH);
    db.apply(
      batch.map((after) => ({ table, before: null, after, keys: keyChanges(table, null, after) })),
      db.nextTs(),
    );
    await new Promise<void>((resolve, reject) => db.commit((error) => (error ? reject(error) : resolve())));
    db.settle();
  }
}

const lines = (texts: string[]): Buffer => Buffer.from(texts.map((text) => `${text}\n`).join(""));
const documents = (bytes: Buffer): JsonObject[] =>
  bytes
    .toString()
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as JsonObject);

if (import.meta.main) {
  try {
    const { values } = parseArgs({
      options: {
        export: { type: "string" },
        import: { type: "string" },
        data: { type: "string", default: ".data/convex" },
      },
    });
    if (values.export !== undefined) exportZip(values.data, values.export);
    else if (values.import !== undefined) await importZip(values.data, values.import);
    else throw new StartError("Say --export FILE.zip or --import FILE.zip.");
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
