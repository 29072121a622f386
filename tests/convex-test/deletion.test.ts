import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { api } from "../../convex/_generated/api.js";
import { type Deployment, guest, newId, type Person, start } from "./start.ts";

const DAY = 24 * 60 * 60_000; // ms

// A timer of Node's, on which convex-test builds, reaches no further than 24 days.
process.env.LIMITS = JSON.stringify({ trashDays: 10, purgeAfterDays: 10 });

let t: Deployment;
let ana: Person;
let board: string;

beforeEach(async () => {
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: Date.now() });
  t = start();
  ana = guest(t, "Ana");
  board = (await ana.mutation(api.boards.create, { operationId: newId(), title: "A board" })).id;
});

afterEach(() => mock.timers.reset());

async function pass(days: number) {
  mock.timers.tick(days * DAY);
  await t.finishInProgressScheduledFunctions();
}

const boards = () => t.run((ctx) => ctx.db.query("boards").collect());

test("a deleted board is erased once its days in the trash are over", async () => {
  await ana.mutation(api.boards.remove, { operationId: newId(), board });
  await pass(9);
  assert.deepEqual(
    (await boards()).map(({ removed }) => removed),
    [false],
  );
  await pass(1);
  await pass(1); // what was scheduled then
  assert.deepEqual(await boards(), []);
});

test("a board that was restored stays", async () => {
  await ana.mutation(api.boards.remove, { operationId: newId(), board });
  await pass(5);
  await ana.mutation(api.trash.restore, { operationId: newId(), board });
  await pass(20);
  assert.equal((await ana.query(api.boards.get, { board })).title, "A board");
});

test("an invitation goes at its time", async () => {
  const asked = { operationId: newId(), board, hash: "a".repeat(64), role: "viewer", life: DAY } as const;
  await ana.mutation(api.invites.create, asked);
  assert.equal((await ana.query(api.invites.list, { board })).length, 1);
  await pass(1);
  assert.deepEqual(await ana.query(api.invites.list, { board }), []);
});
