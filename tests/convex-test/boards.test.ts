import assert from "node:assert/strict";
import { test } from "node:test";
import { api } from "../../convex/_generated/api.js";
import { createBoard, guest, newId, refused, start } from "./start.ts";

test("whoever creates a board owns it", async () => {
  const ana = guest(start(), "Ana");
  const { id } = await createBoard(ana);
  const { title, role } = await ana.query(api.boards.get, { board: id });
  assert.deepEqual({ title, role }, { title: "A board", role: "owner" });
});

test("the same operation id creates one board", async () => {
  const t = start();
  const [operationId, ana] = [newId(), guest(t, "Ana")];
  const first = await createBoard(ana, operationId);
  const second = await createBoard(ana, operationId);
  assert.deepEqual([second.id, first.repeated, second.repeated], [first.id, false, true]);
  assert.equal((await t.run((ctx) => ctx.db.query("boards").collect())).length, 1);
});

test("a stranger cannot tell a private board from none", async () => {
  const t = start();
  const { id } = await createBoard(guest(t, "Ana"));
  await assert.rejects(guest(t, "Eve").query(api.boards.get, { board: id }), refused("not_found"));
  await assert.rejects(guest(t, "Eve").query(api.boards.get, { board: "none" }), refused("not_found"));
  await assert.rejects(t.mutation(api.boards.create, { operationId: newId(), title: "" }), refused("unauthenticated"));
});

test("who reads by a link may not draw until the link lets them", async () => {
  const t = start();
  const [ana, ben] = [guest(t, "Ana"), guest(t, "Ben")];
  const { id: board } = await createBoard(ana);
  const share = (visibility: "link-view" | "link-edit") =>
    ana.mutation(api.boards.update, { operationId: newId(), board, visibility });
  const draw = () =>
    ben.mutation(api.changes.commit, { board, changeId: newId(), put: [], patch: [], remove: ["none"] });
  await share("link-view");
  assert.equal((await ben.query(api.boards.get, { board })).role, "viewer");
  await assert.rejects(draw(), refused("forbidden"));
  await share("link-edit");
  await draw();
});
