// The lock of the data folder: one process at a time uses it.
import { accessSync, constants, mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { StartError } from "../value/errors.ts";

/**
 * Creates the folder if it is missing, and locks it until this process ends. The kernel releases SQLite's lock even after a crash.
 * Raises StartError.
 */
export function lock(folder: string): DatabaseSync {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new StartError(`The data folder ${folder} cannot be written: ${(error as Error).message}.`);
  }
  try {
    const lock = new DatabaseSync(join(folder, "lock.sqlite"), { timeout: 0 });
    lock.exec("PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE; CREATE TABLE IF NOT EXISTS lock (pid);");
    return lock;
  } catch (error) {
    if (/locked|busy/.test((error as Error).message)) {
      throw new StartError(`The data folder ${folder} is in use by another running deployment.`);
    }
    throw new StartError(`The data folder ${folder} cannot be locked: ${(error as Error).message}.`);
  }
}
