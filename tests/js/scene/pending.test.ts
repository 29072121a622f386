import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { complete } from "../../../browser/kinds/defaults.ts";
import { Pending } from "../../../browser/scene/pending.ts";
import type { Shape } from "../../../browser/types/shape.ts";

let pending: Pending;
const server = complete("rectangle", "r", { x: 10, y: 20, w: 30, h: 40 });
const base = () => server;
const nothing = () => undefined;

beforeEach(() => {
  pending = new Pending();
});

const isServersWith = (shape: Shape | null | undefined, fields: object) =>
  assert.deepEqual(shape, { ...server, ...fields });

test("what nothing is laid over is not even read", () => {
  pending.add("1", { patch: { other: { x: 1 } } });
  assert.equal(
    pending.over("r", () => assert.fail("read")),
    null,
  );
});

test("patches cover the server's shape field by field, in their order", () => {
  pending.add("1", { patch: { r: { x: 1, color: "red" } } });
  pending.add("2", { patch: { r: { x: 2 } } });
  isServersWith(pending.over("r", base), { x: 2, color: "red" });
  assert.deepEqual(pending.drop("2"), ["r"]);
  isServersWith(pending.over("r", base), { x: 1, color: "red" });
});

test("a put shows until the server's shape comes, changed or not", () => {
  const { id } = server;
  pending.add("1", { put: [server] });
  pending.add("2", { patch: { r: { y: 0 } } });
  isServersWith(pending.over(id, nothing), { y: 0 });
  isServersWith(
    pending.over(id, () => ({ ...server, color: "blue" })),
    { color: "blue", y: 0 },
  );
});

test("a removal beats the patches before and after it", () => {
  pending.add("1", { patch: { r: { x: 1 } } });
  pending.add("2", { remove: ["r"] });
  pending.add("3", { patch: { r: { x: 3 } } });
  assert.equal(pending.over("r", base), undefined);
  pending.drop("2");
  isServersWith(pending.over("r", base), { x: 3 });
});

test("a patch of what somebody else removed shows nothing", () => {
  pending.add("1", { patch: { r: { x: 1 } } });
  pending.preview(new Map([["r", { x: 2 }]]), "");
  assert.equal(pending.over("r", nothing), undefined);
});

test("what a hand moves lies above all, one's own above others'", () => {
  assert.deepEqual([...pending.preview(new Map([["r", { x: 1 }]]), "")], ["r"]);
  pending.preview(new Map([["r", { x: 2, y: 2 }]]), "ben");
  pending.add("1", { patch: { r: { x: 3, y: 3, w: 3 } } });
  isServersWith(pending.over("r", base), { x: 1, y: 2, w: 3 });
  assert.deepEqual([...pending.preview(new Map([["q", { x: 0 }]]), "")].sort(), ["q", "r"], "both change their looks");
  isServersWith(pending.over("r", base), { x: 2, y: 2, w: 3 });
  pending.preview(new Map(), "ben");
  isServersWith(pending.over("r", base), { x: 3, y: 3, w: 3 });
});

test("layers stay until the page shows the server's answer", () => {
  pending.add("1", { patch: { r: { x: 1 } } });
  pending.add("2", { patch: { r: { y: 2 } } });
  pending.answered("1", 100n);
  assert.deepEqual(pending.settle(99n), []);
  assert.deepEqual(pending.settle(100n), ["r"]);
  isServersWith(pending.over("r", base), { y: 2 });
  assert.deepEqual(pending.settle(10_000n), [], "the second has no answer yet");
  assert.equal(pending.size, 1);
});

test("a place in the order is no field, and each move is a new one", () => {
  pending.add("1", { put: [{ ...server, z: "back" }] });
  assert.equal(pending.place("r")?.z, "back");
  isServersWith(pending.over("r", nothing), {});
  pending.add("2", { patch: { r: { z: "front" } } });
  const first = pending.place("r");
  pending.add("3", { patch: { r: { z: "front" } } });
  assert.equal(pending.place("r")?.z, "front");
  assert.notEqual(pending.place("r"), first);
  assert.equal(pending.place("r"), pending.place("r"));
  isServersWith(pending.over("r", base), {});
});

test("every id that something is laid over is known", () => {
  pending.add("1", { put: [server], patch: { p: { x: 1 } }, remove: ["q"] });
  pending.preview(new Map([["s", { x: 1 }]]), "ben");
  assert.deepEqual([...pending.ids()].sort(), ["p", "q", "r", "s"]);
});

test("a change is not laid over anything while it is being undone", () => {
  pending.add("1", { patch: { r: { x: 1 } } });
  pending.add("2", { patch: { r: { x: 2 }, s: { x: 2 } } });
  assert.deepEqual(pending.hide(new Set(["2"])), ["r", "s"]);
  isServersWith(pending.over("r", base), { x: 1 });
  assert.deepEqual(pending.hide(new Set(["2"])), []);
  assert.deepEqual(pending.hide(new Set()), ["r", "s"]);
  isServersWith(pending.over("r", base), { x: 2 });
});
