import assert from "node:assert/strict";
import { test } from "node:test";
import type { Deployment } from "../../../embedded/deployment.ts";
import { ReadSet } from "../../../embedded/query/reads.ts";
import { Result } from "../../../embedded/run/result.ts";
import { QuerySet } from "../../../embedded/sync/query_set.ts";
import { QueryCache } from "../../../embedded/turns/cache.ts";

const answer = (text: string, journal: string | null = null): Result =>
  new Result(
    { path: "public notes:mine", args: "{}", journal: null, identity: null },
    { ok: true, value: JSON.stringify(text), logs: [] },
    journal,
    new ReadSet(),
    true,
    false,
  );

test("an answer that comes after a later question is dropped", () => {
  const set = new QuerySet({ cache: new QueryCache() } as Deployment, () => {});
  set.modify([{ type: "Add", queryId: 1, udfPath: "notes:mine", args: [{}] }]);
  const [asAnna] = set.questions(null);
  set.askAll(); // somebody else has signed in
  const [asBob] = set.questions(null);
  asBob!.done(answer("of Bob"));
  asAnna!.done(answer("of Anna"));
  assert.match(set.takeModifications().join(), /^[^,]*,"type":"QueryUpdated","value":"of Bob"[^Q]*$/);
});

test("a client is told of a time once all its queries have results at it", () => {
  const deployment = { cache: new QueryCache(), db: { ts: 5n } } as Deployment;
  const set = new QuerySet(deployment, () => {});
  set.modify([{ type: "Add", queryId: 1, udfPath: "notes:mine", args: [{}] }]);
  const [first] = set.questions(null);
  assert.ok(!set.isComplete(5n)); // the answer waits for the disk
  const before = answer("before");
  first!.done(before);
  assert.ok(set.isComplete(5n));
  deployment.db.ts = 7n;
  for (const watcher of before.watchers) watcher.stale();
  const [second] = set.questions(null);
  assert.ok(set.isComplete(6n)); // what is shown is right until 7 is on disk
  assert.ok(!set.isComplete(7n));
  second!.done(answer("after"));
  assert.ok(set.isComplete(7n));
});

test("a live page keeps the end that its client was told, and no other", () => {
  const set = new QuerySet({ cache: new QueryCache(), db: { ts: 5n } } as Deployment, () => {});
  set.modify([{ type: "Add", queryId: 1, udfPath: "notes:page", args: [{}] }]);
  const untold = answer("too early", "the end of a page that nobody saw");
  set.questions(null)[0]!.done(untold);
  for (const watcher of untold.watchers) watcher.stale();
  const [asked] = set.questions(null);
  assert.equal(asked!.journal, null);
  asked!.done(answer("page", "its end"));
  assert.equal(set.takeModifications().length, 1);
  set.askAll();
  assert.equal(set.questions(null)[0]!.journal, "its end");
});
