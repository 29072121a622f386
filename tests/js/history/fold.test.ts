/** The log as a board that goes forwards and backwards. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Clock } from "../../../browser/history/clock.ts";
import { Fold } from "../../../browser/history/fold.ts";
import { type Row, unpacked } from "../../../browser/history/rows.ts";

const IDS = "abcdef";
let seed = 7;
const random = (most: number) => (seed = (seed * 16_807) % 2_147_483_647) % most;
const row = (n: number, ...ops: Row["ops"]): Row => ({ ts: `${n}`, author: "ana", ops });
const put = (id: string, x: number): Row["ops"][number] => ({ type: "put", shape: { id, kind: "note", x, z: x } });

/** As the deployment writes it: what changes nothing is no op. */
function randomRow(n: number, live: Map<string, boolean>): Row {
  const id = IDS[random(IDS.length)];
  const state = live.get(id);
  if (state === undefined || (state && random(4) === 0)) {
    live.set(id, true);
    return row(n, put(id, n));
  }
  if (state && random(3) > 0) return row(n, { type: "patch", id, set: { x: n } });
  live.set(id, !state);
  return row(n, { type: state ? "remove" : "restore", id });
}

const board = (fold: Fold) => Object.fromEntries([...fold.live()].sort());

test("every moment is the same from the start, the end and anywhere", () => {
  const live: Map<string, boolean> = new Map();
  const rows = Array.from({ length: 400 }, (_, n) => randomRow(n, live));
  const whole = new Fold();
  for (const each of rows) whole.append(each);
  const moments = [];
  for (let at = 0; at <= rows.length; at++) {
    const fold = new Fold();
    for (const each of rows.slice(0, at)) fold.append(each);
    fold.seek(at);
    moments.push(board(fold));
  }
  for (let n = 0; n < 400; n++) {
    const at = random(rows.length + 1);
    whole.seek(at);
    assert.deepEqual(board(whole), moments[at]);
  }
});

test("a part of the log goes on where the last ended, with what was removed", () => {
  const first = new Fold();
  for (const each of [row(1, put("a", 1)), row(2, { type: "remove", id: "a" })]) first.append(each);
  const second = new Fold(first.end);
  second.append(row(3, { type: "restore", id: "a" }));
  assert.deepEqual(board(second), {});
  assert.deepEqual([...second.seek(1)], ["a"]);
  assert.deepEqual(board(second), { a: { id: "a", kind: "note", x: 1, z: 1 } });
  second.seek(0);
  assert.deepEqual(board(second), {});
});

test("packed points and pressures are read, and absent fields filled in", () => {
  const stroke = unpacked("s", { kind: "stroke", points: "10 -5 3 0 -13 5", pressures: "50 100 0", x: 4 });
  assert.deepEqual("points" in stroke && stroke.points, [1, -0.5, 1.3, -0.5, 0, 0]);
  assert.deepEqual("pressures" in stroke && stroke.pressures, [0.5, 1, 0]);
  assert.deepEqual([stroke.id, stroke.x, stroke.y, stroke.opacity], ["s", 4, 0, 1]);
});

test("pauses are not played, and long ones are marked", () => {
  const clock = new Clock();
  const second = 1_000_000_000n;
  for (const at of [0n, second / 2n, 20n * second, 700n * second]) clock.append(`${at}`);
  assert.deepEqual(
    [1, 2, 3, 4].map((count) => clock.timeOf(count)),
    [0, 500, 1_300, 2_100],
  );
  assert.deepEqual(
    [0, 499, 500, 1_299, 9_999].map((time) => clock.countAt(time)),
    [1, 1, 2, 2, 4],
  );
  assert.deepEqual(clock.breaks, [3]);
  assert.equal(clock.countOf(20n * second), 3);
  assert.equal(clock.countOf(20n * second - 1n), 2);
});
