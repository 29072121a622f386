// The main thread of the deployment: database, functions, sockets. `main.ts` starts and watches it.
import { watch } from "node:fs";
import { flushCompileCache } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import { Admin } from "./auth/admin.ts";
import { Exports } from "./command/exports.ts";
import { Imports } from "./command/imports.ts";
import { Deployment } from "./deployment.ts";
import { Files } from "./files/files.ts";
import { loaded } from "./files/loaded.ts";
import { fileByUuid, UploadTokens } from "./files/storage.ts";
import { type Bundle, bundle } from "./functions/bundle.ts";
import { type Env, Environment } from "./functions/environment.ts";
import { DeploymentServer } from "./http/server.ts";
import { Database } from "./store/database.ts";
import { Pulse } from "./turns/pulse.ts";
import { FunctionError, StartError } from "./value/errors.ts";

const RELOAD_AFTER_MS = 50;
const CLOSE_AFTER_MS = 250;
/** Time until a deleted document is overwritten in the files of the data folder. */
const SCRUB_EVERY_MS = 3_600_000;
/** Other work runs between the steps of that. */
const SCRUB_STEP_MS = 5;

export interface ThreadOptions {
  functions: string;
  data: string;
  host: string;
  port: number;
  /** Null: HTTP actions are under /http of the other port. */
  sitePort: number | null;
  adminKey: string;
  production: boolean;
  maxTokenLife: number | undefined;
  concurrent: boolean;
  /** s */
  actionTime: number;
  env: Env;
  pulse: SharedArrayBuffer;
  /** Functions that did not end before: they always run under a watchdog. */
  suspects: string[];
}

/** Messages of the thread to `main.ts`. `functions` are paths in the order of the pulse's numbers. */
export type ThreadMessage =
  | { type: "ready"; url: string; siteUrl: string }
  | { type: "functions"; paths: string[] }
  | { type: "failed"; message: string }
  | { type: "stopped" };

const say = (message: ThreadMessage): void => parentPort!.postMessage(message);

async function run(options: ThreadOptions): Promise<void> {
  const building = bundle(options.functions);
  building.catch(() => {});
  const db = new Database(options.data);
  const built = await building;
  const files = new Files(options.data);
  const server = new DeploymentServer();
  const { url, siteUrl } = await server.listen(options.host, options.port, options.sitePort);
  const environment = new Environment({ CONVEX_CLOUD_URL: url, CONVEX_SITE_URL: siteUrl }, options.env, options.data);
  const env = environment.all;
  const deployment = new Deployment({
    ...{
      db,
      files,
      environment,
      production: options.production,
      maxTokenLife: options.maxTokenLife,
      concurrent: options.concurrent,
      actionTime: options.actionTime,
      functions: options.functions,
      suspects: options.suspects,
    },
    uploads: new UploadTokens(options.adminKey),
    admin: new Admin(options.adminKey),
    site: { cloud: env.CONVEX_CLOUD_URL!, http: env.CONVEX_SITE_URL! },
    exports: new Exports(options.data),
    imports: new Imports(options.data),
    pulse: new Pulse(options.pulse),
    end: (message) => say({ type: "failed", message }),
  });
  const load = async (version: Bundle): Promise<void> => {
    await deployment.load(version);
    say({ type: "functions", paths: deployment.catalog.titles });
  };
  await load(built);
  surviveRejections((stack) => deployment.catalog.trace(stack));
  console.error(loaded(db, files, options.data));
  if (!db.damagedLately) files.sweep((uuid) => fileByUuid(db, uuid) !== null);
  deployment.scheduler.start();
  deployment.imports.start(deployment);
  setInterval(() => scrub(db), SCRUB_EVERY_MS).unref();
  server.open(deployment);
  reloadOnChange(options.functions, built, load);
  parentPort!.once("message", () => {
    deployment.scheduler.stop();
    server.close();
    const close = (): void => {
      db.close();
      say({ type: "stopped" });
    };
    setTimeout(() => void deployment.still(close), CLOSE_AFTER_MS);
  });
  flushCompileCache();
  say({ type: "ready", url, siteUrl });
}

function scrub(db: Database): void {
  try {
    if (db.scrub()) setTimeout(() => scrub(db), SCRUB_STEP_MS);
  } catch (error) {
    console.error(`What was deleted could not be overwritten, and will be in an hour: ${(error as Error).message}`);
  }
}

/**
 * A function may leave a rejected promise behind: we print it and go on. Such a promise is of the functions' realm. A rejected
 * promise of our own realm is a bug: the thread ends, and `main.ts` starts a new one.
 */
function surviveRejections(trace: (stack: string) => string): void {
  process.on("unhandledRejection", (reason, promise) => {
    if (promise instanceof Promise) throw reason;
    const { stack = "" } = (reason ?? {}) as { stack?: string };
    console.error(`A promise that nobody awaits was rejected: ${String(reason)}\n${trace(stack)}`.trimEnd());
  });
}

/** Prints what is wrong with a broken edit, and keeps the last good version. */
function reloadOnChange(folder: string, first: Bundle, load: (version: Bundle) => Promise<void>): void {
  const watched = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let reloading = Promise.resolve();
  const reload = async (): Promise<void> => {
    try {
      const version = await bundle(folder);
      watchAll(version);
      await load(version);
      console.error("Functions reloaded.");
    } catch (error) {
      console.error(`${(error as Error).message}\nThe last good version of the functions stays in use.`);
    }
  };
  const watchAll = (version: Bundle): void => {
    for (const path of version.watch) if (!watched.has(path)) watchOne(path);
  };
  const watchOne = (path: string): void => {
    watched.add(path);
    watch(path, { recursive: true }, (_event, name) => {
      if (name?.includes("_generated") || name?.includes("node_modules")) return;
      clearTimeout(timer);
      timer = setTimeout(() => (reloading = reloading.then(reload)), RELOAD_AFTER_MS);
    }).on("error", (error) => console.error(`${path} is not watched for edits any more: ${error.message}`));
  };
  watchAll(first);
}

run(workerData as ThreadOptions).catch((error: unknown) => {
  if (!(error instanceof StartError || error instanceof FunctionError)) throw error;
  say({ type: "failed", message: error.message });
});
