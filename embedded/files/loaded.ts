// What a start found in the data folder, as one line for the operator.
import type { Database } from "../store/database.ts";
import type { Files } from "./files.ts";

export function loaded(db: Database, files: Files, folder: string): string {
  const tables = [...db.tables.values()].filter(({ name }) => !name.startsWith("_"));
  const counts = tables.map((table) => [table.name, db.count(table)] as const).filter(([, count]) => count > 0);
  const named = db.tables.get("_files");
  const stored = named ? [...db.rows(named)].map(({ value }) => value.uuid as string) : [];
  const missing = files.missing(stored);
  const parts = [
    ...counts.map(([name, count]) => `${count} ${name}`),
    `${stored.length} files${missing ? ` (the bytes of ${missing} are missing)` : ""}`,
    `${db.replayed} commits from the log`,
  ];
  return `Loaded ${folder}: ${parts.join(", ")}; last ts ${db.found}.`;
}
