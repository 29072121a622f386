// @convex-dev/crons 0.2: what its README promises.
import assert from "node:assert/strict";
import { test } from "node:test";
import { api, client, events } from "./deployment.ts";

interface Cron {
  id: string;
  name?: string;
  args: unknown;
  schedule: unknown;
}
const register = (cron: { name?: string; topic: string; cronspec?: string; ms?: number }): Promise<string> =>
  client.mutation(api.timers.register, cron);
const list = (): Promise<Cron[]> => client.query(api.timers.list, {});

export function crons(): void {
  test("crons registered at run time fire again and again until deleted", async () => {
    await register({ name: "each second", topic: "each second", cronspec: "* * * * * *" });
    const id = await register({ topic: "interval", ms: 1000 });
    const seen = [events("each second"), events("interval")];
    for (const events of seen) await events.until((fired) => fired.length >= 2);
    await client.mutation(api.timers.remove, { name: "each second" });
    await client.mutation(api.timers.removeById, { id });
    assert.deepEqual(
      (await list()).filter((cron) => [id, "each second"].includes(cron.name ?? cron.id)),
      [],
    );
  });

  test("a cron is found by its name and in the list", async () => {
    const id = await register({ name: "yearly", topic: "yearly", cronspec: "0 0 1 1 *" });
    const cron: Cron = await client.query(api.timers.get, { name: "yearly" });
    assert.deepEqual([cron.id, cron.schedule], [id, { kind: "cron", cronspec: "0 0 1 1 *", tz: "UTC" }]);
    assert.deepEqual(cron.args, { topic: "yearly", text: "fired" });
    assert.deepEqual(
      (await list()).find((other) => other.id === id),
      cron,
    );
    await client.mutation(api.timers.remove, { name: "yearly" });
    assert.equal(await client.query(api.timers.get, { name: "yearly" }), null);
  });

  const refused: [string, Parameters<typeof register>[0], RegExp][] = [
    ["a name that is taken", { name: "taken", topic: "taken", ms: 60_000 }, /Cron with name "taken" already exists/],
    ["an interval under a second", { topic: "fast", ms: 999 }, /Interval must be >= 1000ms/],
    ["a cronspec without sense", { topic: "odd", cronspec: "61 * * * *" }, /Invalid cronspec: "61 \* \* \* \*"/],
  ];
  test("names that are taken and senseless schedules are refused", async () => {
    await register({ name: "taken", topic: "taken", ms: 60_000 });
    for (const [what, cron, message] of refused) await assert.rejects(register(cron), message, what);
    await assert.rejects(client.mutation(api.timers.remove, { name: "nobody" }), /Cron "nobody" not found/);
  });
}
