// Two people write in the same text and see each other's words: nothing is lost, nothing comes twice.
import assert from "node:assert/strict";
import { test } from "node:test";
import { complete } from "../../../browser/kinds/defaults.ts";
import { Pending } from "../../../browser/scene/pending.ts";
import { merged } from "../../../browser/text/merge.ts";
import { Wording } from "../../../browser/text/wording.ts";
import { moved } from "../../../browser/text/words.ts";

/** A page on which somebody writes in the note `n`, as far as texts go. */
class Page {
  name;
  board;
  seen;
  wording: Wording | null;
  caret;
  pending = new Pending();
  sent = 0;

  constructor(name: string, board: { text: string }) {
    this.name = name;
    this.board = board;
    this.seen = board.text;
    this.wording = new Wording(board.text);
    this.caret = board.text.length;
  }

  /** What the page shows. */
  get text() {
    const note = complete("note", "n", { text: this.seen });
    return ((this.pending.over("n", () => note) ?? note) as { text: string }).text;
  }

  type(at: number, letters: string) {
    if (!this.wording) return;
    const { shown } = this.wording;
    this.caret = at + letters.length;
    this.wording.typed(shown.slice(0, at) + letters + shown.slice(at), at + letters.length);
    this.tell(this, "");
    this.together();
  }

  together() {
    if (!this.wording) return;
    if (this.seen !== this.wording.base) {
      this.wording.rebase(this.seen);
      this.tell(this, "");
    }
    if (!this.wording.differs(this.text, this.caret)) return;
    this.caret = moved(this.wording.shown, this.text, this.caret);
    this.wording.shown = this.text;
  }

  /** A page hears what somebody writes. */
  tell(page: Page, who: string = this.name) {
    const { base, own: text } = this.wording ?? {};
    page.pending.preview(base === undefined ? new Map() : new Map([["n", { text, base }]]), who);
    if (page !== this) page.together();
  }

  close() {
    if (!this.wording) return;
    const { base, own } = this.wording;
    this.wording = null;
    this.pending.preview(new Map(), "");
    this.board.text = merged(base, this.board.text, own);
  }

  /** The stream brings what the board has. */
  receive() {
    this.seen = this.board.text;
    this.together();
  }
}

/** The same numbers in each run. */
function random(seed: number) {
  return (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((seed / 2 ** 31) * below);
  };
}

const count = (text: string, word: string) => text.split(/\s+/).filter((found) => found === word).length;

test("live writing is one text on both pages, and keeping it moves nothing", () => {
  const board = { text: "Note" };
  const [ana, ben] = [new Page("ana", board), new Page("ben", board)];
  ana.type(4, " hello");
  ana.tell(ben);
  assert.equal(ben.text, "Note hello");
  ben.type(10, "\nbelow");
  ben.tell(ana);
  assert.equal(ana.text, "Note hello\nbelow");
  ana.type(10, " there");
  ana.tell(ben);
  assert.equal(ben.text, "Note hello there\nbelow");
  assert.equal(ben.wording?.own, "Note\nbelow", "Ana's words are hers");
  ana.close();
  ben.close();
  assert.equal(board.text, "Note hello there\nbelow");
});

test("a space of another person comes too, and one's own stays at the caret", () => {
  const board = { text: "Shopping" };
  const [ana, ben] = [new Page("ana", board), new Page("ben", board)];
  ana.type(8, " list");
  ana.tell(ben);
  for (const letters of ["big", " "]) {
    ben.type(letters === " " ? 3 : 0, letters);
    ben.tell(ana);
  }
  assert.equal(ana.wording?.shown, "big Shopping list");
  ana.type(17, " ");
  ana.tell(ben);
  assert.equal(ana.wording?.shown, "big Shopping list ");
});

test("typing, receiving and keeping in any order leaves each word once", () => {
  for (let seed = 1; seed <= 600; seed++) {
    const below = random(seed);
    const board = { text: ["", "Note", "one two three", "日本 café\n- item"][below(4)] };
    const people = [new Page("ana", board), new Page("ben", board), new Page("cleo", board)];
    const written: string[] = [];
    for (let step = 0; step < 40; step++) {
      const one = people[below(3)];
      const other = people[below(3)];
      const act = below(12);
      if (act < 6 && one.wording) {
        const word = `${one.name}${written.length}`;
        const { shown } = one.wording;
        const gaps = [0, ...[...shown.matchAll(/\s/g)].map(({ index }) => index), shown.length];
        const at = gaps[below(gaps.length)];
        one.type(at, at ? ` ${word}` : `${word} `);
        written.push(word);
      } else if (act < 9 && one !== other) one.tell(other);
      else if (act < 11) one.receive();
      else if (below(3) === 0) one.close();
    }
    for (const page of people) page.close();
    for (const page of people) {
      for (const other of people) if (other !== page) other.tell(page);
      page.receive();
    }
    for (const word of written)
      assert.equal(count(board.text, word), 1, `seed ${seed}: ${word} in ${JSON.stringify(board.text)}`);
    for (const page of people) assert.equal(page.text, board.text, `seed ${seed}`);
  }
});

test("half a pair of surrogates is never sent", () => {
  const wording = new Wording("👍");
  wording.typed("👎", 2);
  assert.equal(wording.own, "👎");
  wording.typed("👎👎", 4);
  assert.equal(wording.own, "👎👎");
});
