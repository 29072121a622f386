// node embedded/main.ts --functions convex --data .data/convex --port 3210
import { readFileSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { parseArgs, parseEnv } from "node:util";
import { Worker } from "node:worker_threads";
import { ADMIN_KEY_FILE, adminKey } from "./auth/admin.ts";
import type { Env } from "./functions/environment.ts";
import { projectIn } from "./functions/project.ts";
import { DATA_FILE } from "./store/store.ts";
import type { ThreadMessage, ThreadOptions } from "./thread.ts";
import { Pulse } from "./turns/pulse.ts";
import { StartError } from "./value/errors.ts";

/** A call counts as endless if so many checks in a row find it running. The watchdog in sandbox/runtime.ts is faster, where it is on. */
const LOOKS = 8;
const LOOK_MS = 250;
const STOP_WITHIN_MS = 900;
const CHECKPOINT_MS = 5000;
const MAX_CRASHES = 5;
const COMPILED = "compiled";

function main(): void {
  const options = readOptions();
  const key = adminKey(options["admin-key-file"] ?? join(options.data, ADMIN_KEY_FILE));
  if (options["print-admin-key"]) return console.log(key);
  const pulse = new Pulse();
  const suspects: string[] = [];
  let { port, sitePort } = options;
  let worker: Worker;
  let functions: string[] = [];
  let ready = false;
  let crashes = 0;

  /** Restarts a crashed thread a few times: everything that was acknowledged is on disk. */
  const crashed = (error: unknown): void => {
    if (!ready || ++crashes > MAX_CRASHES) return fail(error);
    console.error("The deployment crashed and starts anew:", error);
    start();
  };
  // The threads then load compiled JavaScript from there. Without a TypeScript compiler each needs 17 MB less. Each writes what it
  // compiled as soon as it is ready: Node itself writes at a normal end alone, which a killed process does not have.
  process.env.NODE_COMPILE_CACHE ??= join(options.data, COMPILED);
  const start = (): void => {
    pulse.end();
    const data: ThreadOptions = {
      ...options,
      env: readEnv(options["env-file"]),
      port,
      sitePort,
      adminKey: key,
      pulse: pulse.memory,
      suspects,
    };
    worker = new Worker(new URL("./thread.ts", import.meta.url), { workerData: data });
    worker.on("error", crashed);
    worker.on("message", (message: ThreadMessage) => {
      if (message.type === "failed") return fail(new StartError(message.message));
      if (message.type === "stopped") process.exit(0);
      if (message.type === "functions") return void (functions = message.paths);
      port = Number(new URL(message.url).port);
      if (sitePort !== null) sitePort = Number(new URL(message.siteUrl).port);
      if (ready) return;
      ready = true;
      checkpoint(options.data);
      flushCompileCache();
      console.log(JSON.stringify({ ready, url: message.url, siteUrl: message.siteUrl }));
    });
  };
  /** Ends the thread in the middle of the endless call. This undoes what was not acknowledged. */
  const replace = async (functionNumber: number): Promise<void> => {
    const path = functions[functionNumber] ?? "?";
    console.error(`${path} does not end: the deployment starts anew and will watch it.`);
    suspects.push(path);
    worker.off("error", crashed);
    await worker.terminate();
    start();
  };
  watchOver(pulse, (functionNumber) => void replace(functionNumber));
  start();

  const stop = (): void => {
    worker.postMessage("stop");
    setTimeout(() => process.exit(0), STOP_WITHIN_MS);
  };
  if (process.env.EASEL_PARENT === "1") {
    // The parent handles signals to the whole process group: it closes our input after the web processes have ended.
    for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {});
    process.stdin.on("end", stop).on("error", stop).resume();
  } else {
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, stop);
  }
}

function watchOver(pulse: Pulse, endless: (functionNumber: number) => void): void {
  let last = pulse.look();
  let seen = 0;
  setInterval(() => {
    const now = pulse.look();
    seen = now !== null && now.call === last?.call ? seen + 1 : 0;
    last = now;
    if (seen < LOOKS) return;
    seen = 0;
    last = null;
    endless(now!.functionNumber);
  }, LOOK_MS);
}

/** Makes SQLite's checkpoints here, since this thread keeps no call waiting. */
function checkpoint(folder: string): void {
  const db = new DatabaseSync(join(folder, DATA_FILE));
  setInterval(() => {
    try {
      db.exec("PRAGMA wal_checkpoint(PASSIVE)");
    } catch (error) {
      console.error(`The log could not be moved into the database file, and grows: ${(error as Error).message}`);
    }
  }, CHECKPOINT_MS);
}

function readOptions() {
  const project = projectIn(".");
  try {
    const { values } = parseArgs({
      options: {
        functions: { type: "string", default: project?.functions ?? "convex" },
        data: { type: "string", default: ".data/convex" },
        port: { type: "string", default: "3210" },
        "site-port": { type: "string" },
        host: { type: "string", default: "127.0.0.1" },
        "env-file": { type: "string" },
        "admin-key-file": { type: "string" },
        "print-admin-key": { type: "boolean", default: false },
        production: { type: "boolean", default: false },
        concurrent: { type: "boolean", default: false },
        "max-token-life": { type: "string" },
        "action-time": { type: "string", default: "600" },
      },
    });
    const site = values["site-port"];
    const life = values["max-token-life"];
    const maxTokenLife = life === undefined ? undefined : readNumber("--max-token-life", life, 1, 10 * 365 * 86_400);
    return {
      ...values,
      maxTokenLife,
      actionTime: readNumber("--action-time", values["action-time"], 1, 86_400),
      port: readPort("--port", values.port),
      sitePort: site === undefined ? null : readPort("--site-port", site),
    };
  } catch (error) {
    throw new StartError(`${(error as Error).message}. See embedded/README.md for the options.`);
  }
}

const readPort = (option: string, value: string): number => readNumber(option, value, 0, 65_535);

function readNumber(option: string, value: string, least: number, most: number): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < least || number > most)
    throw new Error(`${option} must be a number from ${least} to ${most}, not "${value}"`);
  return number;
}

/** Environment variables for the functions: a JSON object of strings, or lines `NAME=value`. */
function readEnv(file: string | undefined): Env {
  if (file === undefined) return {};
  try {
    const text = readFileSync(file, "utf8");
    const parsed = (/^\s*\{/.test(text) ? JSON.parse(text) : parseEnv(text)) as Record<string, unknown>;
    for (const [name, value] of Object.entries(parsed))
      if (typeof value !== "string") throw new Error(`${name} is not a string`);
    return parsed as Env;
  } catch (error) {
    throw new StartError(`The environment file ${file} cannot be used: ${(error as Error).message}.`);
  }
}

function fail(error: unknown): void {
  console.error(error instanceof StartError ? error.message : error);
  process.exit(1);
}

try {
  main();
} catch (error) {
  fail(error);
}
