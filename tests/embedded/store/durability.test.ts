import assert from "node:assert/strict";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { ConvexClient, ConvexHttpClient } from "convex/browser";
import { api } from "../convex/_generated/api.js";
import { decodeTs, RawClient } from "../socket.ts";
import { folder, launch, start } from "../start.ts";

async function refusal(options: Parameters<typeof launch>[0]): Promise<string> {
  const { ended, stderr } = launch(options);
  assert.equal(await ended, 1);
  assert.doesNotMatch(stderr(), /\n\s+at /);
  return stderr();
}

test("every acknowledged write survives kill -9 once, and the clock too", async () => {
  let data: string | undefined;
  const acknowledged = new Set<string>();
  let newest = 0n;
  for (let round = 0; round < 3; round++) {
    const running = await start(data ? { data } : {});
    data = running.data;
    const client = new RawClient(running.url);
    await client.open;
    const enough = client.next(({ requestId }) => requestId === 150);
    for (let i = 0; i < 2000; i++)
      client.send({
        type: "Mutation",
        requestId: i,
        udfPath: "notes:add",
        args: [{ room: "kill", body: `${round}-${i}` }],
      });
    await enough;
    running.process.kill("SIGKILL");
    assert.equal(await running.ended, "SIGKILL");
    for (const { type, success, requestId, ts } of client.received) {
      if (type !== "MutationResponse") continue;
      assert.ok(success);
      assert.ok(decodeTs(ts) > newest);
      newest = decodeTs(ts);
      acknowledged.add(`${round}-${requestId}`);
    }
  }
  const { url } = await start({ data: data! });
  const kept = await new ConvexHttpClient(url).query(api.notes.bodies, { room: "kill" });
  assert.equal(new Set(kept).size, kept.length);
  assert.deepEqual(
    [...acknowledged].filter((body) => !kept.includes(body)),
    [],
  );
  assert.ok(acknowledged.size > 450);
});

test("a second process on a folder is refused, and a kill unlocks it", async () => {
  const first = await start();
  assert.match(await refusal({ data: first.data }), /^The data folder .* is in use by another running deployment\.\n$/);
  first.process.kill("SIGKILL");
  await first.ended;
  await start({ data: first.data });
});

test("what cannot work ends with one sentence and status 1", async () => {
  const file = join(folder(), "file");
  writeFileSync(file, "");
  assert.match(await refusal({ data: file }), /^The data folder .* cannot be written: .*\n$/);
  assert.match(
    await refusal({ functions: join(folder(), "nowhere") }),
    /^The functions folder .* cannot be read: .*\n$/,
  );

  const garbage = folder();
  writeFileSync(join(garbage, "data.sqlite"), "this is no database, however long you look at it".repeat(100));
  assert.match(
    await refusal({ data: garbage }),
    /^The data folder .* cannot be read: file is not a database\. data\.sqlite is damaged: restore a backup .*\n$/,
  );

  const newer = folder();
  const db = new DatabaseSync(join(newer, "data.sqlite"));
  db.exec("PRAGMA user_version = 99");
  db.close();
  assert.match(
    await refusal({ data: newer }),
    /^The data folder .* was written by a newer version \(format 99; this one reads 2\)\.\n$/,
  );

  const taken = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => taken.once("listening", resolve));
  assert.match(
    await refusal({ port: (taken.address() as AddressInfo).port }),
    /^Port \d+ on 127\.0\.0\.1 is already in use\.\n$/,
  );
  taken.close();
});

test("an unwritable folder is refused", { skip: process.getuid?.() === 0 && "root may write anywhere" }, async () => {
  const data = join(folder(), "read-only");
  mkdirSync(data);
  chmodSync(data, 0o500);
  assert.match(await refusal({ data }), /cannot be written/);
});

test("broken code or a missing variable of auth.config.ts stops a start", async () => {
  const functions = folder();
  writeFileSync(join(functions, "broken.ts"), "export const x = ;");
  assert.match(await refusal({ functions }), /^The functions do not compile:\nbroken\.ts:1:17: Unexpected ";"\n$/);
  const { ended, stderr } = launch({ env: { AUTH_PROVIDERS: undefined as never } });
  assert.equal(await ended, 1);
  assert.match(stderr(), /Environment variable AUTH_PROVIDERS is used in auth config file but its value was not set/);
});

test("SIGTERM ends it within a second, sockets open or not", async () => {
  const running = await start();
  const client = new RawClient(running.url);
  await client.open;
  const started = performance.now();
  running.process.kill("SIGTERM");
  assert.equal(await running.ended, 0);
  assert.ok(performance.now() - started < 1000);
});

test("an endless trusted function costs one restart; clients come back", async (t) => {
  const running = await start();
  const http = new ConvexHttpClient(running.url, { logger: false });
  for (let n = 0; n < 60; n++) await http.query(api.notes.foreverIf, { endless: false, n });
  const client = new ConvexClient(running.url, { logger: false });
  t.after(() => client.close());
  let latest: string[] | undefined;
  client.onUpdate(api.notes.bodies, { room: "trust" }, (bodies) => (latest = bodies));
  await client.mutation(api.notes.add, { room: "trust", body: "before" });
  await assert.rejects(http.query(api.notes.foreverIf, { endless: true, n: 0 }), /fetch failed/);
  await client.mutation(api.notes.add, { room: "trust", body: "after" });
  assert.deepEqual(latest, ["before", "after"]);
  await assert.rejects(http.query(api.notes.foreverIf, { endless: true, n: 0 }), /Function execution timed out/);
  assert.match(running.stderr(), /notes:foreverIf does not end: the deployment starts anew and will watch it\./);
});

test("with EASEL_PARENT it ends when its standard input closes", async () => {
  const running = await start({ processEnv: { EASEL_PARENT: "1" } });
  running.process.stdin!.end();
  assert.equal(await running.ended, 0);
});
