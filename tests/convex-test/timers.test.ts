import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { api } from "../../convex/_generated/api.js";
import type { Doc } from "../../convex/_generated/dataModel.ts";
import { createBoard, type Deployment, guest, newId, type Person, pass, refused, start, stopClock } from "./start.ts";

const SECOND = 1000; // ms

let t: Deployment;
let ana: Person;
let board: string;

beforeEach(async () => {
  stopClock();
  t = start();
  ana = guest(t, "Ana");
  board = (await createBoard(ana)).id;
  await ana.mutation(api.timers.start, { operationId: newId(), board, seconds: 60 });
});

afterEach(() => mock.timers.reset());

async function row(): Promise<Doc<"timers"> | null> {
  return await t.run((ctx) => ctx.db.query("timers").unique());
}

const change = (what: { paused?: boolean; add?: number }) =>
  ana.mutation(api.timers.change, { operationId: newId(), board, ...what });

test("a timer ends after its time, though nobody calls anything", async () => {
  await pass(t, 59 * SECOND);
  assert.equal((await row())?.state, "running");
  await pass(t, 1 * SECOND);
  assert.equal((await row())?.state, "over");
});

test("a paused timer keeps what is left, and its end does not come", async () => {
  await pass(t, 20 * SECOND);
  await change({ paused: true });
  await pass(t, 1_000 * SECOND);
  assert.deepEqual([(await row())?.state, (await row())?.left], ["paused", 40 * SECOND]);
  await change({ paused: false });
  await pass(t, 39 * SECOND);
  assert.equal((await row())?.state, "running");
  await pass(t, 2 * SECOND);
  assert.equal((await row())?.state, "over");
});

test("a minute more moves the end, also of a timer that is over or paused", async () => {
  await change({ add: 60 });
  await pass(t, 119 * SECOND);
  assert.equal((await row())?.state, "running");
  await pass(t, 1 * SECOND);
  assert.equal((await row())?.state, "over");
  await change({ add: 60 });
  await change({ paused: true });
  await change({ add: 60 });
  assert.deepEqual([(await row())?.state, (await row())?.left], ["paused", 120 * SECOND]);
});

test("a timer that is over cannot go on", async () => {
  await pass(t, 60 * SECOND);
  await assert.rejects(change({ paused: false }), refused("conflict"));
});

test("a new timer replaces the old one, which ends nothing", async () => {
  await ana.mutation(api.timers.start, { operationId: newId(), board, seconds: 600 });
  await pass(t, 60 * SECOND);
  assert.deepEqual([(await row())?.state, (await row())?.seconds], ["running", 600]);
});

test("a timer that was removed does not come back at its end", async () => {
  await ana.mutation(api.timers.remove, { operationId: newId(), board });
  await pass(t, 60 * SECOND);
  assert.equal(await row(), null);
});

test("who may only look may not set it", async () => {
  await ana.mutation(api.boards.update, { operationId: newId(), board, visibility: "link-view" });
  const ben = guest(t, "Ben");
  await assert.rejects(ben.mutation(api.timers.remove, { operationId: newId(), board }), refused("forbidden"));
});
