import assert from "node:assert/strict";
import { test } from "node:test";
import { sentence } from "../../../browser/blame/missed.ts";

const shapes = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `${i}`, by: null }));
const people = (...names: string[]) => names.map((name) => ({ id: name, name }));
const nothing = { people: [], shapes: [], removed: 0, count: 1, more: false };

test("says who changed how much, in words", () => {
  const said: [Partial<Parameters<typeof sentence>[0]>, string][] = [
    [{ people: people("Ben"), shapes: shapes(1) }, "Ben changed one thing while you were away"],
    [
      { people: people("Ben", "Chi"), count: 2, shapes: shapes(12), removed: 1 },
      "Ben and Chi changed 12 things and deleted one while you were away",
    ],
    [
      { people: people("Ben", "Chi", "Dora"), count: 3, removed: 3 },
      "Three people deleted 3 things while you were away",
    ],
    [{ count: 2, shapes: shapes(12) }, "Two people changed 12 things while you were away"],
    [{ shapes: shapes(2) }, "Somebody changed 2 things while you were away"],
    [{ count: 12, shapes: shapes(500), more: true }, "12 people changed at least 500 things while you were away"],
  ];
  for (const [missed, expected] of said) assert.equal(sentence({ ...nothing, ...missed }), expected);
});
