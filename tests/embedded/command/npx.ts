// Runs the unmodified `npx convex` against a deployment.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Running } from "../start.ts";

export const ROOT = join(import.meta.dirname, "../../..");

export const adminKey = ({ data }: Pick<Running, "data">): string =>
  readFileSync(join(data, "admin_key"), "utf8").trim();

/** Runs it in a folder with a package.json, and returns what it prints. Raises what `execFile` raises if it fails. */
export function npx(running: Running, cwd: string, ...args: string[]): Promise<{ stdout: string; stderr: string }> {
  const env = {
    ...process.env,
    CI: "1", // does not report errors to its makers
    CONVEX_SELF_HOSTED_URL: running.url,
    CONVEX_SELF_HOSTED_ADMIN_KEY: adminKey(running),
  };
  return promisify(execFile)(process.execPath, [join(ROOT, "node_modules/convex/bin/main.js"), ...args], { env, cwd });
}
