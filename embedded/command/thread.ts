// Runs a task of an import in the thread of `loader.ts`.
import { Worker } from "node:worker_threads";
import { FunctionError } from "../value/errors.ts";
import type { Counted, FromLoader, Loaded, Task } from "./loader.ts";

const MEMORY_MB = 512;

/** Raises FunctionError, which says what is wrong with the upload. */
export async function inThread(task: Task & { type: "count" }): Promise<Counted>;
export async function inThread(task: Task & { type: "load" }, progress: (rows: number) => void): Promise<Loaded>;
export async function inThread(task: Task, progress: (rows: number) => void = () => {}): Promise<Counted | Loaded> {
  const loader = new Worker(new URL("./loader.ts", import.meta.url), {
    workerData: task,
    env: { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE },
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  return new Promise<Counted | Loaded>((resolve, reject) => {
    const refuse = (message: string): void =>
      reject(new FunctionError(message.replaceAll(task.upload.path, "The file")));
    loader.on("error", ({ message }) => refuse(`The file could not be read: ${message}.`));
    loader.on("message", (message: FromLoader) => {
      if (message.type === "progress") progress(message.rows);
      else if (message.type === "done") resolve(message.answer);
      else refuse(message.message);
    });
  }).finally(() => void loader.terminate());
}
