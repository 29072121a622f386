// A link that looks as if it worked: whoever shares is told who cannot open it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { linkHint } from "../../../browser/site/link-hint.ts";

test("a link to this computer is said to work here only", () => {
  for (const host of ["localhost", "127.0.0.1", "127.1.2.3", "[::1]"]) {
    for (const visibility of ["private", "link-edit"]) assert.match(linkHint(host, visibility), /this computer only/);
  }
});

test("a private board's link is said to be for its people", () => {
  assert.match(linkHint("192.168.1.5", "private"), /private/);
});

test("a link that works needs no words", () => {
  assert.equal(linkHint("192.168.1.5", "link-view"), "");
  assert.equal(linkHint("easel.example", "link-edit"), "");
  assert.equal(linkHint("127.0.0.1.example.org", "link-edit"), "");
});
