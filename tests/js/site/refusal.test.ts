// A validator's raw words, which say nothing to a person.
import assert from "node:assert/strict";
import { test } from "node:test";
import { explained } from "../../../browser/site/refusal.ts";

const RAW = [
  ["put.points", "Each point must be within ±1000000 px.", /beyond the end/],
  ["put.x", "put[0].x: Input should be less than or equal to 1000000", /beyond the end/],
  ["put.x", "x must be from -1000000 to 1000000.", /beyond the end/],
  ["put.points", "points: List should have at most 5000 items after validation, not 5001", /does not fit/],
  ["put.text", "put[0].text: String should have at most 5000 characters", /too long/],
  ["title", "title: String should have at most 200 characters", /too long/],
  ["patch.a.width", "width must be from 0.5 to 64.", /does not fit/],
];

test("a validator's words become a person's", () => {
  for (const [field, message, said] of RAW) {
    const words = explained({ code: "invalid", field: String(field), message: String(message) }, 422);
    assert.match(words, said as RegExp);
    assert.doesNotMatch(words, /should|error|±|\[/);
  }
});

test("what the server says to people is left as it is", () => {
  assert.equal(explained({ code: "board_full", message: "The board is full." }, 422), "The board is full.");
  assert.equal(
    explained({ code: "invalid", field: "members", message: "a board can have at most 100 people" }, 422),
    "A board can have at most 100 people.",
  );
  assert.equal(explained(undefined, 502), "The server answered 502.");
});
