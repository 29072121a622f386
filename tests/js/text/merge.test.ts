// Two people write in the same text: no word of either is lost, and everybody comes to the same text.
import assert from "node:assert/strict";
import { test } from "node:test";
import { merged } from "../../../browser/text/merge.ts";
import { moved, words } from "../../../browser/text/words.ts";

const CASES: [what: string, base: string, one: string, other: string, both: string][] = [
  ["only one has written", "Note", "Note hello", "Note", "Note hello"],
  ["both write at the end", "Note", "Note hello", "Note world", "Note hello world"],
  ["both write at the beginning", "Note", "hello Note", "hi Note", "hello hi Note"],
  ["one at each end", "Note", "hello Note", "Note world", "hello Note world"],
  ["both begin an empty text", "", "zebra", "apple", "apple zebra"],
  ["a line goes below words", "", "zebra", "\napple", "zebra\napple"],
  ["each adds a line", "a", "a\n- milk", "a\n- eggs", "a\n- eggs\n- milk"],
  ["each adds a line above", "a", "milk\na", "eggs\na", "eggs\nmilk\na"],
  ["both replace a word", "foo bar", "foo baz", "foo qux", "foo baz qux"],
  ["both replace a word alike", "foo bar", "foo baz", "foo baz", "foo baz"],
  ["one removes what the other changes", "foo bar", "foo", "foo bars", "foo bars"],
  ["one removes, the other writes elsewhere", "one two three", "one three", "one two three four", "one three four"],
  ["one changes only spaces", "one two", "one  two", "one two three", "one  two three"],
  ["one has only typed a space yet", "x", "x ", "x y", "x y"],
  ["signs between words", "a (b) c", "a (b, d) c", "a (b) c!", "a (b, d) c!"],
  ["letters without spaces between", "日本語", "日本人語", "新日本語", "新日本人語"],
  ["marks stay with their letters", "e\u0301tude", "e\u0301tude a", "e\u0301tude b", "e\u0301tude a b"],
  ["families stay together", "👨‍👩‍👧 fam", "👨‍👩‍👧 family", "👩🏽 👨‍👩‍👧 fam", "👩🏽 👨‍👩‍👧 family"],
  ["words of the language's own objects", "x", "x __proto__", "x constructor", "x __proto__ constructor"],
];

for (const [what, base, one, other, both] of CASES) {
  test(`${what}: ${JSON.stringify(both)}, whoever comes first`, () => {
    assert.equal(merged(base, one, other), both);
    assert.equal(merged(base, other, one), both);
  });
}

/** The same numbers in each run. */
function random(seed: number) {
  return (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((seed / 2 ** 31) * below);
  };
}

const COMMON = ["the", "a", "café", "日本", "👍", "- item", "x.", "\n", "don’t"];

/** Some words taken out, some put in. */
function edited(text: string, name: string, below: (below: number) => number) {
  const all = words(text).map(({ space, word }) => space + word);
  const written: string[] = [];
  for (let n = below(6); n > 0; n--) {
    const at = below(all.length + 1);
    if (below(3)) {
      const word = `${name}${written.length}`;
      written.push(word);
      all.splice(at, 0, below(4) ? ` ${word}` : `\n${word}`, ...(below(3) ? [] : [" "]));
    } else all.splice(at, below(3));
  }
  return { text: all.join(""), written };
}

test("random edits of two people keep every word in any order of arrival", () => {
  for (let seed = 1; seed <= 2_000; seed++) {
    const below = random(seed);
    const base = Array.from({ length: below(14) }, () => COMMON[below(COMMON.length)]).join(" ");
    const [one, other] = [edited(base, "ana", below), edited(base, "ben", below)];
    const both = merged(base, one.text, other.text);
    assert.equal(merged(base, other.text, one.text), both, `seed ${seed}`);
    for (const word of [...one.written, ...other.written]) {
      const count = (text: string) => words(text).filter((found) => found.word === word).length;
      const expected = Math.max(count(one.text), count(other.text));
      assert.equal(
        count(both),
        expected,
        `seed ${seed}: ${word} of ${JSON.stringify([base, one.text, other.text, both])}`,
      );
    }
    assert.equal(merged(base, one.text, base), one.text);
  }
});

test("a long text of one repeated word merges within a mutation's time", () => {
  const same = (n: number) => Array(n).fill("a").join(" ");
  const both = merged(same(2_400), `ana ${same(2_390)} end`, `ben ${same(2_399)} fin`);
  for (const word of ["ana", "ben", "end", "fin"]) assert.ok(both.includes(word));
});

test("a caret stays with the word that it stood behind", () => {
  assert.equal(moved("Note hello", "Note apple hello", 10), 16);
  assert.equal(moved("Note world", "Note hello world", 7), 13);
  assert.equal(moved("Note hello", "Note hello world", 10), 10);
  assert.equal(moved("Note hello world", "Note hello", 16), 10);
  assert.equal(moved("one two", "two", 1), 0);
  assert.equal(moved("", "new", 0), 0);
  assert.equal(moved("same", "same", 3), 3);
});

test("a caret is always within the text", () => {
  for (let seed = 1; seed <= 500; seed++) {
    const below = random(seed);
    const base = Array.from({ length: below(9) }, () => COMMON[below(COMMON.length)]).join(" ");
    const after = edited(base, "ana", below).text;
    for (let at = 0; at <= base.length; at++) {
      const there = moved(base, after, at);
      assert.ok(there >= 0 && there <= after.length, `seed ${seed}, ${at}: ${there}`);
    }
  }
});
