// Recognising a format by its first bytes: this side and the server's read the same contents alike.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { contentOf } from "../../../browser/intake/content.ts";

const all = JSON.parse(readFileSync(new URL("../../fixtures/contents.json", import.meta.url), "utf8"));

test("files are what their contents are", () => {
  for (const { name, title, base64 } of all)
    assert.equal(contentOf(new Uint8Array(Buffer.from(base64, "base64"))).title, title, name);
});

test("a file without bytes is empty", () => {
  assert.equal(contentOf(new Uint8Array()).sort, "empty");
});

test("no bytes break it", () => {
  for (let length = 1; length < 40; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 7919 + length * 104_729) % 256);
    assert.ok(contentOf(bytes).title);
  }
  for (const text of [
    "<",
    "<!",
    "<!--",
    "<?",
    "<!doctype",
    "<!DOCTYPE svg [",
    `<!--${"-".repeat(50_000)}`,
    "<!doctype ".repeat(5_000),
  ])
    assert.ok(contentOf(new TextEncoder().encode(text)).title);
});
