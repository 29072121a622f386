// What is too much for one change, for a reason that the page cannot know, is sent as smaller ones that are one step.
import assert from "node:assert/strict";
import { test } from "node:test";
import { complete } from "../../../browser/kinds/defaults.ts";
import { Outbox } from "../../../browser/sync/outbox.ts";

/** @param most operations that the server takes */
function open(most: number, code: string = "too_much") {
  const taken: any[] = [];
  const told: string[] = [];
  const fetch: typeof fetch = async (_, { body } = {}) => {
    const said = JSON.parse(String(body));
    const { put = [], patch = {}, remove = [] } = said;
    if (put.length + Object.keys(patch).length + remove.length > most) {
      return new Response(JSON.stringify({ error: { code, message: "Too much." } }), { status: 422 });
    }
    taken.push(said);
    return new Response(JSON.stringify({ changeId: said.changeId, ts: "1" }), { status: 201 });
  };
  const outbox = new Outbox({
    url: "/boards/b",
    key: "k",
    storage: () => {
      throw new Error("none");
    },
    fetch,
    later: () => null,
  });
  outbox.answers.add(({ changeId }) => void told.push(changeId));
  outbox.refusals.add((_, message) => void told.push(message));
  const idle = async () => {
    while (outbox.entries.length) await new Promise((resolve) => setTimeout(resolve));
  };
  return { outbox, taken, told, idle };
}

const ids = Array.from({ length: 20 }, (_, i) => `s${i}`);
const red = Object.fromEntries(ids.map((id) => [id, { color: "red" as const }]));

for (const code of ["too_much", "too_large", "change_too_large"]) {
  test(`a change refused as ${code} is sent in parts that are one step`, async () => {
    const { outbox, taken, told, idle } = open(7, code);
    const [{ changeId }] = outbox.commit({ patch: red });
    outbox.commit({ remove: ["x"] });
    await idle();
    assert.deepEqual(
      taken.flatMap(({ patch = {} }) => Object.keys(patch)),
      ids,
    );
    assert.ok(taken.every(({ patch = {} }) => Object.keys(patch).length <= 7));
    const parts = taken.slice(0, -1);
    assert.deepEqual(
      parts.map(({ continues }) => continues),
      [undefined, ...parts.slice(0, -1).map((part) => part.changeId)],
    );
    assert.equal(parts.at(-1).changeId, changeId); // for which the page waits
    assert.deepEqual(taken.at(-1).remove, ["x"]);
    assert.deepEqual(
      told,
      taken.map((change) => change.changeId),
    );
  });
}

test("parts keep the order of puts, patches, removals and moves to front", async () => {
  const { outbox, taken, idle } = open(2);
  const put = [1, 2, 3].map((n) => ({ ...complete("note", `n${n}`, {}), z: "front" as const }));
  outbox.commit({ put, patch: { a: { color: "red" } }, remove: ["b"] });
  await idle();
  assert.deepEqual(
    taken.flatMap(({ put = [], patch = {}, remove = [] }) => [
      ...put.map((shape: any) => shape.id),
      ...Object.keys(patch),
      ...remove,
    ]),
    ["n1", "n2", "n3", "a", "b"],
  );
  assert.deepEqual(
    taken.flatMap(({ put = [] }) => put.map((shape: any) => shape.z)),
    ["front", "front", { above: "n2" }],
  );
});

test("one thing that is too much is refused", async () => {
  const { outbox, taken, told, idle } = open(0);
  outbox.commit({ remove: ["a", "b"] });
  await idle();
  assert.deepEqual([taken, told], [[], ["Too much.", "Too much."]]);
});
