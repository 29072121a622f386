import assert from "node:assert/strict";
import { test } from "node:test";
import { post, start } from "../start.ts";

const { url } = await start();

async function errorOf(by: string): Promise<string> {
  const { body } = await post(url, "/api/action", { path: "errors:crossing", args: { by } });
  return (body.errorMessage as string).replace(/^.*\n/, "").replaceAll(/:\d+:\d+\)/g, ")");
}

const CALLER = `    at async <anonymous> (../convex/errors.ts)
    at async handler (../convex/errors.ts)
`;

test("an error that crosses functions has the frames of each", async () => {
  assert.equal(
    await errorOf("query"),
    `Uncaught Error: Uncaught TypeError: of the inner query\n    at handler (../convex/errors.ts)\n\n${CALLER}`,
  );
  const inner = "Uncaught Error: of the inner function\n    at handler (../convex/errors.ts)\n\n";
  assert.equal(await errorOf("mutation"), `Uncaught Error: ${inner}${CALLER}`);
  assert.equal(await errorOf("action"), `Uncaught Error: Uncaught Error: ${inner}${CALLER}\n${CALLER}`);
});

test("an error inside of Promise.all has the frames of all that waited", async () => {
  const { body } = await post(url, "/api/action", { path: "errors:callsTogether", args: {} });
  const frames = [...body.errorMessage.matchAll(/ at (.*) \(/g)].map(([, frame]) => frame);
  assert.deepEqual(frames, ["sink", "async <anonymous>", "async handler", "async handler"]);
});
