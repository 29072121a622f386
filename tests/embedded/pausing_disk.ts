// Loaded into the deployment with --import: while the file `log.paused` lies beside the log, the disk takes no record.

// Loaded into the deployment with --import: while the file `log.paused` lies beside the log, the disk takes no record.
import fs, { existsSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const LOOK_MS = 2;
const paused = new Map<number, string>();
const { openSync, write } = fs;

fs.openSync = (path, ...rest) => {
  const file = openSync(path, ...rest);
  if (String(path).endsWith("/log")) paused.set(file, `${String(path)}.paused`);
  return file;
};
fs.write = ((file: number, ...rest: Parameters<typeof write> extends [number, ...infer Rest] ? Rest : never) => {
  const look = (): void => {
    if (existsSync(paused.get(file) ?? "")) setTimeout(look, LOOK_MS);
    else write(file, ...rest);
  };
  look();
}) as typeof write;
syncBuiltinESMExports();
