// Starts the real embedded deployment in a process of its own, on a free port and a new data folder.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after } from "node:test";

const MAIN = join(import.meta.dirname, "../../embedded/main.ts");
export const FUNCTIONS = join(import.meta.dirname, "convex");

export interface Running {
  url: string;
  siteUrl: string;
  data: string;
  process: ChildProcess;
  stderr: () => string;
  /** Resolves to the exit status, or the signal's name. */
  ended: Promise<number | string>;
}

export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "embedded-"));
  after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

export interface Options {
  data?: string;
  functions?: string;
  /** The folder of a convex.json, which names the functions. */
  project?: string;
  env?: Record<string, string>;
  port?: number;
  processEnv?: Record<string, string>;
  /** More of the command line. */
  more?: string[];
}

export function launch(options: Options = {}) {
  const data = options.data ?? join(folder(), "data");
  const envFile = join(folder(), "env.json");
  writeFileSync(envFile, JSON.stringify({ AUTH_PROVIDERS: "[]", ...options.env }));
  const args = [
    MAIN,
    ...(options.project ? [] : ["--functions", options.functions ?? FUNCTIONS]),
    "--data",
    data,
    "--port",
    String(options.port ?? 0),
    "--env-file",
    envFile,
    ...(options.more ?? []),
  ];
  const child = spawn(process.execPath, args, {
    stdio: ["pipe", "pipe", "pipe"],
    cwd: options.project,
    env: { ...process.env, ...options.processEnv },
  });
  let errors = "";
  child.stderr.on("data", (chunk) => (errors += String(chunk)));
  const ended = new Promise<number | string>((resolve) =>
    child.on("close", (code, signal) => resolve(code ?? signal!)),
  );
  after(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  return { data, child, ended, stderr: () => errors };
}

export async function start(options: Options = {}): Promise<Running> {
  const { data, child, ended, stderr } = launch(options);
  const line = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once("line", resolve);
    void ended.then(() => reject(new Error(`The deployment did not start: ${stderr()}`)));
  });
  return { ...(JSON.parse(line) as { url: string; siteUrl: string }), data, process: child, stderr, ended };
}

export async function post(
  url: string,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: any }> {
  const response = await fetch(url + path, {
    method: "POST",
    body: typeof body === "string" ? body : JSON.stringify(body),
    headers: { "content-type": "application/json", ...headers },
  });
  return { status: response.status, body: await response.json() };
}

/** Resolves when the condition holds. It is looked at whenever `poke` is called, and now and then. */
export async function until(condition: () => boolean, what: string, timeout = 5000): Promise<void> {
  const end = Date.now() + timeout;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`Waited too long for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
