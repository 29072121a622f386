// A thread that prepares an import. The upload may be anything, so the deployment's own thread never parses it: it gets an SQLite file
// with checked documents and, in order, their index entries, which it only has to copy.
import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import { type IndexDefinition, keysOf, makeIndex, type Table } from "../store/tables.ts";
import { FunctionError } from "../value/errors.ts";
import { tableOfId } from "../value/ids.ts";
import type { JsonObject, ValidatorJson } from "../value/json.ts";
import { toBlob } from "../value/keys.ts";
import { read, type Upload } from "./reader.ts";
import { parsed, Rows } from "./rows.ts";

export interface LoadedTable {
  name: string;
  validator: ValidatorJson | null;
  /** Of its staged table; null if documents are added to the present one. */
  indexes: { id: number; name: string; definition: IndexDefinition }[] | null;
}

export type Task =
  | { type: "count"; upload: Upload }
  | {
      type: "load";
      upload: Upload;
      tables: LoadedTable[];
      /** Every table's number once all is imported. */
      numbers: [string, number][];
      creationTime: number;
      /** The file to make, and the number before the first document's. */
      file: string;
      before: number;
    };
export interface Counted {
  /** The rows of each table, and the number that its ids have, or else that the upload says. */
  tables: [name: string, rows: number, number: number | null][];
}
export interface Loaded {
  last: number;
  entries: number;
  creationTime: number;
  files: string[];
}
export type FromLoader =
  | { type: "progress"; rows: number }
  | { type: "done"; answer: Counted | Loaded }
  | { type: "failed"; message: string };

const say = (message: FromLoader): void => parentPort!.postMessage(message);

async function count(upload: Upload): Promise<Counted> {
  const tables = new Map<string, [number, number | null]>();
  for await (const piece of read(upload)) {
    if (piece.type === "file") continue;
    const { table, number, where, texts } = piece;
    const known = tables.get(table);
    const id = !known && texts.length > 0 ? parsed(where[0]!, texts[0]!)._id : undefined;
    const own = known ? known[1] : ((typeof id === "string" ? tableOfId(id) : null) ?? number);
    tables.set(table, [(known?.[0] ?? 0) + texts.length, own]);
  }
  return { tables: [...tables].map(([name, [rows, number]]) => [name, rows, number]) };
}

class Target {
  readonly #db: DatabaseSync;
  readonly #document;
  readonly #entry;
  n: number;

  constructor(file: string, before: number) {
    this.#db = new DatabaseSync(file);
    this.#db.exec(`
      PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -64000; BEGIN;
      CREATE TABLE documents (n INTEGER PRIMARY KEY, tbl TEXT NOT NULL, json TEXT NOT NULL, staged INTEGER NOT NULL, place TEXT NOT NULL);
      CREATE TABLE unsorted (ix INTEGER NOT NULL, key BLOB NOT NULL, doc INTEGER NOT NULL);
      CREATE TABLE entries (at INTEGER PRIMARY KEY, ix INTEGER NOT NULL, key BLOB NOT NULL, doc INTEGER NOT NULL);
    `);
    this.#document = this.#db.prepare("INSERT INTO documents VALUES (?, ?, ?, ?, ?)");
    this.#entry = this.#db.prepare("INSERT INTO unsorted VALUES (?, ?, ?)");
    this.n = before;
  }

  add({ name, indexes }: LoadedTable, document: JsonObject, where: string): void {
    this.#document.run(++this.n, name, JSON.stringify(document), indexes === null ? 0 : 1, where);
    for (const { id, name, definition } of indexes ?? [])
      for (const key of keysOf(makeIndex(id, {} as Table, name, definition), document))
        this.#entry.run(id, toBlob(key), this.n);
  }

  /** The number of index entries. Raises FunctionError for an id that appears twice. */
  finish(): number {
    this.#db.exec(
      "INSERT INTO entries (ix, key, doc) SELECT ix, key, doc FROM unsorted ORDER BY ix, key; DROP TABLE unsorted",
    );
    const twice = this.#db
      .prepare(
        "SELECT d.place, d.json FROM entries e JOIN entries f ON f.at = e.at + 1 AND f.ix = e.ix AND f.key = e.key JOIN documents d ON d.n = f.doc LIMIT 1",
      )
      .get() as { place: string; json: string } | undefined;
    if (twice) {
      const { _id } = JSON.parse(twice.json) as { _id: string };
      throw new FunctionError(`${twice.place}: field "_id": ${_id} appears twice.`);
    }
    const { last } = this.#db.prepare("SELECT coalesce(max(at), 0) AS last FROM entries").get() as { last: number };
    this.#db.exec("COMMIT");
    this.#db.close();
    return last;
  }
}

async function load({ upload, tables, numbers, creationTime, file, before }: Task & { type: "load" }): Promise<Loaded> {
  const target = new Target(file, before);
  const byName = new Map(tables.map((table) => [table.name, table]));
  const all = new Map(numbers);
  const readers = new Map<string, Rows>();
  const rowsOf = (name: string): Rows => {
    const known = readers.get(name) ?? new Rows(name, all, byName.get(name)!.validator, creationTime);
    readers.set(name, known);
    return known;
  };
  const stored = new Map<string, { uuid: string; sha256: string; size: number }>();
  const named: [string, JsonObject][] = [];
  for await (const piece of read(upload)) {
    if (piece.type === "file") {
      stored.set(piece.id, piece);
      continue;
    }
    const table = byName.get(piece.table);
    if (!table) continue;
    for (const [at, where] of piece.where.entries()) {
      const document = rowsOf(table.name).document(where, piece.texts[at]!);
      if (table.name === "_storage") named.push([where, document]);
      else target.add(table, document, where);
    }
    say({ type: "progress", rows: target.n - before });
  }
  const files: string[] = [];
  for (const [where, document] of named) {
    const id = document._id as string;
    const file = stored.get(id);
    if (!file) throw new FunctionError(`${where}: the ZIP does not have the file ${id}.`);
    if (document.sha256 !== file.sha256) throw new FunctionError(`${where}: the file ${id} has another sha256.`);
    target.add(byName.get("_storage")!, { ...document, size: file.size }, where);
    const name = rowsOf("_files");
    const { _creationTime } = document as { _creationTime: number };
    target.add(byName.get("_files")!, { uuid: file.uuid, storageId: id, _creationTime, _id: name.newId() }, where);
    stored.delete(id);
    files.push(file.uuid);
  }
  const [unknown] = byName.has("_storage") ? stored.keys() : [];
  if (unknown !== undefined) throw new FunctionError(`The file ${unknown} has no row in _storage/documents.jsonl.`);
  const newest = Math.max(creationTime, ...[...readers.values()].map((rows) => rows.creationTime));
  return { last: target.n, entries: target.finish(), creationTime: newest, files };
}

const task = workerData as Task;
(task.type === "count" ? count(task.upload) : load(task)).then(
  (answer) => say({ type: "done", answer }),
  (error: Error) => {
    if (!(error instanceof RangeError || error instanceof FunctionError)) console.error("An import failed:", error);
    say({ type: "failed", message: error.message });
  },
);
