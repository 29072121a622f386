import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { api } from "../../convex/_generated/api.js";
import { createBoard, type Deployment, guest, newId, type Person, pass, start, stopClock } from "./start.ts";

const DAY = 24 * 60 * 60_000; // ms

// A timer of Node's, on which convex-test builds, reaches no further than 24 days.
process.env.LIMITS = JSON.stringify({ trashDays: 10, purgeAfterDays: 10 });

let t: Deployment;
let ana: Person;
let board: string;

beforeEach(async () => {
  stopClock();
  t = start();
  ana = guest(t, "Ana");
  board = (await createBoard(ana)).id;
});

afterEach(() => mock.timers.reset());

const boards = () => t.run((ctx) => ctx.db.query("boards").collect());

test("a deleted board is erased once its days in the trash are over", async () => {
  await ana.mutation(api.boards.remove, { operationId: newId(), board });
  await pass(t, 9 * DAY);
  assert.deepEqual(
    (await boards()).map(({ removed }) => removed),
    [false],
  );
  await pass(t, 1 * DAY);
  await pass(t, 1 * DAY); // what was scheduled then
  assert.deepEqual(await boards(), []);
});

test("a board that was restored stays", async () => {
  await ana.mutation(api.boards.remove, { operationId: newId(), board });
  await pass(t, 5 * DAY);
  await ana.mutation(api.trash.restore, { operationId: newId(), board });
  await pass(t, 20 * DAY);
  assert.equal((await ana.query(api.boards.get, { board })).title, "A board");
});

test("an invitation goes at its time", async () => {
  const asked = { operationId: newId(), board, hash: "a".repeat(64), role: "viewer", life: DAY } as const;
  await ana.mutation(api.invites.create, asked);
  assert.equal((await ana.query(api.invites.list, { board })).length, 1);
  await pass(t, 1 * DAY);
  assert.deepEqual(await ana.query(api.invites.list, { board }), []);
});
