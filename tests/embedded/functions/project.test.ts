import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { folder, launch, post, start } from "../start.ts";

const MODULES = join(import.meta.dirname, "../../../node_modules");
const ACTION = `"use node";
import { actionGeneric } from "convex/server";
import { where } from "outside";
export const ask = actionGeneric({ args: {}, handler: async () => where });`;

function project(settings: string): string {
  const root = folder();
  const files = {
    "convex.json": settings,
    "backend/node/where.ts": ACTION,
    "node_modules/outside/package.json": `{"name":"outside","main":"index.js"}`,
    "node_modules/outside/index.js": "exports.where = typeof __filename;",
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  symlinkSync(join(MODULES, "convex"), join(root, "node_modules/convex"));
  return root;
}

const where = async (settings: object): Promise<unknown> => {
  const { url } = await start({ project: project(JSON.stringify(settings)) });
  return (await post(url, "/api/action", { path: "node/where:ask", args: {} })).body.value;
};

test("convex.json names the folder of the functions", async () => {
  assert.equal(await where({ functions: "backend/" }), "undefined");
});

test("Node loads external packages itself", async () => {
  for (const externalPackages of [["outside"], ["*"]])
    assert.equal(await where({ functions: "backend", node: { externalPackages } }), "string");
});

test("a convex.json that cannot be read is told in a sentence", async () => {
  for (const [settings, wrong] of [
    ["{", /convex\.json cannot be read: /],
    ['{"functions":1}', /convex\.json cannot be read: `functions` is no text\.$/m],
    [
      '{"node":{"externalPackages":"*"}}',
      /convex\.json cannot be read: `node\.externalPackages` is no list of names\.$/m,
    ],
  ] as const) {
    const { ended, stderr } = launch({ project: project(settings) });
    assert.equal(await ended, 1);
    assert.match(stderr(), wrong);
    assert.ok(!stderr().includes("    at "), stderr());
  }
});
