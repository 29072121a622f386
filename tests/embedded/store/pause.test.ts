// Shared disks pause now and then for a second or two.
import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ConvexClient, ConvexHttpClient } from "convex/browser";
import { api } from "../convex/_generated/api.js";
import { RawClient } from "../socket.ts";
import { type Running, start } from "../start.ts";

const PAUSE_MS = 2000;
const NODE_OPTIONS = `--import ${join(import.meta.dirname, "../pausing_disk.ts")}`;

const startPausing = (data?: string): Promise<Running> =>
  start({ processEnv: { NODE_OPTIONS }, ...(data === undefined ? {} : { data }) });
const pause = ({ data }: Running): void => writeFileSync(join(data, "log.paused"), "");
const goOn = ({ data }: Running): void => rmSync(join(data, "log.paused"));

test("while the disk pauses, other data is read, and nothing is told early", async (t) => {
  const running = await startPausing();
  const http = new ConvexHttpClient(running.url, { logger: false });
  const socket = new ConvexClient(running.url, { logger: false });
  t.after(() => socket.close());
  for (const room of ["still", "busy"]) await http.mutation(api.notes.add, { room, body: "before" });
  const seen: string[][] = [];
  socket.onUpdate(api.notes.bodies, { room: "busy" }, (bodies) => seen.push(bodies));
  await socket.query(api.notes.bodies, { room: "busy" });

  pause(running);
  const answers: string[] = [];
  const writing = Array.from({ length: 20 }, (_, n) =>
    http.mutation(api.notes.add, { room: "busy", body: `${n}` }).then(() => answers.push(`${n}`)),
  );
  const early = http.query(api.notes.bodies, { room: "busy" }).then((bodies) => answers.push(...bodies));
  const times: number[] = [];
  for (const end = Date.now() + PAUSE_MS; Date.now() < end; ) {
    const began = performance.now();
    assert.deepEqual(await http.query(api.notes.bodies, { room: "still" }), ["before"]);
    assert.equal(await socket.query(api.notes.count, { room: `new ${times.length}` }), 0);
    times.push((performance.now() - began) / 2);
  }
  assert.deepEqual(answers, []);
  assert.deepEqual(seen, [["before"]]);
  const median = times.sort((a, b) => a - b)[times.length >> 1]!;
  assert.ok(median < 50, `a read took ${median} ms`);

  goOn(running);
  await Promise.all([...writing, early]);
  const kept = await http.query(api.notes.bodies, { room: "busy" });
  assert.deepEqual([...new Set(kept)].sort(), ["before", ...Array.from({ length: 20 }, (_, n) => `${n}`)].sort());
  assert.equal(kept.length, 21);
  assert.deepEqual(await socket.query(api.notes.bodies, { room: "busy" }), kept);
  assert.ok(seen.every((bodies) => bodies.every((body, at) => body === kept[at])));
});

test("kill -9 during a pause loses nothing acknowledged and halves nothing", async () => {
  let running = await startPausing();
  const acknowledged = new Set<number>();
  for (let round = 0; round < 3; round++) {
    const client = new RawClient(running.url);
    await client.open;
    const enough = client.next(({ requestId }) => requestId === 100);
    for (let i = 0; i < 1000; i++) {
      const args = [{ room: "pairs", n: round * 10_000 + i, body: "x".repeat(i % 999) }];
      client.send({ type: "Mutation", requestId: i, udfPath: "bulk:pair", args });
    }
    await enough;
    pause(running);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 200)); // a random moment of the pause
    running.process.kill("SIGKILL");
    await running.ended;
    for (const { type, success, requestId } of client.received)
      if (type === "MutationResponse" && success) acknowledged.add(round * 10_000 + requestId);
    goOn(running);
    running = await startPausing(running.data);
  }
  const range = { room: "pairs", from: 0, to: 1e9, order: "asc" as const };
  const numbers = (await new ConvexHttpClient(running.url).query(api.notes.between, range)) as number[];
  const kept = new Set(numbers);
  assert.equal(numbers.length, kept.size * 2);
  assert.deepEqual([...acknowledged.difference(kept)], []);
  assert.ok(acknowledged.size >= 300);
});
