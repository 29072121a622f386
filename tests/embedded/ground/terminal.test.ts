// Outside text taken at its word: what a caller sends looks like no line of the terminal, and fills it with no kind of line.
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { complain, visible } from "../../../embedded/ground/terminal.ts";

test("a second line is marked as a part of the first", () => {
  assert.equal(
    visible("notes:add Error: a\u001b[31m\u202e\nnotes:add forged\n    at b"),
    "notes:add Error: a\n  | notes:add forged\n  |     at b",
  );
  assert.ok(visible("\n".repeat(1_000_000)).length < 1_000);
});

function said(context: TestContext): string[] {
  const lines: string[] = [];
  context.mock.method(console, "error", (line: string) => lines.push(line));
  return lines;
}

test("a kind of line is limited, and what was left out is counted", (context) => {
  const lines = said(context);
  for (let i = 0; i < 27; i++) complain("notes:add", `notes:add ${i}`, 0);
  complain("other", new Error("other"), 0);
  assert.equal(lines.length, 21);
  complain("notes:add", "again", 60_000);
  assert.equal(lines.at(-1), "again (and 7 more like it were left out)");
});
