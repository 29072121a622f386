import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { complete } from "../../../browser/kinds/defaults.ts";
import { Selection } from "../../../browser/scene/selection.ts";

/** Group by id */
let board: Map<string, string>;
let changed: () => void;
let selection: Selection;
let told = 0;

const shapes = {
  get: (id: string) => (board.has(id) ? complete("rectangle", id, { group: board.get(id) }) : undefined),
  members: (group: string) => [...board].filter(([, of]) => of === group).map(([id]) => id),
  onChange: (listener: (ids: ReadonlySet<string>) => void) => {
    changed = () => listener(new Set());
    return () => {};
  },
};

const ids = () => [...selection.ids].sort().join(" ");

beforeEach(() => {
  board = new Map([
    ["a", ""],
    ["b", ""],
    ["g1", "g"],
    ["g2", "g"],
    ["h1", "h"],
    ["h2", "h"],
  ]);
  selection = new Selection(shapes);
  told = 0;
  selection.onChange(() => told++);
});

test("one of a group is all of it", () => {
  selection.set(["a", "g1"]);
  assert.equal(ids(), "a g1 g2");
  selection.add(["h2"]);
  assert.equal(ids(), "a g1 g2 h1 h2");
  selection.toggle("g2");
  assert.equal(ids(), "a h1 h2");
  selection.toggle("g2");
  assert.equal(ids(), "a g1 g2 h1 h2");
});

test("members are selected one by one only inside an entered group", () => {
  selection.enter("g1");
  assert.equal(ids(), "g1");
  selection.set(["g2"]);
  assert.equal(ids(), "g2");
  selection.set(["h1"]);
  assert.equal(ids(), "h1 h2");
  selection.set(["g1"]);
  assert.equal(ids(), "g1 g2");
  selection.enter("g1");
  selection.clear();
  selection.set(["g1"]);
  assert.equal(ids(), "g1 g2");
});

test("what is removed is not selected any more", () => {
  selection.set(["a", "b"]);
  board.delete("a");
  changed();
  assert.equal(ids(), "b");
  assert.equal(told, 2);
});

test("what is not there cannot be selected, and the same again tells nobody", () => {
  selection.set(["nothing", "a"]);
  assert.equal(ids(), "a");
  selection.set(["a"]);
  selection.add(["a"]);
  changed();
  assert.equal(told, 1);
});
