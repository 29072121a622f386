// A page that is older than its server: when it offers to be reloaded, and when it does not.
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { Version } from "../../../browser/sync/version.ts";

const LONG = 11_000; // ms: longer than processes of two versions are seen side by side

let page: { busy: boolean; away: boolean; reloads: number; offers: number; notice: Record<string, () => void> | null };
let version: Version;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setInterval"] });
  page = { busy: false, away: false, reloads: 0, offers: 0, notice: null };
  version = new Version(() => "old", {
    busy: () => page.busy,
    away: () => page.away,
    reload: () => page.reloads++,
    say: (_, actions) => {
      page.offers++;
      page.notice = actions;
      return { remove: () => (page.notice = null) } as unknown as HTMLElement;
    },
  });
});

test("a page as new as the server offers nothing", () => {
  version.announced("old");
  mock.timers.tick(LONG);
  assert.equal(page.offers, 0);
});

test("an old page offers to be reloaded, and does so only by a click", () => {
  version.announced("new");
  mock.timers.tick(LONG * 10);
  assert.deepEqual([page.offers, page.reloads], [1, 0]);
  page.notice?.Reload();
  assert.equal(page.reloads, 1);
});

test("while processes are replaced the versions differ for a moment", () => {
  for (const announced of ["new", "old", "new", "old"]) {
    version.announced(announced);
    mock.timers.tick(5_000);
  }
  mock.timers.tick(LONG);
  assert.equal(page.offers, 0);
});

test("versions that agree again take the offer back", () => {
  version.announced("new");
  mock.timers.tick(LONG);
  assert.ok(page.notice);
  version.announced("old");
  assert.equal(page.notice, null);
});

test("the offer waits while something is in the hand or unsaved", () => {
  page.busy = true;
  version.announced("new");
  mock.timers.tick(LONG);
  assert.equal(page.notice, null);
  page.busy = false;
  mock.timers.tick(1_000);
  assert.ok(page.notice);
  page.busy = true; // the next stroke: it would only flicker
  mock.timers.tick(LONG);
  assert.equal(page.offers, 1);
});

test("there is no offer while no server would answer the reload", () => {
  version.announced("new");
  mock.timers.tick(LONG);
  page.away = true;
  mock.timers.tick(1_000);
  assert.equal(page.notice, null);
  page.away = false;
  mock.timers.tick(1_000);
  assert.ok(page.notice);
});

test("a version that was declined is not offered again, the next one is", () => {
  version.announced("new");
  mock.timers.tick(LONG);
  page.notice?.["Not now"]();
  version.announced("new");
  mock.timers.tick(LONG);
  assert.deepEqual([page.notice, page.offers], [null, 1]);
  version.announced("newer");
  mock.timers.tick(LONG);
  assert.equal(page.offers, 2);
});
