/**
 * Our functions in `convex-test`, Convex's own mock of a backend: each test has an empty database in memory, no server
 * and no disk. The tests in tests/convex call the same functions in the embedded deployment.
 */
import { globSync } from "node:fs";
import { registerHooks } from "node:module";
import { join } from "node:path";
import { mock } from "node:test";
import { ConvexError } from "convex/values";
import { convexTest } from "convex-test";
import { api } from "../../convex/_generated/api.js";
import type convexSchema from "../../convex/schema.ts";

const ROOT = join(import.meta.dirname, "../..");

// Convex's bundler finds `./model/access` and `./_generated/api` without their endings, and Node does not.
registerHooks({
  resolve(specifier, context, next) {
    const bare = /^\.(.*)\/[^./]+$/.test(specifier);
    return next(bare ? `${specifier}${specifier.includes("_generated/") ? ".js" : ".ts"}` : specifier, context);
  },
});

const files = globSync(["convex/*.ts", "convex/_generated/*.js"], { cwd: ROOT });
const modules = Object.fromEntries(files.map((file) => [`/${file}`, () => import(join(ROOT, file))]));
const schema: typeof convexSchema = (await import(join(ROOT, "convex/schema.ts"))).default;

/** An empty deployment. */
export const start = () => convexTest({ schema, modules });

export type Deployment = ReturnType<typeof start>;

/** A guest of this name, as the deployment knows them by their token. */
export const guest = (t: Deployment, name: string) =>
  t.withIdentity({ issuer: "https://guest.easel.invalid", subject: name, name, sid: `session of ${name}` });

export type Person = ReturnType<typeof guest>;

export const newId = () => crypto.randomUUID();

/** Whether an error is a refusal with this code. */
export const refused = (code: string) => (error: unknown) => error instanceof ConvexError && error.data.code === code;

export async function createBoard(person: Person, operationId: string = newId()) {
  return await person.mutation(api.boards.create, { operationId, title: "A board" });
}

/** Time stands still until `pass`. `mock.timers.reset()` lets it go on. */
export function stopClock() {
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: Date.now() });
}

/** Lets so many ms pass, and runs what is due by then. */
export async function pass(t: Deployment, time: number) {
  mock.timers.tick(time);
  await t.finishInProgressScheduledFunctions();
}
