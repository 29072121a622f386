// Exports as ZIP, and their import into another deployment.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { ConvexHttpClient } from "convex/browser";
import { readZip, ZipWriter } from "../../../embedded/command/zip.ts";
import { Database } from "../../../embedded/store/database.ts";
import { api } from "../convex/_generated/api.js";
import { folder, post, type Running, start, until } from "../start.ts";
import { adminKey } from "./npx.ts";
import { upload } from "./uploads.ts";

const first = await start();
const client = new ConvexHttpClient(first.url, { logger: false });

/** A deployment whose tables have other numbers. */
async function other(): Promise<Running> {
  const data = join(folder(), "data");
  const db = new Database(data);
  for (const name of ["values", "extra", "log"]) db.ensureTable(name);
  db.close();
  return start({ data });
}

/** The path of a ZIP with all data. */
async function exported(running: Running): Promise<string> {
  const headers = { authorization: `Convex ${adminKey(running)}` };
  await post(running.url, "/api/export/request/zip", {}, headers);
  const found = await post(
    running.url,
    "/api/query",
    { path: "_system/frontend/exports:getLatest", args: {} },
    headers,
  );
  const path = join(folder(), "snapshot.zip");
  const answer = await fetch(`${running.url}/api/export/zip/${found.body.value.zip_object_key}`, { headers });
  writeFileSync(path, Buffer.from(await answer.arrayBuffer()));
  return path;
}

/** What is in a ZIP, but for the numbers of tables that have no documents. */
const content = (path: string): Record<string, string> =>
  Object.fromEntries(
    [...readZip(path)]
      .filter(([name]) => name !== "_tables/documents.jsonl")
      .map(([name, bytes]) => [name, bytes.toString("base64")]),
  );

await client.mutation(api.bulk.fill, { room: "many", from: 0, count: 1500 });
const note = await client.mutation(api.notes.add, { room: "zip", body: "é 😀 \n", n: -0 });
const stored = (await (
  await fetch(await client.mutation(api.work.uploadUrl, {}), { method: "POST", body: "a stored file" })
).json()) as { storageId: string };
const value = { int: 7n, bytes: new Uint8Array([0, 255]).buffer, nan: NaN, file: stored.storageId, note };
await client.mutation(api.values.put, { value });
const zip = await exported(first);

test("an export imported elsewhere is the same there", async () => {
  const second = await other();
  const copy = new ConvexHttpClient(second.url, { logger: false });
  await copy.mutation(api.bulk.fill, { room: "gone", from: 0, count: 10 });
  const done = await upload(second, readFileSync(zip), { format: "zip", mode: "replaceAll" });
  assert.deepEqual([done.state, done.error_message], ["completed", undefined]);
  assert.match(done.asked.message_to_confirm, /notes: 1501 documents are added, 10 deleted[^]*extra: the table/);
  assert.deepEqual(content(await exported(second)), content(zip));
  assert.deepEqual(await copy.query(api.notes.get, { id: note }), await client.query(api.notes.get, { id: note }));
  assert.equal(await copy.query(api.notes.count, { room: "many" }), 1500);
  assert.equal(await copy.query(api.notes.count, { room: "gone" }), 0);
  const { url } = (await copy.query(api.work.file, { id: stored.storageId } as never)) as { url: string };
  assert.equal(await (await fetch(url)).text(), "a stored file");
  // What the tables are is on disk, and new documents have ids like the old ones.
  second.process.kill("SIGKILL");
  await second.ended;
  const third = await start({ data: second.data });
  const again = new ConvexHttpClient(third.url, { logger: false });
  const id = await again.mutation(api.notes.add, { room: "zip", body: "new" });
  assert.deepEqual(
    (await again.query(api.notes.list, { room: "zip" })).map(({ _id }) => _id),
    [note, id],
  );
});

test("a ZIP that is damaged, or lacks a file, changes nothing", async () => {
  const without = join(folder(), "without.zip");
  const writer = new ZipWriter(without);
  for (const [name, bytes] of readZip(zip)) if (!name.includes(stored.storageId)) writer.add(name, bytes);
  writer.finish();
  const numbered = join(folder(), "numbered.zip");
  const other = new ZipWriter(numbered);
  other.add("_tables/documents.jsonl", Buffer.from('{"name":"notes","id":-5}\n'));
  other.add("notes/documents.jsonl", Buffer.from('{"room":"zip","body":"x"}\n'));
  other.finish();
  const flipped = readFileSync(zip);
  flipped[flipped.length >> 1]! ^= 255;
  for (const [file, sentence] of [
    [readFileSync(without), /^_storage\/documents\.jsonl line 1: the ZIP does not have the file/],
    [readFileSync(numbered), /^_tables\/documents\.jsonl line 1: a table needs a name, and an id of 1 to 4294967295/],
    [flipped, /is damaged\.$/],
  ] as const) {
    const { error_message } = await upload(first, file, { format: "zip", mode: "replace" });
    assert.match(error_message, sentence);
  }
  assert.deepEqual(content(await exported(first)), content(zip));
});

test("after a crash in an import there is nothing of it", async () => {
  const rows = Array.from({ length: 20_000 }, (_, n) => `{"room":"crash","body":"text","n":${n}}\n`).join("");
  const dying = await start();
  const importing = upload(dying, rows).catch(() => {});
  const copied = (): number => {
    const db = new DatabaseSync(join(dying.data, "data.sqlite"), { readOnly: true });
    const { count } = db.prepare("SELECT count(*) AS count FROM documents").get() as { count: number };
    db.close();
    return count;
  };
  await until(() => copied() > 2000, "documents", 30_000);
  dying.process.kill("SIGKILL");
  await Promise.all([dying.ended, importing]);
  const again = await start({ data: dying.data });
  const reader = new ConvexHttpClient(again.url, { logger: false });
  assert.equal(await reader.query(api.notes.count, { room: "crash" }), 0);
  await until(() => copied() < 10, "the erasure", 30_000);
});
