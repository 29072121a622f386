// What a start found in the data folder, as one line for the operator.
import type { Database } from "../store/database.ts";
import type { Table } from "../store/tables.ts";
import type { Files } from "./files.ts";

export function loaded(db: Database, files: Files, folder: string): string {
  const all = [...db.spaces.values()].flatMap((space) => [...space.values()]);
  const tables = all.filter(({ name }) => !name.startsWith("_"));
  const counts = tables.map((table) => [titleOf(table), db.count(table)] as const).filter(([, count]) => count > 0);
  const named = all.filter(({ name }) => name === "_files");
  const stored = named.flatMap((table) => [...db.rows(table)].map(({ value }) => value.uuid as string));
  const missing = files.missing(stored);
  const parts = [
    ...counts.map(([name, count]) => `${count} ${name}`),
    `${stored.length} files${missing ? ` (the bytes of ${missing} are missing)` : ""}`,
    `${db.replayed} commits from the log`,
  ];
  return `Loaded ${folder}: ${parts.join(", ")}; last ts ${db.found}.`;
}

const titleOf = ({ component, name }: Table): string => (component === "" ? name : `${component}:${name}`);
