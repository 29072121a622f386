// One process at a time has the data folder.
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { StartError } from "./errors.ts";

/** Holds the folder until this process ends, however it ends: the kernel drops SQLite's lock with the process. */
export function lock(folder: string): DatabaseSync {
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
