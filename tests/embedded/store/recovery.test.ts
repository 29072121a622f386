import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, openSync, rmdirSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { ConvexHttpClient } from "convex/browser";
import { Log } from "../../../embedded/store/log.ts";
import { api } from "../convex/_generated/api.js";
import { append } from "../disk.ts";
import { RawClient } from "../socket.ts";
import { folder, launch, start } from "../start.ts";

test("cut records and those of another epoch are overwritten unread", async () => {
  const path = join(folder(), "log");
  const log = new Log(path, 1);
  await append(log, "one", "two", "é".repeat(5000));
  const whole = log.bytes;
  await append(log, "torn");
  log.close();
  writeSync(openSync(path, "r+"), "?", whole + 9);

  const again = new Log(path, 1);
  assert.deepEqual([...again.records()], ["one", "two", "é".repeat(5000)]);
  assert.equal(again.bytes, whole);
  await append(again, "four");
  assert.deepEqual([...again.records()].at(-1), "four");
  again.startOver(2);
  assert.deepEqual([...again.records()], []);
  await append(again, "new");
  assert.deepEqual([...again.records()], ["new"]);
  again.close();
});

test("kill -9 at any moment loses nothing acknowledged and halves nothing", async () => {
  const data = join(folder(), "data");
  const acknowledged = new Set<number>();
  for (let round = 0; round < 3; round++) {
    const starting = launch({ data });
    const cut = setTimeout(() => starting.child.kill("SIGKILL"), 150 + Math.random() * 300);
    await starting.ended;
    clearTimeout(cut);
    const running = await start({ data });
    const client = new RawClient(running.url);
    await client.open;
    const last = 50 + Math.floor(Math.random() * 300);
    const enough = client.next(({ requestId }) => requestId === last);
    for (let i = 0; i < 1500; i++)
      client.send({
        type: "Mutation",
        requestId: i,
        udfPath: "bulk:pair",
        args: [{ room: "pairs", n: round * 10_000 + i, body: "x".repeat(i % 999) }],
      });
    await enough;
    running.process.kill("SIGKILL");
    await running.ended;
    for (const { type, success, requestId } of client.received)
      if (type === "MutationResponse" && success) acknowledged.add(round * 10_000 + requestId);
  }
  const { url } = await start({ data });
  const numbers = (await new ConvexHttpClient(url).query(api.notes.between, {
    room: "pairs",
    from: 0,
    to: 1e9,
    order: "asc",
  })) as number[];
  const kept = new Set(numbers);
  assert.equal(numbers.length, kept.size * 2);
  assert.deepEqual(
    [...acknowledged].filter((n) => !kept.has(n)),
    [],
  );
  assert.ok(acknowledged.size >= 200);
});

const FULL = /could not be saved: .*(ENOSPC|disk|full)/;
const disk = mkdtempSync(join(tmpdir(), "embedded-disk-"));
const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=18m", "tmpfs", disk]).status === 0;
after(() => {
  if (mounted) execFileSync("umount", ["-l", disk]);
  rmdirSync(disk);
});

test("a full disk is a clear error that breaks nothing, and heals", {
  skip: !mounted && "mounting needs root",
}, async () => {
  const data = join(disk, "data");
  mkdirSync(data);
  const running = await start({ data });
  const client = new ConvexHttpClient(running.url, { logger: false });
  const saved: string[] = [];
  const ballast = join(disk, "ballast");
  writeFileSync(ballast, Buffer.alloc(6 << 20));
  // Several at once, so that a later batch has gathered when one cannot be saved.
  const add = async (name: string): Promise<void> => {
    for (let n = 0; n < 20; n++) {
      const body = `${name}${n}${"x".repeat(500_000)}`;
      await client.mutation(api.notes.add, { room: "full", body });
      saved.push(body);
    }
  };
  const ends = await Promise.allSettled(["a", "b", "c"].map((name) => add(name)));
  for (const end of ends) assert.match(String((end as PromiseRejectedResult).reason), FULL);
  assert.ok(saved.length > 3);
  assert.equal(await client.query(api.notes.count, { room: "full" }), saved.length);
  rmSync(ballast);
  execFileSync("mount", ["-o", "remount,size=80m", disk]);
  await client.mutation(api.notes.add, { room: "full", body: "healed" });
  running.process.kill("SIGKILL");
  await running.ended;
  const again = await start({ data });
  const kept = await new ConvexHttpClient(again.url).query(api.notes.bodies, { room: "full" });
  assert.deepEqual(kept.sort(), [...saved, "healed"].sort());
  again.process.kill("SIGKILL");
  await again.ended;
});
