// Answers taken as final although they are not about the change: the gesture that is set aside is that one, and all of it.
import assert from "node:assert/strict";
import { test } from "node:test";

const { firstGesture } = await import("../../../browser/sync/history.ts");

const entry = (changeId: string, action: "changes" | "undo" | "redo" = "changes", continues?: string) => ({
  changeId,
  action,
  ...(continues ? { continues } : {}),
});

const ids = (entries: any[]) => {
  const { changes, undo } = firstGesture(entries);
  return [changes.map(({ changeId }) => changeId), undo?.changeId];
};

test("all parts of it, and not the next gesture", () => {
  assert.deepEqual(ids([entry("a"), entry("b", "changes", "a"), entry("c")]), [["a", "b"], undefined]);
  assert.deepEqual(ids([entry("a"), entry("b", "changes", "a")]), [["a", "b"], undefined]);
});

test("with the undo that takes it back, and not the undo of a later one", () => {
  assert.deepEqual(ids([entry("a"), entry("b"), entry("u", "undo"), entry("v", "undo")]), [["a"], "v"]);
  assert.deepEqual(ids([entry("a"), entry("b"), entry("u", "undo")]), [["a"], undefined]);
});
