// Work that waits beside the board: what is kept of it, what is offered of it, and how much there may be.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Refused } from "../../../browser/kept/refused.ts";
import { madeBy, Waiting } from "../../../browser/kept/waiting.ts";
import { complete } from "../../../browser/kinds/defaults.ts";

/** Whose keys are its own properties, as those of a Storage are */
let disk: any;
const storage = () => disk;
const UNHEARD = { changed() {}, taken() {} };
const note = (id: string, text = "") => complete("note", id, { text });

beforeEach(() => {
  disk = {};
  const methods = {
    getItem: (key: string) => disk[key] ?? null,
    setItem: (key: string, value: string) => void (disk[key] = value),
    removeItem: (key: string) => void delete disk[key],
  };
  for (const [name, value] of Object.entries(methods)) Object.defineProperty(disk, name, { value, enumerable: false });
});

test("a hundred pieces are kept, the newest", () => {
  const refused = new Refused("b", storage);
  for (let n = 0; n < 120; n++) refused.add("Full.", [note(`n${n}`)], "Ana");
  assert.equal(refused.pieces.length, 100);
  assert.equal(refused.pieces[99].shapes[0].id, "n119");
});

test("a million characters are kept, and the newest piece whatever its size", () => {
  const refused = new Refused("b", storage);
  for (let n = 0; n < 6; n++)
    refused.add(
      "Full.",
      Array.from({ length: 60 }, (_, i) => note(`n${n}-${i}`, "x".repeat(5_000))),
      "Ana",
    );
  assert.equal(refused.pieces.length, 3);
  refused.add(
    "Full.",
    Array.from({ length: 300 }, (_, i) => note(`m${i}`, "x".repeat(5_000))),
    "Ana",
  );
  assert.deepEqual(
    refused.pieces.map(({ shapes }) => shapes.length),
    [300],
  );
});

test("rubbish on the disk is nothing", () => {
  for (const rubbish of ["{", "null", "7", '{"a":1}', "[null]", '[{"shapes":7}]']) {
    disk["easel:refused:b"] = rubbish;
    assert.deepEqual(new Refused("b", storage).pieces, []);
    disk["easel:outbox:b:other"] = rubbish;
    assert.deepEqual(new Waiting("b", "me", UNHEARD, storage).all, []);
  }
});

test("another person's changes are offered without undone ones, per board", () => {
  const put = (changeId: string) => ({ changeId, action: "changes", put: [note(changeId)] });
  disk["easel:outbox:b:me"] = JSON.stringify([put("mine")]);
  disk["easel:outbox:b:other"] = JSON.stringify([put("one"), put("two"), { changeId: "u", action: "undo" }]);
  disk["easel:outbox:c:other"] = JSON.stringify([put("elsewhere")]);
  const waiting = new Waiting("b", "me", UNHEARD, storage);
  assert.deepEqual(
    waiting.all.map(({ person, entries }) => [person, entries.map(({ changeId }) => changeId)]),
    [["other", ["one"]]],
  );
  waiting.take(waiting.all[0]);
  assert.deepEqual(waiting.all, []);
  assert.deepEqual(JSON.parse(disk["easel:adopted:b"]), ["one", "two", "u"]);
  assert.ok(disk["easel:outbox:b:me"] && disk["easel:outbox:c:other"]);
});

test("what changes leave is the shapes as they are in the end", () => {
  const entries = [
    { put: [note("a", "one"), note("b")] },
    { patch: { a: { text: "two" }, there: { text: "three" }, missing: { text: "four" } } },
    { remove: ["b"] },
  ] as any;
  const found = madeBy(entries, (id) => (id === "there" ? note("there") : undefined));
  assert.deepEqual(
    found.map((shape) => [shape.id, "text" in shape && shape.text]),
    [
      ["a", "two"],
      ["there", "three"],
    ],
  );
});
