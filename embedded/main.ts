// node embedded/main.ts --functions convex --data .data/convex --port 3210
import { readFileSync, watch } from "node:fs";
import { parseArgs } from "node:util";
import { Database } from "./database.ts";
import { Deployment } from "./deployment.ts";
import { FunctionError, StartError } from "./errors.ts";
import { bundle, type Bundle } from "./functions.ts";
import type { Env } from "./runtime.ts";
import { DeploymentServer } from "./server.ts";

const RELOAD_AFTER_MS = 50;

async function main(): Promise<void> {
  const options = readOptions();
  const built = await bundle(options.functions);
  const db = new Database(options.data);
  const deployment = new Deployment(db, readEnv(options["env-file"]));
  deployment.load(built);
  const server = new DeploymentServer(deployment);
  const url = await server.listen(options.host, options.port);
  reloadOnChange(options.functions, built, deployment);

  const stop = (): void => {
    server.close();
    setTimeout(() => {
      db.close();
      process.exit(0);
    }, 300);
  };
  process.once("SIGTERM", stop);
  if (process.env.EASEL_PARENT === "1") {
    process.on("SIGINT", () => {}); // Ctrl-C reaches the whole process group; the parent says when
    process.stdin.on("end", stop).on("error", stop).resume();
  } else {
    process.once("SIGINT", stop);
  }
  console.log(JSON.stringify({ ready: true, url }));
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        functions: { type: "string", default: "convex" },
        data: { type: "string", default: ".data/convex" },
        port: { type: "string", default: "3210" },
        "site-port": { type: "string" },
        host: { type: "string", default: "127.0.0.1" },
        "env-file": { type: "string" },
        "admin-key-file": { type: "string" },
      },
    });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port must be a number from 0 to 65535, not "${values.port}"`);
    return { ...values, port };
  } catch (error) {
    throw new StartError(`${(error as Error).message}. See embedded/README.md for the options.`);
  }
}

/** Environment variables for the functions: a JSON object of strings. */
function readEnv(file: string | undefined): Env {
  if (file === undefined) return {};
  try {
    const parsed = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
    for (const [name, value] of Object.entries(parsed)) if (typeof value !== "string") throw new Error(`${name} is not a string`);
    return parsed as Env;
  } catch (error) {
    throw new StartError(`The environment file ${file} cannot be used: ${(error as Error).message}.`);
  }
}

/** A broken edit is printed, and the last good version stays. */
function reloadOnChange(folder: string, first: Bundle, deployment: Deployment): void {
  let timer: NodeJS.Timeout | undefined;
  const reload = async (): Promise<void> => {
    try {
      deployment.load(await bundle(folder));
      console.error("Functions reloaded.");
    } catch (error) {
      console.error(`${(error as Error).message}\nThe last good version of the functions stays in use.`);
    }
  };
  for (const path of first.watch) {
    watch(path, { recursive: true }, (_event, name) => {
      if (name?.includes("_generated") || name?.includes("node_modules")) return;
      clearTimeout(timer);
      timer = setTimeout(() => void reload(), RELOAD_AFTER_MS);
    }).on("error", (error) => console.error(`${path} is not watched for edits any more: ${error.message}`));
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof StartError || error instanceof FunctionError ? error.message : error);
  process.exit(1);
});
