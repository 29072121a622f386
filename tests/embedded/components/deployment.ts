// One deployment with every component, for all tests of this folder. It serves a copy of app/, which a test edits and where
// `npx convex` writes; `npx convex codegen` also checks the app's types.
import { execFile } from "node:child_process";
import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after } from "node:test";
import { promisify } from "node:util";
import { ConvexClient, ConvexHttpClient } from "convex/browser";
import { anyApi, type FunctionReference } from "convex/server";
import { folder, start, until } from "../start.ts";

const ROOT = join(import.meta.dirname, "../../..");
export const APP = join(import.meta.dirname, "app");
export const project = folder();
cpSync(APP, join(project, "convex"), { recursive: true });
writeFileSync(join(project, "package.json"), '{"dependencies":{"convex":"*"}}');
writeFileSync(join(project, "convex.json"), '{"functions":"convex"}');
symlinkSync(join(ROOT, "node_modules"), join(project, "node_modules"));

export const running = await start({ project, env: { FACTS: "true things" }, more: ["--site-port", "0"] });
export const client = new ConvexHttpClient(running.url, { logger: false });
export const api: any = anyApi;
export const adminKey = readFileSync(join(running.data, "admin_key"), "utf8").trim();

/** Has the rights of `npx convex run`: calls functions that are internal, and those of components. */
export const admin = new ConvexHttpClient(running.url, { logger: false }) as ConvexHttpClient & {
  setAdminAuth(key: string, actingAs?: Record<string, string>): void;
  function(name: string, component: string | undefined, args: Record<string, unknown>): Promise<any>;
};
admin.setAdminAuth(adminKey);

/** What `npx convex` prints. Raises what `execFile` raises if it fails. */
export async function convex(...args: string[]): Promise<string> {
  const env = {
    ...process.env,
    CONVEX_SELF_HOSTED_URL: running.url,
    CONVEX_SELF_HOSTED_ADMIN_KEY: adminKey,
  };
  const cli = join(project, "node_modules/convex/bin/main.js");
  return (await promisify(execFile)(process.execPath, [cli, ...args], { env, cwd: project })).stdout;
}

const live = new ConvexClient(running.url, { logger: false });
after(() => live.close());

/** What a subscribed client sees of a query. */
export class Seen<T> {
  readonly values: T[] = [];
  readonly #name: string;

  constructor(query: FunctionReference<"query">, args: Record<string, unknown>) {
    this.#name = JSON.stringify(args);
    live.onUpdate(query, args, (value) => void this.values.push(value as T));
  }

  async until(holds: (value: T) => boolean, timeout = 20_000): Promise<T> {
    const latest = (): T | undefined => this.values.at(-1);
    const name = `${this.#name}, now ${JSON.stringify(latest())}`;
    await until(() => this.values.length > 0 && holds(latest()!), name, timeout);
    return latest()!;
  }
}

/** The texts of the events of one topic. */
export const events = (topic: string): Seen<string[]> => new Seen(api.events.list, { topic });
