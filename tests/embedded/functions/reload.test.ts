import assert from "node:assert/strict";
import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ConvexClient } from "convex/browser";
import { api } from "../convex/_generated/api.js";
import { FUNCTIONS, folder, start, until } from "../start.ts";

const root = folder();
const functions = join(root, "convex");
cpSync(FUNCTIONS, functions, { recursive: true });
symlinkSync(join(import.meta.dirname, "../../../node_modules"), join(root, "node_modules"));
const running = await start({ functions });

function edit(file: string, from: string, to: string): () => void {
  const path = join(functions, file);
  const before = readFileSync(path, "utf8");
  assert.ok(before.includes(from));
  writeFileSync(path, before.replace(from, to));
  return () => writeFileSync(path, before);
}

const logged = (text: string): boolean => running.stderr().includes(text);

test("an edit reaches live queries, and a broken one changes nothing", async () => {
  const client = new ConvexClient(running.url, { logger: false });
  let latest: unknown;
  client.onUpdate(api.notes.count, { room: "reload" }, (count) => void (latest = count));
  await until(() => latest === 0, "the first value");

  const undo = edit("notes.ts", ").length,", ").length + 100,");
  await until(() => latest === 100, "the edited value");

  const repair = edit("notes.ts", "export const count", "export const 1count");
  await until(() => logged("The last good version of the functions stays in use."), "the printed error");
  assert.ok(logged("notes.ts:"));
  assert.equal(await client.query(api.notes.count, { room: "other" }), 100);
  repair();
  undo();
  await until(() => latest === 0, "the first version again");
  await client.close();
});

test("a new index is filled, and a schema that rows violate is refused", async () => {
  const client = new ConvexClient(running.url, { logger: false });
  for (const body of ["b", "a"]) await client.mutation(api.notes.add, { room: "schema", body });

  const undo = edit("schema.ts", '.index("by_room", ["room"])', '.index("by_room", ["room", "body"])');
  await until(() => (running.stderr().match(/Functions reloaded/g) ?? []).length >= 3, "the reload");
  await until(() => logged("Functions reloaded"), "the reload");
  let bodies: string[] = [];
  client.onUpdate(api.notes.bodies, { room: "schema" }, (value) => void (bodies = value));
  await until(() => bodies.join() === "a,b", "the order of the new index");
  undo();
  await until(() => bodies.join() === "b,a", "the order of the old index");

  const repair = edit("schema.ts", "n: v.optional(v.number()),", "n: v.number(),");
  await until(() => logged("Schema validation failed. Document with ID"), "the refusal");
  await client.mutation(api.notes.add, { room: "schema", body: "c" });
  repair();
  await client.close();
});

test("an edited action is picked up too, also while an older one runs", async () => {
  const client = new ConvexClient(running.url, { logger: false });
  const older = client.action(api.work.wait, { ms: 1500 });
  const undo = edit("work.ts", "return ms;", "return ms + 1000;");
  for (let answer: unknown = 0; answer !== 1001; ) answer = await client.action(api.work.wait, { ms: 1 });
  assert.equal(await older, 1500);
  undo();
  await client.close();
});
