import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ConvexHttpClient } from "convex/browser";
import { api } from "../convex/_generated/api.js";
import { start } from "../start.ts";

let running = await start();
let client = new ConvexHttpClient(running.url, { logger: false });
const files = (): string[] => readdirSync(join(running.data, "files"));
const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, i) => i % 251));
const sha256 = createHash("sha256").update(bytes).digest();

async function upload(headers: Record<string, string> = {}, body: Uint8Array<ArrayBuffer> = bytes): Promise<Response> {
  return fetch((await client.mutation(api.work.uploadUrl, {})) as string, { method: "POST", body, headers });
}

test("a file is uploaded, survives kill -9, is downloaded and deleted", async () => {
  const response = await upload({ "content-type": "image/x-test", digest: `sha-256=${sha256.toString("base64")}` });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("access-control-allow-origin"), "*");
  const { storageId: id } = (await response.json()) as { storageId: any };
  const described = (await client.query(api.work.file, { id })) as any;
  assert.deepEqual(described.metadata, {
    storageId: id,
    sha256: sha256.toString("hex"),
    size: 100_000,
    contentType: "image/x-test",
  });
  assert.deepEqual(
    [described.row.sha256, described.row.size, described.row._id],
    [sha256.toString("base64"), 100_000, id],
  );
  assert.ok(!described.url.includes(id));

  const download = await fetch(described.url);
  assert.deepEqual(Buffer.from(await download.arrayBuffer()), bytes);
  assert.deepEqual(
    [
      download.headers.get("content-type"),
      download.headers.get("accept-ranges"),
      download.headers.get("cache-control"),
    ],
    ["image/x-test", "bytes", "private, max-age=2592000"],
  );

  running.process.kill("SIGKILL");
  await running.ended;
  running = await start({ data: running.data });
  client = new ConvexHttpClient(running.url, { logger: false });
  const { url } = (await client.query(api.work.file, { id })) as any;
  assert.deepEqual(Buffer.from(await (await fetch(url)).arrayBuffer()), bytes);

  await client.mutation(api.work.removeFile, { id });
  assert.equal((await fetch(url)).status, 404);
  assert.deepEqual(await client.query(api.work.file, { id }), { url: null, metadata: null, row: null });
  assert.deepEqual(files(), []);
  await assert.rejects(client.mutation(api.work.removeFile, { id }), /not found/);
});

test("one range is served, others are refused or ignored", async () => {
  const { storageId: id } = (await (await upload()).json()) as { storageId: any };
  const { url } = (await client.query(api.work.file, { id })) as any;
  const part = async (range: string): Promise<[number, number, string | null]> => {
    const response = await fetch(url, { headers: { range } });
    return [response.status, (await response.arrayBuffer()).byteLength, response.headers.get("content-range")];
  };
  assert.deepEqual(await part("bytes=0-9"), [206, 10, "bytes 0-9/100000"]);
  assert.deepEqual(await part("bytes=99990-"), [206, 10, "bytes 99990-99999/100000"]);
  assert.deepEqual(await part("bytes=-5"), [206, 5, "bytes 99995-99999/100000"]);
  assert.deepEqual(await part("bytes=99999-200000"), [206, 1, "bytes 99999-99999/100000"]);
  assert.deepEqual(await part("bytes=100000-"), [416, 0, "bytes */100000"]);
  assert.deepEqual(await part("bytes=0-1,5-6"), [200, 100_000, null]);
  const head = await fetch(url, { method: "HEAD" });
  assert.deepEqual([head.status, head.headers.get("content-length")], [200, "100000"]);
});

test("an empty file has no range", async () => {
  const { storageId: id } = (await (await upload({}, new Uint8Array())).json()) as { storageId: any };
  const { url } = (await client.query(api.work.file, { id })) as any;
  assert.deepEqual([(await fetch(url)).status, await (await fetch(url)).text()], [200, ""]);
  for (const range of ["bytes=0-", "bytes=0-0", "bytes=-5", "bytes=3-9"]) {
    const response = await fetch(url, { headers: { range } });
    assert.deepEqual([response.status, response.headers.get("content-range")], [416, "bytes */0"], range);
  }
});

test("wrong digests and tokens and unknown files are refused without trace", async () => {
  const before = files().length;
  const wrong = await upload({ digest: `sha-256=${Buffer.alloc(32).toString("base64")}` });
  const codeOf = async (response: Response): Promise<[number, string]> => [
    response.status,
    ((await response.json()) as { code: string }).code,
  ];
  assert.deepEqual(await codeOf(wrong), [400, "Sha256Mismatch"]);
  assert.deepEqual(await codeOf(await upload({ digest: "md5=x" })), [400, "BadHeader"]);
  assert.deepEqual(await codeOf(await fetch(`${running.url}/api/storage/upload`, { method: "POST", body: "x" })), [
    400,
    "BadQueryArgs",
  ]);
  const forged = await fetch(`${running.url}/api/storage/upload?token=${Date.now() + 1000}.a.b`, {
    method: "POST",
    body: "x",
  });
  assert.equal(forged.status, 401);
  assert.deepEqual(await codeOf(await fetch(`${running.url}/api/storage/00000000-0000-4000-8000-000000000000`)), [
    404,
    "FileNotFound",
  ]);
  assert.deepEqual(await codeOf(await fetch(`${running.url}/api/storage/..%2fdata.sqlite`)), [
    400,
    "InvalidStoragePath",
  ]);
  assert.equal(files().length, before);
});

test("actions store and get blobs", async () => {
  const stored = (await client.action(api.work.storeAndGet, { text: "a note" })) as any;
  assert.deepEqual([stored.text, stored.type], ["a note", "text/x-note"]);
  assert.equal(await (await fetch(stored.url)).text(), "a note");
});

test("mutations store and get blobs, and one that fails stores nothing", async () => {
  const { id, back } = (await client.mutation(api.work.storeInMutation, { text: "in a mutation", fail: false })) as any;
  assert.equal(back, "in a mutation");
  const { url, metadata } = (await client.query(api.work.file, { id })) as any;
  assert.equal(metadata.contentType, "text/plain");
  assert.equal(await (await fetch(url)).text(), "in a mutation");
  await assert.rejects(client.mutation(api.work.storeInMutation, { text: "gone", fail: true }));
});

test("what a crash left in the folder is swept at the next start", async () => {
  const known = files().length - 1;
  writeFileSync(join(running.data, "files", "11111111-1111-4111-8111-111111111111"), "left behind");
  running.process.kill("SIGKILL");
  await running.ended;
  running = await start({ data: running.data });
  assert.equal(files().length, known);
});

test("functions cannot write system tables, nor read the hidden ones", async () => {
  const client = new ConvexHttpClient(running.url, { logger: false });
  const { storageId: id } = (await (
    await fetch((await client.mutation(api.work.uploadUrl, {})) as string, { method: "POST", body: "x" })
  ).json()) as any;
  await assert.rejects(client.mutation(api.notes.remove, { id }), /ArgumentValidationError/);
  assert.deepEqual(await client.query(api.work.systemErrors, { id }), [
    "System tables can only be accessed with db.system.",
    'System table "_files" does not exist.',
  ]);
});
