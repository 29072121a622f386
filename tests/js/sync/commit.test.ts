import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { complete, lean } from "../../../browser/kinds/defaults.ts";
import { undone } from "../../../browser/sync/history.ts";
import { Outbox } from "../../../browser/sync/outbox.ts";
import type { Entry } from "../../../browser/types/change.ts";
import type { Stroke } from "../../../browser/types/shape.ts";

const stroke = (id: string, points: number = 2): Stroke =>
  complete("stroke", id, { points: Array(2 * points).fill(1234.5) });

const answer =
  (status: number, body: unknown = {}, headers: Record<string, string> = {}) =>
  () =>
    new Response(JSON.stringify(body), { status, headers });
/** What the server says of a change, or an undo, that it has. */
const saved =
  (more?: Record<string, unknown>) =>
  ({ changeId }: { changeId: string }) =>
    answer(201, { changeId, ts: "1", ...more })();
const ok = saved();
const unreachable = () => Promise.reject(new TypeError("Failed to fetch"));

let disk: Map<string, string>;
let sent: { url: string; body: any; keepalive: boolean }[];
/** Answers to come; then `ok` */
let answers: ((body: any) => Response | Promise<Response>)[];
let timers: { work: () => void; ms: number }[];
let told: string[];

const storage = () =>
  ({
    getItem: (key: string) => disk.get(key) ?? null,
    setItem: (key: string, value: string) => void disk.set(key, value),
    removeItem: (key: string) => void disk.delete(key),
  }) as unknown as Storage;

function open(options: { storage?: () => Storage } = {}) {
  const outbox = new Outbox({
    url: "/boards/b",
    key: "k",
    storage: options.storage ?? storage,
    random: () => 1,
    later: (work, ms) => timers.push({ work, ms }),
    fetch: (async (url, { body, keepalive } = {}) => {
      const said = JSON.parse(String(body));
      sent.push({ url: String(url), body: said, keepalive: keepalive ?? false });
      return (answers.shift() ?? ok)(said);
    }) as typeof fetch,
  });
  outbox.answers.add((entry, { ts }) => told.push(`${entry.changeId} ${ts}`));
  outbox.refusals.add((entry, message) => told.push(`${entry.changeId} refused: ${message}`));
  return outbox;
}

/** Until nothing more happens by itself. */
const quiet = () => new Promise((resolve) => setImmediate(() => setImmediate(() => setImmediate(resolve))));

/** Lets the time pass that the outbox waits for. @returns that time, in ms */
async function pass(): Promise<number> {
  const timer = timers.shift();
  assert.ok(timer, "nothing waits for a time");
  timer.work();
  await quiet();
  return timer.ms;
}

beforeEach(() => {
  disk = new Map();
  sent = [];
  answers = [];
  timers = [];
  told = [];
});

test("a gesture is one request, gone from the disk when it is answered", async () => {
  const outbox = open();
  const [entry] = outbox.commit({ put: [stroke("a"), stroke("b")] });
  assert.equal(JSON.parse(disk.get("k") ?? "").length, 1);
  await quiet();
  assert.equal(sent.length, 1);
  assert.equal(sent[0].url, "/boards/b/changes");
  assert.deepEqual(sent[0].body, { changeId: entry.changeId, put: [lean(stroke("a")), lean(stroke("b"))] });
  assert.deepEqual(told, [`${entry.changeId} 1`]);
  assert.equal(disk.size, 0);
  assert.equal(outbox.entries.length, 0);
});

test("changes go one at a time, an undo behind the change it undoes", async () => {
  let release: (response: Response) => void = () => {};
  answers = [() => new Promise((resolve) => (release = resolve))];
  const outbox = open();
  outbox.commit({ put: [stroke("a")] });
  outbox.commit({ remove: ["a"] });
  outbox.revert("undo");
  await quiet();
  assert.deepEqual(
    sent.map(({ url }) => url),
    ["/boards/b/changes"],
    "the first is not answered yet",
  );
  release(ok(sent[0].body));
  await quiet();
  assert.deepEqual(
    sent.map(({ url }) => url),
    ["/boards/b/changes", "/boards/b/changes", "/boards/b/undo"],
  );
  assert.deepEqual(Object.keys(sent[2].body), ["changeId"]);
});

test("a failed change is repeated with its changeId after longer waits", async () => {
  answers = Array(8).fill(unreachable);
  const outbox = open();
  outbox.commit({ put: [stroke("a")] });
  await quiet();
  assert.equal(outbox.trouble, "offline");
  const waits = [];
  while (timers.length) waits.push(await pass());
  assert.deepEqual(waits, [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
  assert.equal(sent.length, 9);
  assert.equal(new Set(sent.map(({ body }) => body.changeId)).size, 1);
  assert.equal(outbox.trouble, null);
});

test("drawing does not hurry a waiting outbox, and follows in order", async () => {
  answers = [unreachable];
  const outbox = open();
  outbox.commit({ put: [stroke("a")] });
  await quiet();
  outbox.commit({ put: [stroke("b")] });
  await quiet();
  assert.equal(sent.length, 1);
  await pass();
  assert.deepEqual(
    sent.map(({ body }) => body.put[0].id),
    ["a", "a", "b"],
  );
});

test("flush does not wait", async () => {
  answers = [unreachable];
  const outbox = open();
  outbox.commit({ put: [stroke("a")] });
  await quiet();
  outbox.flush();
  await quiet();
  assert.equal(outbox.entries.length, 0);
});

test("a timer that was overtaken by flush sends nothing twice", async () => {
  answers = [unreachable];
  const outbox = open();
  outbox.commit({ put: [stroke("a")] });
  await quiet();
  outbox.flush();
  await quiet();
  await pass();
  assert.equal(sent.length, 2);
});

test("Retry-After is waited for", async () => {
  for (const status of [429, 503]) {
    answers = [answer(status, {}, { "Retry-After": "7" })];
    const outbox = open();
    outbox.commit({ put: [stroke("a")] });
    await quiet();
    assert.equal(outbox.trouble, status === 429 ? "busy" : "offline");
    assert.equal(await pass(), 7_000);
    assert.equal(outbox.entries.length, 0);
  }
});

test("a refusal shows the server's words, and later changes still go", async () => {
  answers = [answer(422, { error: { code: "invalid", message: "The colour is unknown." } })];
  const outbox = open();
  const [bad] = outbox.commit({ put: [stroke("a")] });
  const [good] = outbox.commit({ put: [stroke("b")] });
  await quiet();
  assert.deepEqual(told, [`${bad.changeId} refused: The colour is unknown.`, `${good.changeId} 1`]);
  assert.equal(disk.size, 0);
});

test("what waits survives a reload, and goes with the same changeId", async () => {
  answers = [unreachable];
  const before = open();
  const [entry] = before.commit({ put: [stroke("a")] });
  await quiet();
  const after = open();
  assert.deepEqual(after.entries, [entry]);
  after.flush();
  await quiet();
  assert.equal(sent.at(-1)?.body.changeId, entry.changeId);
  assert.equal(disk.size, 0);
});

test("a second tab's entries stay on the disk", async () => {
  answers = [unreachable];
  const one = open();
  const two = open();
  const [waiting] = one.commit({ put: [stroke("a")] });
  await quiet();
  two.commit({ put: [stroke("b")] });
  await quiet();
  assert.deepEqual(
    JSON.parse(disk.get("k") ?? "").map(({ changeId }: Entry) => changeId),
    [waiting.changeId],
  );
  await pass();
  assert.equal(disk.size, 0);
});

test("without storage the outbox works from memory and says so", async () => {
  answers = [unreachable];
  const outbox = open({
    storage: () => {
      throw new DOMException("denied", "SecurityError");
    },
  });
  outbox.commit({ put: [stroke("a")] });
  await quiet();
  assert.equal(outbox.durable, false);
  await pass();
  assert.equal(outbox.entries.length, 0);
});

test("rubbish on the disk is no outbox", () => {
  for (const rubbish of ["{", "null", "7", '{"a":1}']) {
    disk.set("k", rubbish);
    assert.deepEqual(open().entries, []);
  }
});

test("small bodies outlive the page, large ones cannot", async () => {
  const outbox = open();
  outbox.commit({ put: [stroke("a")] });
  outbox.commit({ put: [stroke("b", 5_000)] });
  for (const sign of "a日") outbox.commit({ put: Array(6).fill(complete("note", "n", { text: sign.repeat(5_000) })) });
  await quiet();
  assert.deepEqual(
    sent.map(({ keepalive }) => keepalive),
    [true, false, true, false],
  );
});

test("the parts of a gesture are one, and are undone as one", async () => {
  const outbox = open();
  const parts = outbox.commit({ remove: Array.from({ length: 450 }, (_, i) => `s${i}`) });
  assert.deepEqual(
    parts.map(({ continues }) => continues),
    [undefined, parts[0].changeId, parts[1].changeId],
  );
  await quiet();
  outbox.answers.add(({ action, changeId }, { more }) => void (more && outbox.revert(action as "undo", changeId)));
  answers = [saved({ ts: "2", more: true }), saved({ ts: "3" }), ok];
  const [first] = outbox.revert("undo");
  outbox.commit({ put: [stroke("a")] });
  await quiet();
  const [undo, rest, change] = sent.slice(3).map(({ url, body }) => ({ url, ...body }));
  assert.deepEqual([undo.url, undo.changeId, undo.continues], ["/boards/b/undo", first.changeId, undefined]);
  assert.deepEqual([rest.url, rest.continues], ["/boards/b/undo", first.changeId]);
  assert.deepEqual(
    change.put.map(({ id }: Stroke) => id),
    ["a"],
  );
});

test("what the server fills in by itself is not sent", () => {
  assert.deepEqual(lean(complete("stroke", "a")), { id: "a", kind: "stroke", points: [0, 0] });
  assert.deepEqual(lean(complete("rectangle", "r", { w: 3, color: "red", points: [1, 2] })), {
    id: "r",
    kind: "rectangle",
    color: "red",
    w: 3,
    h: 0,
    text: "",
  });
});

test("undo takes back the last waiting step whole, and redo restores it", () => {
  answers = Array(9).fill(unreachable);
  const outbox = open();
  const [first] = outbox.commit({ put: [stroke("a")] });
  const parts = outbox.commit({ put: Array.from({ length: 250 }, (_, n) => stroke(`s${n}`)) });
  assert.deepEqual(undone(outbox.entries), new Set());
  outbox.revert("undo");
  assert.deepEqual(undone(outbox.entries), new Set(parts.map(({ changeId }) => changeId)));
  outbox.revert("undo");
  outbox.revert("undo"); // one that the server has
  outbox.revert("redo"); // and that one again
  assert.ok(undone(outbox.entries).has(first.changeId));
  outbox.revert("redo");
  assert.ok(!undone(outbox.entries).has(first.changeId));
  outbox.commit({ put: [stroke("b")] });
  outbox.revert("redo");
  assert.equal(undone(outbox.entries).size, parts.length);
});
