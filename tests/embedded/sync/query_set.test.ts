import assert from "node:assert/strict";
import { test } from "node:test";
import type { Deployment } from "../../../embedded/deployment.ts";
import { ReadSet } from "../../../embedded/query/reads.ts";
import { Result } from "../../../embedded/run/result.ts";
import { QuerySet } from "../../../embedded/sync/query_set.ts";
import { QueryCache } from "../../../embedded/turns/cache.ts";

const answer = (text: string): Result =>
  new Result(
    { path: "public notes:mine", args: "{}", journal: null, identity: null },
    { ok: true, value: JSON.stringify(text), logs: [] },
    null,
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
