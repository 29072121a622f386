// Inline queries, as `npx convex run --inline-query` sends them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ConvexHttpClient } from "convex/browser";
import { api } from "../convex/_generated/api.js";
import { post, start } from "../start.ts";
import { adminKey } from "./npx.ts";

const running = await start();
const PREAMBLE = 'import { query, internalQuery } from "convex:/_system/repl/wrappers.js";\n';

async function ask(source: string): Promise<any> {
  const body = { args: {}, bundle: { path: "testQuery.js", source }, format: "convex_encoded_json" };
  const key = { authorization: `Convex ${adminKey(running)}` };
  return (await post(running.url, "/api/run_test_function", body, key)).body;
}
const inline = (body: string): Promise<any> =>
  ask(`${PREAMBLE}export default query({ handler: async (ctx) => { ${body} } });`);

test("an inline query reads the data, and prints lines", async () => {
  const id = await new ConvexHttpClient(running.url).mutation(api.notes.add, { room: "in", body: "line" });
  const read = await inline('console.log(7n); return (await ctx.db.query("notes").first())._id;');
  assert.deepEqual(read, { status: "success", value: id, logLines: ["[LOG] 7n"] });
  assert.deepEqual((await inline("return 7n")).value, { $integer: "BwAAAAAAAAA=" });
  const internal = `${PREAMBLE}import { v } from "convex/values";
    export default internalQuery({ args: {}, returns: v.number(), handler: () => Object.keys(process.env).length });`;
  assert.equal(typeof (await ask(internal)).value, "number");
});

test("it can do nothing else, and its errors are answered", async () => {
  for (const [answer, sentence] of [
    [inline('return ctx.db.insert("notes", {})'), /insert is not a function/],
    [inline('return ctx.runQuery("notes:runs", {})'), /Could not find public function for 'notes:runs'/],
    [inline("throw new Error('mine')"), /Uncaught Error: mine\n {4}at handler/],
    [inline("while (true) {}"), /Function execution timed out/],
    [inline("return await fetch('http://127.0.0.1')"), /fetch/],
    [inline("return ("), /do not compile/],
    [ask('import x from "/etc/hostname"; export default x;'), /may import convex\/server and convex\/values, and not/],
    [ask('import x from "./notes"; export default x;'), /may import convex\/server and convex\/values, and not/],
    [ask("export default 7;"), /Could not find public function for 'testQuery'/],
    [ask("null.x;"), /do not load/],
  ] as const) {
    const { status, errorMessage } = await answer;
    assert.match(errorMessage, sentence);
    assert.equal(status, "error");
  }
  assert.equal(await new ConvexHttpClient(running.url).query(api.notes.count, { room: "in" }), 1);
  assert.equal((await post(running.url, "/api/run_test_function", {})).status, 403);
});
