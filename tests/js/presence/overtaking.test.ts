// Reports overtake each other, are lost, and are answered late: what the server shows in the end is what the hand did.
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

globalThis.addEventListener ??= () => {};
const { Sender } = await import("../../../browser/presence/sender.ts");

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: 1_000_000 });
  mock.method(performance, "now", () => Date.now());
});
afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
});

/** As app/hub/presence/awareness.py takes reports. */
class Server {
  seq = 0;
  fields: any = {};
  strokes: Map<string, number[]> = new Map();

  take({ seq, ink, page, ...fields }: any) {
    if (seq <= this.seq) return { status: 204 };
    this.seq = seq;
    Object.assign(this.fields, fields);
    if (ink === null) this.strokes.clear();
    if (!ink) return { status: 204 };
    const points = this.strokes.get(ink.id) ?? [];
    if (ink.from > points.length / 2) return { status: 409, error: { code: "gap", limit: points.length / 2 } };
    points.splice(2 * ink.from, Infinity, ...ink.points);
    this.strokes.set(ink.id, points);
    return { status: 204 };
  }
}

/** The same numbers for the same seed. */
function chance(seed: number) {
  return () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
}

async function pass(ms: number, step: number = 8) {
  for (let passed = 0; passed < ms; passed += step) {
    mock.timers.tick(step);
    for (let turn = 0; turn < 20; turn++) await null;
  }
}

async function play(seed: number) {
  const random = chance(seed);
  const after = (ms: number) => new Promise((done) => setTimeout(done, ms));
  const server = new Server();
  const fields = { cursor: [0, 0], tool: "pen" };
  const post: any = async (_url: string, { body }: { body: string }) => {
    await after(200 * random());
    if (random() < 0.05) throw new TypeError("lost");
    const { status, error } = server.take(JSON.parse(body)) as any;
    await after(200 * random());
    if (random() < 0.05) throw new TypeError("lost on the way back");
    return { ok: status < 300, status, headers: new Headers(), json: async () => ({ error }) };
  };
  const read = (field: string) => (fields as any)[field] ?? null;
  const sender = new Sender({ url: "/boards/b", page: "p", post, read, writers: () => 0 });
  sender.watchers = 1;
  const look = { x: 0, y: 0, color: "red", width: 2, opacity: 1 };
  let points: number[] = [];
  for (let stroke = 1; stroke <= 3; stroke++) {
    points = [0, 0];
    for (let n = 1; n <= 40; n++) {
      points.push(10 * n, 10 * stroke);
      const end = [10 * n + 5, Math.floor(3 * random()) * 10]; // comes back to where it was
      sender.wet("ink", { id: `s${stroke}`, ...look, points: [...points, ...end], steady: points.length / 2 });
      fields.cursor = [n, stroke];
      sender.changed("cursor");
      if (random() < 0.1) {
        fields.tool = random() < 0.5 ? "pen" : "eraser";
        sender.changed("tool");
      }
      await pass(16);
    }
    points = [...points, 405, 0];
    sender.wet("ink", { id: `s${stroke}`, ...look, points, steady: points.length / 2 });
    if (stroke < 3) sender.wet("ink", null);
  }
  await pass(15_000, 100);
  assert.deepEqual(server.fields, { ...server.fields, ...fields });
  assert.deepEqual([...server.strokes], [["s3", points.map((value) => value / 10)]], `seed ${seed}`);
}

test("what the server shows in the end is what the hand did", async () => {
  for (let seed = 1; seed <= 8; seed++) await play(seed);
});
