import assert from "node:assert/strict";
import { test } from "node:test";
import { ConvexHttpClient } from "convex/browser";
import { api } from "../convex/_generated/api.js";
import { start } from "../start.ts";

const { url } = await start({ more: ["--action-time", "1"] });
const client = new ConvexHttpClient(url, { logger: false });

test("functions know their names", async () => {
  assert.equal(await client.query(api.plain.default, {}), "plain");
  assert.equal(await client.action(api.plain.acts, {}), "plain:acts");
  assert.equal(await (await fetch(`${url}/http/name`)).text(), "http");
});

test("an action takes no longer than it may", async () => {
  const late = /Action execution timed out \(maximum duration: 1s\)/;
  await assert.rejects(client.action(api.work.wait, { ms: 60_000 }), late);
});
