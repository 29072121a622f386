import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ConvexHttpClient } from "convex/browser";
import { exportZip, importZip } from "../../../embedded/command/transfer.ts";
import { readZip } from "../../../embedded/command/zip.ts";
import { api } from "../convex/_generated/api.js";
import { folder, start } from "../start.ts";

test("an import elsewhere equals the export, ids and times too", async () => {
  const first = await start();
  const client = new ConvexHttpClient(first.url, { logger: false });
  const id = await client.mutation(api.notes.add, { room: "zip", body: "é 😀 \n", n: -0 });
  await client.mutation(api.values.put, { value: { int: 7n, bytes: new Uint8Array([0, 255]).buffer, nan: NaN } });
  await client.mutation(api.bulk.fill, { room: "many", from: 0, count: 3000 });
  const before = await client.query(api.notes.get, { id });
  first.process.kill("SIGTERM");
  await first.ended;

  const zip = join(folder(), "data.zip");
  exportZip(first.data, zip);
  assert.deepEqual(
    [...readZip(zip)].map(([name]) => name).filter((name) => /^(README|_tables|notes)/.test(name)),
    ["README.md", "_tables/documents.jsonl", "notes/documents.jsonl"],
  );
  const data = join(folder(), "data");
  await importZip(data, zip);
  const second = await start({ data });
  const copy = new ConvexHttpClient(second.url, { logger: false });
  assert.deepEqual(await copy.query(api.notes.get, { id }), before);
  assert.deepEqual(await copy.query(api.values.sorted, {}), [
    { bytes: new Uint8Array([0, 255]).buffer, int: 7n, nan: NaN },
  ]);
  assert.equal(await copy.query(api.notes.count, { room: "many" }), 3000);
  second.process.kill("SIGTERM");
  await second.ended;
  await assert.rejects(importZip(data, zip), /is not empty/);
});

test("other programs read the ZIP, and what is damaged is refused", () => {
  const path = join(folder(), "empty.zip");
  exportZip(join(folder(), "data"), path);
  assert.match(execFileSync("python3", ["-m", "zipfile", "-t", path], { encoding: "utf8" }), /Done testing/);
  const garbage = join(folder(), "garbage.zip");
  writeFileSync(garbage, "no ZIP");
  assert.throws(() => [...readZip(garbage)], /is not a ZIP file/);
});
