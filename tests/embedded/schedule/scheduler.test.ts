import assert from "node:assert/strict";
import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ConvexClient, ConvexHttpClient } from "convex/browser";
import { SYSTEM_TABLES } from "../../../embedded/functions/catalog.ts";
import type { Schedule } from "../../../embedded/functions/listing.ts";
import { Transaction } from "../../../embedded/query/transaction.ts";
import { nextRun, withMinute } from "../../../embedded/schedule/crons.ts";
import { removeOld } from "../../../embedded/schedule/jobs.ts";
import { Database } from "../../../embedded/store/database.ts";
import { api } from "../convex/_generated/api.js";
import { commit } from "../disk.ts";
import { FUNCTIONS, folder, type Running, start } from "../start.ts";

const running = await start();
const { url } = running;
const client = new ConvexHttpClient(url, { logger: false });

/** The first value of a live query that passes the test. */
async function when<T>(at: string, query: any, args: object, holds: (value: T) => boolean): Promise<T> {
  const socket = new ConvexClient(at, { logger: false });
  try {
    return await new Promise<T>((resolve) =>
      socket.onUpdate(query, args, (value: T) => holds(value) && resolve(value)),
    );
  } finally {
    await socket.close();
  }
}
const ended = (id: string, at = url): Promise<any> =>
  when<any>(at, api.work.job, { id }, (job) => job?.completedTime !== undefined);

test("a mutation is scheduled, visible while it waits, and runs once", async () => {
  const id = (await client.mutation(api.work.later, { room: "later", body: "done", delay: 1000 })) as any;
  const waiting = (await client.query(api.work.job, { id })) as any;
  assert.deepEqual(
    [waiting.name, waiting.args, waiting.state, waiting.completedTime],
    ["work.js:write", [{ room: "later", body: "done" }], { kind: "pending" }, undefined],
  );
  const job = await ended(id);
  assert.deepEqual(job.state, { kind: "success" });
  assert.ok(job.completedTime >= waiting.scheduledTime);
  assert.deepEqual(await client.query(api.notes.bodies, { room: "later" }), ["done"]);
});

test("arguments of a job may be larger and deeper than a document", async () => {
  let value: unknown = "x".repeat(3 << 20);
  for (let depth = 0; depth < 50; depth++) value = [value];
  const id = (await client.mutation(api.work.laterWith, { value })) as any;
  assert.deepEqual((await ended(id)).state, { kind: "success" });
  const refused = client.mutation(api.work.laterWith, { value: "x".repeat(5 << 20) });
  await assert.rejects(refused, /Arguments of a scheduled function are too large/);
});

test("what a mutation that failed has scheduled never runs", async () => {
  const before = ((await client.query(api.work.jobs, {})) as string[]).length;
  await assert.rejects(client.mutation(api.work.later, { room: "undone", body: "x", delay: 0, fail: true }));
  assert.equal(((await client.query(api.work.jobs, {})) as string[]).length, before);
});

test("runAt in the past runs at once; a canceled job never runs", async () => {
  const id = (await client.mutation(api.work.at, { room: "at", time: Date.now() - 1000 })) as any;
  assert.deepEqual((await ended(id)).state, { kind: "success" });
  const never = (await client.mutation(api.work.later, { room: "canceled", body: "x", delay: 1000 })) as any;
  await client.mutation(api.work.cancel, { id: never });
  assert.deepEqual((await ended(never)).state, { kind: "canceled" });
  await ended((await client.mutation(api.work.later, { room: "after", body: "x", delay: 1000 })) as any);
  assert.deepEqual(await client.query(api.notes.bodies, { room: "canceled" }), []);
});

test("a scheduled mutation that fails says why, and wrote nothing", async () => {
  const { state } = await ended((await client.mutation(api.work.laterFailing, {})) as any);
  assert.equal(state.kind, "failed");
  assert.match(state.error, /^Uncaught Error: scheduled trouble/);
  assert.deepEqual(await client.query(api.notes.bodies, { room: "throws" }), []);
});

test("a scheduled action is inProgress, and an action schedules too", async () => {
  const id = (await client.mutation(api.work.laterAction, { room: "action", ms: 1000 })) as any;
  assert.equal(
    (await when<any>(url, api.work.job, { id }, (job) => job?.state.kind !== "pending")).state.kind,
    "inProgress",
  );
  assert.deepEqual((await ended(id)).state, { kind: "success" });
  assert.deepEqual(await client.query(api.notes.bodies, { room: "action" }), ["started", "ended"]);
  await ended((await client.action(api.work.scheduleFromAction, { room: "by action" })) as any);
  assert.deepEqual(await client.query(api.notes.bodies, { room: "by action" }), ["scheduled by an action"]);
});

test("a mutation that cancels itself is warned, and succeeds", async () => {
  const id = await client.mutation(api.plain.cancelsItself, { scheduled: false });
  assert.deepEqual((await ended(id)).state, { kind: "success" });
  assert.deepEqual(await client.query(api.notes.bodies, { room: id }), ["kept"]);
});

test("a canceled action goes on, but schedules nothing any more", async () => {
  const id = (await client.mutation(api.work.laterScheduling, { room: "stopped", ms: 400 })) as any;
  await when<number>(url, api.notes.count, { room: "stopped" }, (count) => count === 1);
  await client.mutation(api.work.cancel, { id });
  await when<number>(url, api.notes.count, { room: "stopped" }, (count) => count === 2);
  assert.deepEqual((await ended(id)).state, { kind: "canceled" });
  await ended((await client.mutation(api.work.later, { room: "after", body: "x", delay: 50 })) as any);
  assert.deepEqual(await client.query(api.notes.bodies, { room: "stopped" }), ["started", "ended"]);
});

test("many slow scheduled actions do not keep scheduled mutations waiting", async () => {
  const own = await start();
  const client = new ConvexHttpClient(own.url, { logger: false });
  for (let i = 0; i < 70; i++) await client.mutation(api.work.laterAction, { room: "slow", ms: 60_000 });
  await when<number>(own.url, api.notes.count, { room: "slow" }, (count) => count === 64);
  const id = (await client.mutation(api.work.later, { room: "quick", body: "x", delay: 0 })) as any;
  assert.deepEqual((await ended(id, own.url)).state, { kind: "success" });
  assert.equal(await client.query(api.notes.count, { room: "slow" }), 64);
});

test("finished jobs are kept for 7 days", async () => {
  const db = new Database(folder());
  db.restructure((structure) =>
    SYSTEM_TABLES.forEach((indexes, name) => structure.defineIndexes(structure.ensureTable(name), indexes)),
  );
  const table = db.tables.get("_scheduled_functions")!;
  const change = (work: (tx: Transaction) => void): Promise<void> => {
    const tx = new Transaction(db);
    work(tx);
    return commit(db, tx.finish(db.nextTs()).writes);
  };
  await change((tx) => {
    for (const days of [8, 6, 0])
      tx.insert(table, { name: "a.js:b", completedTime: Date.now() - days * 86_400_000, days }, () => {});
    tx.insert(table, { name: "a.js:b", days: 9 }, () => {});
  });
  await change(removeOld);
  assert.deepEqual([...db.rows(table)].map(({ value }) => value.days).sort(), [0, 6, 9]);
  db.close();
});

test("a chain of scheduled mutations survives kill -9, each run once", async () => {
  let current: Running = await start();
  await new ConvexHttpClient(current.url).mutation(api.work.startChain, { room: "chain" });
  for (let round = 1; round <= 3; round++) {
    await when<number>(current.url, api.notes.count, { room: "chain" }, (count) => count > round * 30);
    current.process.kill("SIGKILL");
    await current.ended;
    current = await start({ data: current.data });
  }
  await when<number>(current.url, api.notes.count, { room: "chain" }, (count) => count > 130);
  const notes = (await new ConvexHttpClient(current.url).query(api.notes.list, { room: "chain" })) as { n: number }[];
  assert.deepEqual(
    notes.map(({ n }) => n),
    notes.map((_, i) => i),
  );
  current.process.kill("SIGKILL");
});

test("an action in progress at kill -9 is failed and does not run again", async () => {
  let current = await start();
  const id = (await new ConvexHttpClient(current.url).mutation(api.work.laterAction, {
    room: "lost",
    ms: 60_000,
  })) as any;
  await when<number>(current.url, api.notes.count, { room: "lost" }, (count) => count === 1);
  current.process.kill("SIGKILL");
  await current.ended;
  current = await start({ data: current.data });
  assert.deepEqual((await ended(id, current.url)).state, {
    kind: "failed",
    error: "Transient error while executing action",
  });
  assert.deepEqual(await new ConvexHttpClient(current.url).query(api.notes.bodies, { room: "lost" }), ["started"]);
});

test("a function handle is called and scheduled", async () => {
  await ended((await client.mutation(api.work.byHandle, { room: "handle" })) as any);
  assert.deepEqual(await client.query(api.notes.bodies, { room: "handle" }), ["by handle", "by handle, later"]);
});

test("an unknown function cannot be scheduled, and a query fails", async () => {
  await assert.rejects(
    client.mutation(api.work.scheduleByName, { name: "work:nothing" }),
    /no exported function nothing found in the file: work\.js\. Did you forget to export it\?/,
  );
  await assert.rejects(
    client.mutation(api.work.scheduleByName, { name: "nowhere:nothing" }),
    /Attempted to schedule function at nonexistent path: nowhere\.js/,
  );
  const { state } = await ended((await client.mutation(api.work.scheduleByName, { name: "work:secret" })) as any);
  assert.match(state.error, /but it is defined as Query/);
});

test("crons run, also after a restart; one without a function is refused", async () => {
  const root = folder();
  const functions = join(root, "convex");
  cpSync(FUNCTIONS, functions, { recursive: true });
  symlinkSync(join(import.meta.dirname, "../../../node_modules"), join(root, "node_modules"));
  const source = readFileSync(join(import.meta.dirname, "../crons/crons.ts"), "utf8");
  writeFileSync(join(functions, "crons.ts"), source);
  let current = await start({ functions });
  await when<number>(current.url, api.notes.count, { room: "cron" }, (count) => count >= 2);
  current.process.kill("SIGKILL");
  await current.ended;
  current = await start({ functions, data: current.data });
  const before = (await new ConvexHttpClient(current.url).query(api.notes.count, { room: "cron" })) as number;
  await when<number>(current.url, api.notes.count, { room: "cron" }, (count) => count > before);
  const bodies = (await new ConvexHttpClient(current.url).query(api.notes.bodies, { room: "cron" })) as string[];
  assert.deepEqual([...new Set(bodies)], ["interval"]);
  assert.deepEqual(await new ConvexHttpClient(current.url).query(api.work.jobs, {}), []);
});

test("the next run of every kind of schedule is found, in UTC", () => {
  const from = Date.UTC(2026, 10, 22, 9, 30, 15);
  const next = (schedule: Schedule): string => new Date(nextRun(schedule, from)).toISOString().slice(0, 16);
  assert.equal(next({ type: "hourly", minuteUTC: 30 }), "2026-11-22T10:30");
  assert.equal(next({ type: "hourly", minuteUTC: 31 }), "2026-11-22T09:31");
  assert.equal(next({ type: "daily", hourUTC: 9 }), "2026-11-23T09:00");
  assert.equal(next({ type: "weekly", dayOfWeek: "tuesday", hourUTC: 17, minuteUTC: 5 }), "2026-11-24T17:05");
  assert.equal(next({ type: "monthly", day: 31, hourUTC: 1 }), "2026-12-31T01:00");
  assert.equal(next({ type: "cron", cron: "*/20 * * * *" }), "2026-11-22T09:40");
  assert.equal(next({ type: "cron", cron: "0 12 13 * fri" }), "2026-11-27T12:00");
  assert.equal(next({ type: "cron", cron: "0 0 29 feb *" }), "2028-02-29T00:00");
  assert.equal(next({ type: "cron", cron: "15,45 8-10 * * 7" }), "2026-11-22T09:45");
  for (const cron of ["* * * *", "60 * * * *", "a * * * *", "0 0 31 2 *", "5-1 * * * *"])
    assert.throws(() => nextRun({ type: "cron", cron }, from), /cron/);
});

test("a cron without a minute has one of its own, the same each time", () => {
  const minutes = ["a", "b", "c", "d"].map((name) => withMinute({ type: "hourly" }, name) as { minuteUTC: number });
  assert.ok(new Set(minutes.map(({ minuteUTC }) => minuteUTC)).size > 1);
  assert.deepEqual(withMinute({ type: "hourly" }, "a"), minutes[0]);
  assert.deepEqual(withMinute({ type: "hourly", minuteUTC: 0 }, "a"), { type: "hourly", minuteUTC: 0 });
  assert.deepEqual(withMinute({ type: "interval", hours: 1 }, "a"), { type: "interval", hours: 1 });
});

test("an interval counts from its last run, and late runs are skipped", () => {
  assert.equal(nextRun({ type: "interval", seconds: 10 }, 5000), 5000);
  assert.equal(nextRun({ type: "interval", seconds: 10 }, 5000, 0), 10_000);
  assert.equal(nextRun({ type: "interval", minutes: 1 }, 600_001, 0), 660_000);
});
