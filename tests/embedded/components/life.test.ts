// Components come, change and go while the deployment runs, and their data stays.
import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ConvexClient, ConvexHttpClient } from "convex/browser";
import { anyApi } from "convex/server";
import { folder, start, until } from "../start.ts";

const api: any = anyApi;
const project = folder();
const functions = join(project, "convex");
mkdirSync(join(functions, "box"), { recursive: true });
symlinkSync(join(import.meta.dirname, "../../../node_modules"), join(project, "node_modules"));
const write = (name: string, code: string): void => writeFileSync(join(functions, name), code);

const SERVER =
  'import { componentsGeneric, defineApp, defineComponent, defineSchema, defineTable, mutationGeneric, queryGeneric } from "convex/server"; import { v } from "convex/values";';
const app = (name: string): string => `${SERVER}
  const box = componentsGeneric()["${name}"];
  export const note = mutationGeneric((ctx) => ctx.db.insert("notes", {}));
  export const notes = queryGeneric(async (ctx) => (await ctx.db.query("notes").collect()).length);
  export const add = mutationGeneric((ctx, { n }) => ctx.runMutation(box.items.add, { n }));
  export const sum = queryGeneric((ctx) => ctx.runQuery(box.items.sum, {}));
  export const globals = queryGeneric(async (ctx) => ({
    app: [globalThis.latest ?? null, globalThis.process.env.AUTH_PROVIDERS], box: await ctx.runQuery(box.items.globals, {}) }));`;
const config = (use: string): string => `${SERVER} import box from "./box/convex.config"; ${use}`;
const items = (times: number): string => `${SERVER}
  export const add = mutationGeneric(async (ctx, { n }) => { await ctx.db.insert("items", { n }); globalThis.latest = n; });
  export const globals = queryGeneric(() => [globalThis.latest ?? null, globalThis.process.env.AUTH_PROVIDERS ?? null]);
  export const sum = queryGeneric(async (ctx) => (await ctx.db.query("items").collect()).reduce((sum, { n }) => sum + n, 0) * ${times});`;
const schema = (n: string): string =>
  `${SERVER} export default defineSchema({ items: defineTable({ n: ${n} }).index("by_n", ["n"]) });`;

write("main.ts", app("box"));
write("box/convex.config.ts", `${SERVER} export default defineComponent("box");`);
write("box/items.ts", items(1));
write("box/schema.ts", schema("v.number()"));

let running = await start({ functions });
let client = new ConvexHttpClient(running.url, { logger: false });
const printed = (text: string): Promise<void> => until(() => running.stderr().includes(text), text);
const sum = (): Promise<number | string> => client.query(api.main.sum, {}).catch((error: Error) => error.message);
async function becomes(wanted: number | RegExp): Promise<void> {
  const holds = (found: number | string): boolean =>
    typeof wanted === "number" ? found === wanted : wanted.test(String(found));
  let found = await sum();
  for (const end = Date.now() + 5000; !holds(found); found = await sum())
    assert.ok(Date.now() < end, `it is ${found}, not ${wanted}`);
}

test("a component can be added, edited, taken away and added again", async () => {
  await client.mutation(api.main.note, {});
  assert.match(String(await sum()), /Child component "box" not found/);
  assert.ok(!running.stderr().includes("items"), "the component's folder is none of the app's");

  write("convex.config.ts", config("const app = defineApp(); app.use(box); export default app;"));
  await becomes(0);
  await client.mutation(api.main.add, { n: 2 });
  const live = new ConvexClient(running.url, { logger: false });
  let latest: unknown;
  live.onUpdate(api.main.sum, {}, (value) => void (latest = value));
  await until(() => latest === 2, "what it has");
  await client.mutation(api.main.add, { n: 3 });
  await until(() => latest === 5, "a write in the component");
  assert.deepEqual(await client.query(api.main.globals, {}), { app: [null, "[]"], box: [3, null] });
  write("box/items.ts", items(10));
  await until(() => latest === 50, "the edited component");
  write("box/schema.ts", schema("v.string()"));
  await printed('in table "items" does not match the schema');
  write("box/schema.ts", schema("v.number()"));
  await live.close();

  write("convex.config.ts", config('const app = defineApp(); app.use(box, { name: "other" }); export default app;'));
  await becomes(/not found/);
  write("main.ts", app("other"));
  await becomes(0); // another instance, which has nothing
  await client.mutation(api.main.add, { n: 1 });
});

test("a restart finds the data of every component, used or not", async () => {
  running.process.kill("SIGTERM");
  await running.ended;
  running = await start({ functions, data: running.data });
  client = new ConvexHttpClient(running.url, { logger: false });
  assert.match(running.stderr(), /1 notes, 2 box:items, 1 other:items/);
  assert.equal(await client.query(api.main.notes, {}), 1);
  assert.equal(await sum(), 10);
  write("convex.config.ts", config("const app = defineApp(); app.use(box); export default app;"));
  write("main.ts", app("box"));
  await becomes(50);
});
