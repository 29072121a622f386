import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

globalThis.addEventListener ??= () => {};
const { Sender } = await import("../../../browser/presence/sender.ts");
const { paceOf } = await import("../../../browser/presence/pace.ts");
const { piece } = await import("../../../browser/presence/strand.ts");

let sent: any[];
/** What the server answers next; null is a network that fails, a promise a server that is far away. */
let answers: any[];
let fields: any;
let writers: number;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: 1_000_000 });
  mock.method(performance, "now", () => Date.now());
  sent = [];
  answers = [];
  fields = { cursor: [1, 1] };
  writers = 1;
});
afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
});

function sender() {
  const post = async (_url, { body }) => {
    sent.push(JSON.parse(body));
    const answer = await (answers.length ? answers.shift() : { status: 204 });
    if (!answer) throw new TypeError("offline");
    const { status, error } = answer;
    return { ok: status < 300, status, headers: new Headers(), json: async () => ({ error }) };
  };
  return new Sender({
    url: "/boards/b",
    page: "p",
    post,
    read: (field) => fields[field] ?? null,
    writers: () => writers,
  });
}

/** Lets time go by, and requests be answered. */
async function pass(ms: number) {
  for (let passed = 0; passed < ms; passed += 2) {
    mock.timers.tick(2);
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

test("a server far away gets several reports at a time", async () => {
  const one = sender();
  answers = [new Promise((answer) => setTimeout(() => answer({ status: 204 }), 80))];
  one.watchers = 1;
  await pass(100);
  answers = Array(9).fill(new Promise(() => {}));
  sent = [];
  for (let n = 0; n < 9; n++) {
    fields.cursor = [n, n];
    one.changed("cursor");
    await pass(16);
  }
  assert.deepEqual(
    sent.map(({ cursor }) => cursor),
    [0, 1, 2, 3].map((n) => [n, n]),
  );
});

test("a near server that is slow gets two reports at a time", async () => {
  const one = sender();
  one.watchers = 1;
  await pass(100);
  answers = Array(9).fill(new Promise(() => {}));
  sent = [];
  for (let n = 0; n < 9; n++) {
    one.changed("cursor");
    await pass(16);
  }
  assert.equal(sent.length, 2);
});

test("each report repeats what the server is not known to have", async () => {
  const one = sender();
  const stroke = ink("s", 0, 0);
  one.wet("ink", stroke);
  answers = [new Promise((answer) => setTimeout(() => answer({ status: 204 }), 80))];
  one.watchers = 1;
  await pass(100);
  const far: (() => void)[] = [];
  answers = Array.from({ length: 3 }, () => new Promise((answer) => far.push(() => answer({ status: 204 }))));
  sent = [];
  one.changed("tool");
  for (let n = 1; n <= 3; n++) {
    stroke.points.push(n, n);
    one.wet("ink", stroke);
    await pass(16);
  }
  assert.deepEqual(
    sent.map((report) => [Object.keys(report).includes("tool"), report.ink.from, report.ink.points.length / 2]),
    [
      [true, 1, 1],
      [true, 1, 2],
      [true, 1, 3],
    ],
  );
  far[1](); // the first and the last are slower
  await pass(16);
  stroke.points.push(4, 4);
  one.wet("ink", stroke);
  await pass(16);
  assert.deepEqual([sent[3].tool, sent[3].ink.from, sent[3].ink.points.length / 2], [undefined, 3, 2]);
});

test("an end that still moves is sent again with each report", async () => {
  const one = sender();
  one.watchers = 1;
  for (let n = 1; n <= 3; n++) {
    one.wet("ink", { ...ink("s", 0, 0, n, n), steady: 1 });
    await pass(60);
  }
  assert.deepEqual(
    sent.map((report) => [report.ink.from, report.ink.points.slice(-2)]),
    [1, 2, 3].map((n) => [n > 1 ? 1 : 0, [10 + n / 10, 20 + n / 10]]),
  );
});

test("the more people and pages there are, the less often each reports", () => {
  assert.equal(paceOf(2, 1), 12);
  assert.equal(paceOf(30, 30), 120);
  assert.equal(paceOf(90, 1), 100);
  assert.equal(paceOf(2_000, 2_000), 250);
  assert.equal(paceOf(2, 1, 20_000), 100);
});

test("a stroke waits until the last one is known to be let go", async () => {
  const one = sender();
  one.watchers = 1;
  one.wet("ink", ink("s", 0, 0));
  await pass(100);
  let letGo = (_: unknown) => {};
  answers = [new Promise((answer) => (letGo = answer)), new Promise(() => {})];
  sent = [];
  one.wet("ink", null);
  await pass(20);
  one.wet("ink", ink("t", 0, 0));
  await pass(20);
  assert.deepEqual(
    sent.map((report) => report.ink),
    [null, null],
  );
  letGo({ status: 204 });
  await pass(20);
  assert.equal(sent[2].ink.id, "t");
});

test("a long stroke comes in several reports to whoever joins", async () => {
  const one = sender();
  one.wet("ink", ink("s", ...Array(5_000).fill(0)));
  one.watchers = 1;
  await pass(200);
  assert.deepEqual(
    sent.map((report) => report.ink?.from),
    [0, 1_000, 2_000],
  );
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
