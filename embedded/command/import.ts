// One import. New tables are filled out of sight, and then all shown at once; what is added to a table with documents is added piece
// by piece. Nothing here keeps the deployment for more than some 2 ms at a time.
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Host } from "../run/host.ts";
import type { Staged } from "../store/staging.ts";
import { FunctionError } from "../value/errors.ts";
import type { JsonObject } from "../value/json.ts";
import { LAST_KEY } from "../value/keys.ts";
import type { LoadedTable } from "./loader.ts";
import type { Upload } from "./reader.ts";
import type { Mode, Summary } from "./summary.ts";
import { inThread } from "./thread.ts";

/** Documents that are added together, and their length. */
const AT_ONCE = 8;
const CHARACTERS = 1 << 20;

/** The number of documents. Raises FunctionError; then no table has changed, but perhaps some that documents were added to. */
export async function runImport(
  host: Host,
  upload: Upload & { files: string },
  mode: Mode,
  summary: Summary,
  progress: (rows: number) => void,
): Promise<number> {
  const { db, catalog } = host;
  const staged = new Map<string, Staged>();
  let files: string[] = [];
  try {
    const names = [...summary.rows.keys(), ...(summary.rows.has("_storage") ? ["_files"] : [])];
    const isAppended = (name: string): boolean => summary.appended.has(name === "_files" ? "_storage" : name);
    for (const name of names) if (!isAppended(name)) staged.set(name, db.stage(name, summary.numbers.get(name)!));
    const tables = names.map((name): LoadedTable => {
      const indexes = [...(staged.get(name)?.table.indexes.values() ?? [])];
      return {
        name,
        validator: catalog.validatorOf(name),
        indexes: staged.has(name) ? indexes.map(({ id, name, definition }) => ({ id, name, definition })) : null,
      };
    });
    const total = [...summary.rows.values()].reduce((sum, rows) => sum + rows, 0);
    const before = db.reserve(total + (summary.rows.get("_storage") ?? 0));
    const file = join(dirname(upload.path), "loaded.sqlite");
    const { creationTime } = db;
    const loaded = await inThread(
      { type: "load", upload, tables, numbers: [...summary.numbers], creationTime, file, before },
      progress,
    );
    files = loaded.files;
    await host.files.adopt(upload.files, files);
    await db.load(file, { documents: [before, loaded.last], entries: [0, loaded.entries] });
    await append(host, file);
    if (staged.size > 0 || summary.dropped.length > 0) await publish(host, catalog, mode, summary, staged);
    db.creationTime = Math.max(db.creationTime, loaded.creationTime);
    return total;
  } catch (error) {
    for (const table of staged.values()) db.discard(table);
    for (const uuid of files) host.files.remove(uuid);
    throw error;
  }
}

async function append(host: Host, file: string): Promise<void> {
  const loaded = new DatabaseSync(file, { readOnly: true });
  try {
    const rows = loaded.prepare("SELECT n, tbl, json FROM documents WHERE n > ? AND NOT staged ORDER BY n LIMIT ?");
    for (let after = -1; ; ) {
      const found = rows.all(after, AT_ONCE) as { n: number; tbl: string; json: string }[];
      if (found.length === 0) return;
      let characters = 0;
      const some = found.filter(({ json }, at) => (characters += json.length) <= CHARACTERS || at === 0);
      after = some.at(-1)!.n;
      await new Promise<void>((resolve, reject) =>
        host.write(
          (tx) => {
            for (const { tbl, json } of some) {
              const table = tx.db.tablesOf("").get(tbl)!;
              const document = JSON.parse(json) as JsonObject & { _id: string };
              if (tx.get(table, document._id) !== null)
                throw new FunctionError(`Table "${tbl}" has the document ${document._id} already.`);
              tx.update(table, document._id, document, () => {});
            }
          },
          (outcome) => (outcome.ok ? resolve() : reject(new FunctionError(outcome.detail ?? outcome.message))),
        ),
      );
    }
  } finally {
    loaded.close();
  }
}

async function publish(
  host: Host,
  catalog: Host["catalog"],
  mode: Mode,
  { dropped }: Summary,
  staged: ReadonlyMap<string, Staged>,
): Promise<void> {
  const { db } = host;
  await db.sync();
  await host.still(() => {
    if (host.catalog !== catalog)
      throw new FunctionError("The functions were loaded anew during the import: try again.");
    const filled = [...staged.keys()].find((name) => {
      const table = db.tables.get(name);
      return table !== undefined && db.range(table.byId, "", LAST_KEY, false, 1).length > 0;
    });
    if (mode === "requireEmpty" && filled !== undefined)
      throw new FunctionError(`Table "${filled}" got documents during the import, and has to be empty for it.`);
    db.publish([...staged.values()], dropped);
  });
}
