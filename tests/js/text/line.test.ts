// Outside text taken at its word: a name is one visible line, by the same rules as in app/text.py.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { oneLine } from "../../../browser/text/line.ts";

// The same fixture as tests/unit/test_line.py.
const { lines, cuts } = JSON.parse(readFileSync(new URL("../../fixtures/lines.json", import.meta.url), "utf8"));

for (const [what, given, line] of lines) test(`a line: ${what}`, () => assert.equal(oneLine(given), line));
for (const [what, given, most, line] of cuts) test(`a cut: ${what}`, () => assert.equal(oneLine(given, most), line));
