// Mistaking damage for a fresh start: a data folder that has lost a part of itself is refused or reported, and nothing in it is deleted.
import assert from "node:assert/strict";
import {
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ConvexHttpClient } from "convex/browser";
import { Log } from "../../../embedded/store/log.ts";
import { api } from "../convex/_generated/api.js";
import { append } from "../disk.ts";
import { folder, launch, start } from "../start.ts";

const STORED = join("files", "4b3f0a52-0f9b-4c1e-9d5e-2d5a3d1b7c11");

const databaseOf = (data: string): string[] =>
  ["data.sqlite", "data.sqlite-wal", "data.sqlite-shm"].map((name) => join(data, name));

/** A folder with notes, ended by kill -9 so that the newest are only in the log, and a file that no row names. */
async function used(): Promise<string> {
  const running = await start();
  const client = new ConvexHttpClient(running.url, { logger: false });
  assert.equal(await client.query(api.notes.count, { room: "damage" }), 0);
  const before = databaseOf(running.data).map((path) => readFileSync(path));
  for (const body of ["one", "two", "three"]) await client.mutation(api.notes.add, { room: "damage", body });
  running.process.kill("SIGKILL");
  await running.ended;
  // Whatever SQLite has taken meanwhile, the log has it too.
  databaseOf(running.data).forEach((path, i) => writeFileSync(path, before[i]!));
  writeFileSync(join(running.data, STORED), "a picture");
  return running.data;
}

async function refusal(data: string): Promise<string> {
  const { ended, stderr } = launch({ data });
  assert.equal(await ended, 1);
  assert.doesNotMatch(stderr(), /\n\s+at /);
  assert.equal(stderr().trim().split("\n").length, 1);
  assert.equal(readFileSync(join(data, STORED), "utf8"), "a picture");
  return stderr();
}

async function bodies(data: string): Promise<{ kept: string[]; stderr: string }> {
  const running = await start({ data });
  const kept = await new ConvexHttpClient(running.url, { logger: false }).query(api.notes.bodies, { room: "damage" });
  running.process.kill("SIGKILL");
  await running.ended;
  return { kept, stderr: running.stderr() };
}

test("a missing or empty database is refused until it is put back", async () => {
  const data = await used();
  const database = databaseOf(data);
  const whole = database.map((path) => readFileSync(path));
  const log = readFileSync(join(data, "log"));
  for (const lose of [(path: string) => rmSync(path), (path: string) => truncateSync(path)]) {
    database.forEach(lose);
    assert.match(
      await refusal(data),
      /damaged: data\.sqlite is (missing|empty), but there is a log of changes, 1 stored file, the marker/,
    );
    assert.deepEqual(readFileSync(join(data, "log")), log);
    database.forEach((path, i) => writeFileSync(path, whole[i]!));
  }
  assert.deepEqual((await bodies(data)).kept, ["one", "two", "three"]);
});

test("stored files alone are enough to refuse a folder without its database", async () => {
  const data = await used();
  for (const name of readdirSync(data)) if (name !== "files") rmSync(join(data, name), { recursive: true });
  assert.match(await refusal(data), /data\.sqlite is missing, but there is 1 stored file\./);
});

test("a missing or cut log is refused until its loss is accepted", async () => {
  const data = await used();
  const path = join(data, "log");
  truncateSync(path, 100);
  assert.match(await refusal(data), /the file log has only 100 of at least \d+ bytes/);
  rmSync(path);
  assert.match(await refusal(data), /the file log is missing.*accept-loss\.$/m);
  writeFileSync(join(data, "accept-loss"), "");
  await bodies(data);
  assert.ok(!readdirSync(data).includes("accept-loss"));
});

test("a database older than its log is refused", async () => {
  const data = await used();
  const database = databaseOf(data);
  const old = database.map((path) => readFileSync(path));
  for (let n = 0; n < 2; n++) {
    const running = await start({ data });
    await new ConvexHttpClient(running.url, { logger: false }).mutation(api.notes.add, {
      room: "damage",
      body: "later",
    });
    running.process.kill("SIGKILL");
    await running.ended;
  }
  writeFileSync(join(data, STORED), "a picture");
  database.forEach((path, i) => writeFileSync(path, old[i]!));
  assert.match(await refusal(data), /data\.sqlite is older than the log beside it/);
});

test("a flipped bit costs one commit, and later records are kept", async () => {
  const data = await used();
  const path = join(data, "log");
  const file = openSync(path, "r+");
  const bytes = Buffer.alloc(1 << 16);
  readSync(file, bytes, 0, bytes.length, 0);
  const at = bytes.indexOf('"two"');
  assert.ok(at > 0);
  writeSync(file, Buffer.from([bytes[at + 1]! ^ 4]), 0, 1, at + 1);
  const { kept, stderr } = await bodies(data);
  assert.deepEqual(kept, ["one", "three"]);
  assert.match(stderr, /The log in .* is damaged at bytes \d+ to \d+: .* A copy is in .*log\.damaged-/);
  assert.equal(readFileSync(join(data, STORED), "utf8"), "a picture", "nothing is swept after damage");
});

test("a damaged length hides no later record, and a torn tail is fine", async () => {
  const path = join(folder(), "log");
  const log = new Log(path, 3);
  const texts = [1, 2, 3].map((n) => `176000000000000000${n}\n10001 ${n} {}`);
  await append(log, ...texts);
  const record = log.bytes / 3;
  log.close();
  const file = openSync(path, "r+");
  writeSync(file, Buffer.from([0, 0, 0, 0]), 0, 4, record);
  const places: unknown[] = [];
  assert.deepEqual([...new Log(path, 3).records((damage) => places.push(damage))], [texts[0], texts[2]]);
  assert.deepEqual(places, [{ from: record, to: 2 * record }]);
  writeSync(file, "?", record * 2 + 20);
  const none: unknown[] = [];
  assert.deepEqual([...new Log(path, 3).records((damage) => none.push(damage))], [texts[0]]);
  assert.deepEqual(none, []);
});

test("a start says what it loaded, and sets unnamed files aside", async () => {
  const data = await used();
  const { stderr } = await bodies(data);
  assert.match(stderr, /^Loaded .*: 3 notes, 0 files, \d+ commits from the log; last ts \d{19}\.$/m);
  const aside = join(data, "files-aside");
  assert.deepEqual(readdirSync(aside), [STORED.slice("files/".length)]);
  const eightDaysAgo = new Date(Date.now() - 8 * 86_400_000);
  utimesSync(join(aside, STORED.slice("files/".length)), eightDaysAgo, eightDaysAgo);
  await bodies(data);
  assert.deepEqual(readdirSync(aside), []);
});
