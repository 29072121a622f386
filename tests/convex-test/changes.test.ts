import assert from "node:assert/strict";
import { test } from "node:test";
import { api } from "../../convex/_generated/api.js";
import { createBoard, guest, newId, type Person, start } from "./start.ts";

const LINE = {
  id: "line",
  kind: "stroke",
  points: "0 0 100 50",
  pressures: "",
  width: 4,
  color: "black",
  x: 0,
  y: 0,
  rotation: 0,
  opacity: 1,
  group: "",
  locked: false,
} as const;

async function drawn(person: Person, changeId = newId()) {
  const { id: board } = await createBoard(person);
  const change = { board, changeId, put: [LINE], patch: [], remove: [] };
  return { board, change, committed: await person.mutation(api.changes.commit, change) };
}

test("a change becomes one row of the log and a shape", async () => {
  const t = start();
  const ana = guest(t, "Ana");
  const { board, change } = await drawn(ana);
  const { changes } = await ana.query(api.changes.list, { board, after: 0n });
  assert.deepEqual(
    changes.map((row) => row.changeId),
    [change.changeId],
  );
  const shapes = await t.run((ctx) => ctx.db.query("shapes").collect());
  assert.deepEqual(
    shapes.map((shape) => shape.shapeId),
    ["line"],
  );
});

test("rows are numbered in the order of their commits", async () => {
  const ana = guest(start(), "Ana");
  const { board } = await drawn(ana);
  for (const x of [10, 20, 30]) {
    const patch = [{ id: "line", set: { x } }];
    await ana.mutation(api.changes.commit, { board, changeId: newId(), put: [], patch, remove: [] });
  }
  const { changes } = await ana.query(api.changes.list, { board, after: 0n });
  const ts = changes.map((row) => row.ts);
  assert.deepEqual(ts, ts.toSorted());
  assert.equal(new Set(ts).size, 4);
});

test("a change that is sent again is not applied again", async () => {
  const ana = guest(start(), "Ana");
  const { board, change, committed } = await drawn(ana);
  const again = await ana.mutation(api.changes.commit, change);
  assert.deepEqual(again, { ts: committed.ts, repeated: true });
  assert.equal((await ana.query(api.changes.list, { board, after: 0n })).changes.length, 1);
});

test("undo takes one's own change back", async () => {
  const t = start();
  const ana = guest(t, "Ana");
  const { board } = await drawn(ana);
  await ana.mutation(api.changes.undo, { board, changeId: newId() });
  const [line] = await t.run((ctx) => ctx.db.query("shapes").collect());
  assert.equal(line?.removed, true); // only undo brings a removed shape back, so its row stays
});
