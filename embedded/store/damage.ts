// Detects a data folder with missing files. It must never count as a new folder: a start would overwrite the rest.
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StartError } from "../value/errors.ts";

/** Written once the database and the log exist. */
const MARKER = "created";
/** The operator creates this file to start without the lost log. */
const ACCEPT_LOSS = "accept-loss";

/** Raises StartError, and changes nothing, if the folder has no database but something that belongs to one. */
export function refuseLostDatabase(folder: string, database: string): void {
  const size = sizeOf(join(folder, database));
  if (size) return;
  const remains = remainsIn(folder);
  if (remains.length === 0) return;
  const lost = size === null ? "is missing" : "is empty";
  throw new StartError(
    `The data folder ${folder} is damaged: ${database} ${lost}, but there is ${remains.join(", ")}. Nothing was changed. ` +
      `Put back ${database} or restore a backup (docs/operations.md); to start with no boards, use another folder.`,
  );
}

/** The same for the log, which alone holds the newest commits. `made` says that the folder had a log. */
export function refuseLostLog(folder: string, log: string, made: boolean, whole: number): void {
  const size = sizeOf(join(folder, log));
  if (!made || (size !== null && size >= whole) || existsSync(join(folder, ACCEPT_LOSS))) return;
  const lost = size === null ? "is missing" : `has only ${size} of at least ${whole} bytes`;
  throw new StartError(
    `The data folder ${folder} is damaged: the file ${log} ${lost}, and with it the newest changes. Nothing was changed. ` +
      `Put it back or restore a backup (docs/operations.md); to go on without those changes, make an empty file ${join(folder, ACCEPT_LOSS)}.`,
  );
}

/** The error as an operator can read it. */
export function unreadable(folder: string, database: string, error: Error): StartError {
  if (error instanceof StartError) return error;
  const advice = /malformed|not a database|corrupt/i.test(error.message)
    ? ` ${database} is damaged: restore a backup (docs/operations.md).`
    : "";
  return new StartError(`The data folder ${folder} cannot be read: ${error.message}.${advice}`);
}

/** Marks the folder as complete. */
export function mark(folder: string): void {
  rmSync(join(folder, ACCEPT_LOSS), { force: true });
  const path = join(folder, MARKER);
  if (!existsSync(path))
    writeFileSync(path, "This folder belongs to a deployment: data.sqlite, log and files go together.\n", {
      mode: 0o600,
    });
}

/** The traces of a deployment in the folder, in words. */
function remainsIn(folder: string): string[] {
  const files = existsSync(join(folder, "files")) ? readdirSync(join(folder, "files")).length : 0;
  const found: string[] = [];
  if (sizeOf(join(folder, "log"))) found.push("a log of changes");
  if (files > 0) found.push(`${files} stored ${files === 1 ? "file" : "files"}`);
  if (existsSync(join(folder, MARKER))) found.push(`the marker "${MARKER}"`);
  return found;
}

function sizeOf(path: string): number | null {
  return existsSync(path) ? statSync(path).size : null;
}
