import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

globalThis.addEventListener ??= () => {};
const { complete } = await import("../../../browser/kinds/defaults.ts");
const { Sender } = await import("../../../browser/presence/sender.ts");
const { agreeing, piece } = await import("../../../browser/presence/strand.ts");
const { heldOf } = await import("../../../browser/presence/held.ts");

let sent: object[];
/** What the server answers next; null is a network that fails. */
let answers;
let fields;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  sent = [];
  answers = [];
  fields = { cursor: [1, 1] };
});
afterEach(() => mock.timers.reset());

function sender() {
  const post = async (url, { body }) => {
    sent.push(JSON.parse(body));
    const answer = answers.length ? answers.shift() : { status: 204 };
    if (!answer) throw new TypeError("offline");
    const { status, error } = answer;
    return { ok: status < 300, status, headers: new Headers(), json: async () => ({ error }) };
  };
  return new Sender({ url: "/boards/b", page: "p", post, read: (field) => fields[field] ?? null });
}

/** Lets time go by, and requests be answered. */
async function pass(ms: number) {
  for (let passed = 0; passed < ms; passed += 10) {
    mock.timers.tick(10);
    for (let turn = 0; turn < 10; turn++) await null;
  }
}

const ink = (id, ...points) => ({ id, x: 10, y: 20, points, color: "red", width: 2, opacity: 1 });

test("nothing is sent to an empty board, and all once somebody comes", async () => {
  const alone = sender();
  alone.changed("cursor");
  alone.wet("ink", ink("s", 0, 0));
  await pass(5_000);
  assert.deepEqual(sent, []);
  alone.watchers = 1;
  await pass(100);
  assert.deepEqual(sent[0].cursor, [1, 1]);
  assert.deepEqual(sent[0].ink.points, [10, 20]);
});

test("only what changed is sent", async () => {
  const one = sender();
  one.watchers = 1;
  await pass(100);
  one.changed("tool");
  await pass(2_000);
  assert.deepEqual(Object.keys(sent.at(-1)), ["page", "seq", "tool"]);
});

test("ink is appended: no point is sent twice", async () => {
  const one = sender();
  one.watchers = 1;
  const stroke = ink("s", 0, 0);
  for (let n = 1; n <= 20; n++) {
    stroke.points.push(n, n);
    one.wet("ink", stroke);
    await pass(60);
  }
  const pieces = sent.flatMap((report) => report.ink ?? []);
  let next = 0;
  for (const { from, points } of pieces) {
    assert.equal(from, next);
    next += points.length / 2;
  }
  assert.equal(next, 21);
  assert.equal(pieces[0].color, "red");
  assert.equal(pieces[1].color, undefined);
});

test("after a gap the ink goes on from where the server stands", async () => {
  const one = sender();
  one.watchers = 1;
  const stroke = ink("s", 0, 0, 1, 1, 2, 2);
  one.wet("ink", stroke);
  await pass(100);
  answers = [{ status: 409, error: { code: "gap", limit: 1 } }];
  stroke.points.push(3, 3);
  one.wet("ink", stroke);
  await pass(200);
  assert.deepEqual(sent.at(-1).ink.from, 1);
  assert.equal(sent.at(-1).ink.points.length, 6);
});

test("what did not arrive is sent again", async () => {
  const one = sender();
  answers = [null];
  one.watchers = 1;
  await pass(100);
  assert.equal(sent.length, 1);
  await pass(2_500);
  assert.deepEqual(sent[1].cursor, [1, 1]);
});

test("ink that is kept says no more, and ink that is let go says so", async () => {
  const one = sender();
  one.watchers = 1;
  one.wet("ink", ink("s", 0, 0));
  await pass(100);
  one.kept("ink");
  await pass(3_000);
  assert.equal(sent.filter((report) => "ink" in report).length, 1);
  one.wet("ink", ink("t", 0, 0));
  await pass(100);
  one.wet("ink", null);
  await pass(100);
  assert.equal(sent.at(-1).ink, null);
});

test("a hand that rests says each second that it still holds its stroke", async () => {
  const one = sender();
  one.watchers = 1;
  one.wet("ink", ink("s", 0, 0));
  await pass(3_500);
  const beats = sent.filter((report) => report.ink?.points.length === 0);
  assert.ok(beats.length >= 2 && beats.length <= 4, `${beats.length}`);
});

test("points are told in px of the board", () => {
  assert.deepEqual(piece(ink("s", 0, 0, 5, -10), 0, 2).points, [10, 20, 10.5, 19]);
});

test("points agree up to the first that differs", () => {
  assert.equal(agreeing([0, 0, 1, 1], [0, 0, 1, 1, 2, 2]), 2);
  assert.equal(agreeing([0, 0, 1, 1], [0, 0, 1, 2, 2, 2]), 1);
  assert.equal(agreeing([], [0, 0]), 0);
});

test("a hand sends only what others can show, and never too much", () => {
  const held = heldOf(
    new Map([
      ["a", { x: 1.23456, color: "red" }],
      ["b", { color: "red" }],
      ["c", { points: Array(900).fill(0) }],
      ["d", { text: "Hi" }],
    ]),
  );
  assert.deepEqual(held, { a: { x: 1.2346 }, d: { text: "Hi" } });
  assert.equal(
    Object.keys(heldOf(new Map(Array.from({ length: 300 }, (_, n) => [`s${n}`, { x: n }]))) ?? {}).length,
    200,
  );
  assert.equal(heldOf(new Map([["b", { color: "red" }]])), null);
  const long = heldOf(new Map(Array.from({ length: 9 }, (_, n) => [`t${n}`, { text: "x".repeat(5_000) }])));
  assert.ok(JSON.stringify(long).length < 21_000);
});

test("an unfinished shape is sent whole, but not ink or empty texts", () => {
  const box = complete("rectangle", "r", { x: 1, y: 2, w: 30, h: 40 });
  const others = [complete("stroke", "s"), complete("text", "t"), complete("rectangle", "", { w: 9, h: 9 })];
  const held = heldOf(new Map(), [box, ...others]);
  assert.deepEqual(held, { r: { shape: { id: "r", kind: "rectangle", x: 1, y: 2, w: 30, h: 40, text: "" } } });
});
