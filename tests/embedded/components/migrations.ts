// @convex-dev/migrations 0.3: what its README promises.
import assert from "node:assert/strict";
import { test } from "node:test";
import { admin, api, client, events, Seen } from "./deployment.ts";

interface Status {
  name: string;
  state: string;
  processed: number;
  isDone: boolean;
  latestStart: number;
  error?: string;
}
const fill = (group: string, count: number): Promise<null> => client.mutation(api.migrations.fill, { group, count });
const labels = (group: string): Promise<(string | null)[]> => client.query(api.migrations.labels, { group });
const status = (...names: string[]): Seen<Status[]> => new Seen(api.migrations.status, { names });
/** As `npx convex run migrations:run` does. */
const run = (args: Record<string, unknown>, fn = "migrations:run"): Promise<any> =>
  admin.function(fn as any, undefined, args);
const done = ([only]: Status[]): boolean => only!.isDone;

export function migrations(): void {
  test("a dry run tells what would happen and changes nothing", async () => {
    await fill("plain", 5);
    const told = await run({ fn: "setLabel", dryRun: true });
    assert.match(told.Status, /^DRY RUN: Migration/);
    assert.deepEqual(await labels("plain"), [null, null, null, null, null]);
    assert.equal((await status("setLabel").until(() => true))[0]!.processed, 0);
  });

  test("a migration goes through its range in batches, and only once", async () => {
    const seen = status("setLabel");
    assert.match((await run({ fn: "setLabel" })).Status, /^Migration started/);
    await seen.until(done);
    assert.deepEqual(await labels("plain"), ["label 0", "label 1", "label 2", "label 3", "label 4"]);
    const { state, processed, latestStart } = seen.values.at(-1)![0]!;
    assert.deepEqual([state, processed], ["success", 5]);
    assert.ok(seen.values.flat().every(({ processed }) => [0, 2, 4, 5].includes(processed)));
    assert.equal((await run({ fn: "setLabel" })).Status, "Migration already done.");
    await run({}, "migrations:setLabel");
    await run({ fn: "setLabel", reset: true, batchSize: 1 });
    await seen.until(([only]) => only!.isDone && only!.latestStart > latestStart);
  });

  test("a failed migration goes on where it failed", async () => {
    await fill("breaks", 4);
    const seen = status("breaks");
    await run({ fn: "breaks" });
    const [failed] = await seen.until(([only]) => only!.state === "failed");
    assert.deepEqual([failed!.processed, /broken at 2/.test(failed!.error!)], [2, true]);
    await client.mutation(api.events.note, { topic: "mended", text: "yes" });
    await run({ fn: "breaks" });
    await seen.until(done);
    assert.deepEqual(await client.query(api.events.list, { topic: "visits" }), ["0", "1", "2", "3"]);
  });

  test("a series runs one migration after another", async () => {
    await fill("series", 2);
    const seen = status("first", "second");
    await run({}, "migrations:series");
    await seen.until((list) => list.every(({ isDone }) => isDone));
    const order = ["first 0", "first 1", "second 0", "second 1"];
    assert.deepEqual(await client.query(api.events.list, { topic: "series" }), order);
    await run({ fn: "first", next: ["second"], reset: true });
    await events("series").until((list) => list.length === 8);
  });

  test("a cancelled migration stops, and an action brings it to its end", async () => {
    await fill("slow", 4);
    assert.equal((await client.mutation(api.migrations.startAndCancel, {})).state, "canceled");
    const [stopped] = await status("slow").until(() => true);
    assert.deepEqual([stopped!.state, stopped!.processed], ["canceled", 1]);
    assert.deepEqual(await labels("slow"), ["done", null, null, null]);
    const { isDone, processed } = await client.action(api.migrations.complete, {});
    assert.deepEqual([isDone, processed], [true, 4]);
    assert.deepEqual(await labels("slow"), ["done", "done", "done", "done"]);
  });

  test("the component's own functions are run by name, as the CLI does", async () => {
    const names = ["migrations:setLabel"];
    const [only]: Status[] = await admin.function("lib:getStatus" as any, "migrations", { names });
    assert.deepEqual([only!.name, only!.state], ["migrations:setLabel", "success"]);
  });
}
