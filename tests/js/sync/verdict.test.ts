// Answers taken as final although they are not about the change: only a verdict on the change itself takes it out of the outbox.
import assert from "node:assert/strict";
import { test } from "node:test";
import { complete } from "../../../browser/kinds/defaults.ts";
import { Outbox } from "../../../browser/sync/outbox.ts";
import { verdict } from "../../../browser/sync/verdict.ts";

const easel = (code: string, more?: object) => JSON.stringify({ error: { code, message: `It is ${code}.`, ...more } });
const PROXY = "<html><title>Not yours</title></html>";

/** An outbox with one stroke, whose request gets this answer; nothing is sent again by itself. */
async function sending(status: number, body: string, action: "changes" | "undo" = "changes") {
  const disk = new Map();
  const storage = {
    getItem: (key: string) => disk.get(key) ?? null,
    setItem: (key: string, value: string) => disk.set(key, value),
    removeItem: (key: string) => disk.delete(key),
  } as any;
  const outbox = new Outbox({
    url: "/boards/b",
    key: "k",
    storage: () => storage,
    later: () => 1,
    fetch: async () => new Response(body, { status }),
  });
  const refused: string[] = [];
  outbox.refusals.add((_, message) => void refused.push(message));
  if (action === "undo") outbox.revert("undo");
  else outbox.commit({ put: [complete("stroke", "a")] });
  await new Promise((resolve) => setTimeout(resolve));
  return {
    waits: outbox.entries.length,
    kept: JSON.parse(disk.get("k") ?? "[]").length,
    trouble: outbox.trouble,
    refused,
  };
}

const NOT_ABOUT_THE_CHANGE: [status: number, body: string, trouble: string][] = [
  [401, easel("unauthenticated"), "signed-out"],
  [401, easel("expired"), "signed-out"],
  [403, easel("pending"), "signed-out"],
  [403, easel("forbidden"), "view-only"],
  [404, easel("not_found"), "gone"],
  [405, easel("method_not_allowed"), "offline"],
  [409, easel("account_changed"), "somebody-else"],
  [429, easel("too_many_requests"), "busy"],
  [500, easel("unexpected"), "offline"],
  [503, easel("unavailable"), "offline"],
  ...[200, 201, 400, 401, 403, 404, 405, 409, 422, 502].map(
    (status) => [status, PROXY, "offline"] as [number, string, string],
  ),
  [413, PROXY, "too-large"],
  [413, '{"message":"too large"}', "too-large"],
  [429, PROXY, "busy"],
  [404, '{"error":"no such path"}', "offline"],
  [403, '{"error":{"code":1020}}', "offline"],
  [200, '{"ok":true}', "offline"],
  [200, "{}", "offline"],
  [200, '{"changeId":"another","ts":"7"}', "offline"],
  [204, "", "offline"],
];

for (const [status, body, trouble] of NOT_ABOUT_THE_CHANGE) {
  test(`${status} ${body.slice(0, 45)} leaves the stroke where it is`, async () => {
    const answer = status === 204 ? [200, ""] : [status, body];
    assert.deepEqual(await sending(...(answer as [number, string])), { waits: 1, kept: 1, trouble, refused: [] });
  });
}

for (const [status, code, more] of [
  [400, "invalid_json"],
  [404, "not_found", { field: "replaces" }],
  [409, "removed", { field: "put.0.id" }],
  [413, "change_too_large"],
  [422, "invalid", { field: "put" }],
  [422, "board_full"],
] as [number, string, object?][]) {
  test(`${status} ${code} of Easel's own is a verdict on the change`, async () => {
    assert.deepEqual(await sending(status, easel(code, more)), {
      waits: 0,
      kept: 0,
      trouble: null,
      refused: [`It is ${code}.`],
    });
  });
}

test("an undo does not wait for a role, as it would undo something else", async () => {
  assert.deepEqual((await sending(403, easel("forbidden"), "undo")).refused, ["It is forbidden."]);
});

test("an empty undo is an answer, and a page is none", async () => {
  assert.equal((await sending(200, "{}", "undo")).waits, 0);
  for (const body of [PROXY, "[]", '"ok"', "null", '{"ts":"7"}'])
    assert.equal((await sending(200, body, "undo")).waits, 1, body);
});

test("no body of any kind makes the verdict fail", () => {
  for (const body of [null, undefined, 7, "text", [], {}, { error: null }, { error: 7 }, { error: { code: null } }]) {
    for (const status of [200, 302, 401, 403, 404, 413, 500]) assert.ok(verdict(status, body, false));
  }
});
