import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { api, internal } from "../../convex/_generated/api.js";
import { guest, newId, start } from "./start.ts";

const MONTHS = 100 * 24 * 60 * 60_000; // ms: longer than the trash keeps boards

test("a deleted board is erased by functions that schedule each other", async () => {
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: Date.now() });
  const t = start();
  const ana = guest(t, "Ana");
  const { id: board } = await ana.mutation(api.boards.create, { operationId: newId(), title: "A board" });
  await ana.mutation(api.boards.remove, { operationId: newId(), board });
  mock.timers.tick(MONTHS);
  assert.equal(await t.mutation(internal.trash.expire, {}), 1);
  await t.finishAllScheduledFunctions(() => mock.timers.runAll());
  assert.deepEqual(await t.run((ctx) => ctx.db.query("boards").collect()), []);
});
