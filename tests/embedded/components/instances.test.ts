// The tree of components: what convex.config.ts may say, and what a component gets of the environment.
import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { configOf } from "../../../embedded/components/definitions.ts";
import { type Instance, instances } from "../../../embedded/components/instances.ts";
import { folder } from "../start.ts";

const ENV = { CONVEX_CLOUD_URL: "http://cloud", CONVEX_SITE_URL: "http://site", SECRET: "s", MODE: "test" };
const INNER = 'defineComponent("inner", { env: { MODE: v.union(v.literal("test"), v.literal("live")) } })';

/** The instances of an app that is written as what follows `const app = `; `outer` and `inner` are components. */
async function tree(app: string, outer = 'defineComponent("outer")'): Promise<Instance[]> {
  const path = folder();
  symlinkSync(join(import.meta.dirname, "../../../node_modules"), join(path, "node_modules"));
  const write = (name: string, code: string): void => {
    mkdirSync(join(path, name), { recursive: true });
    const head = 'import { defineApp, defineComponent } from "convex/server"; import { v } from "convex/values";';
    writeFileSync(join(path, name, "convex.config.ts"), `${head}\n${code}\nexport default app;`);
  };
  write("inner", `const app = ${INNER};`);
  write("outer", `import inner from "../inner/convex.config.js"; const app = ${outer}; void inner;`);
  write(
    "",
    `import inner from "./inner/convex.config"; import outer from "./outer/convex.config"; const app = ${app}; void inner; void outer;`,
  );
  return instances((await configOf(path))!, ENV);
}

test("each use is an instance, with its path, prefix and variables", async () => {
  const found = await tree(
    `defineApp({ env: { MODE: v.optional(v.string()) } });
     app.use(outer, { httpPrefix: "/out" }); app.use(inner, { name: "second", env: { MODE: "live" } })`,
    `defineComponent("outer"); app.use(inner, { env: { MODE: "test" }, httpPrefix: "/in/" })`,
  );
  assert.deepEqual(
    found.map(({ path, mount, env }) => [path, mount, env]),
    [
      ["", null, ENV],
      ["outer", "/out/", { CONVEX_CLOUD_URL: "http://cloud", CONVEX_SITE_URL: "http://site/out" }],
      [
        "outer/inner",
        "/out/in/",
        { CONVEX_CLOUD_URL: "http://cloud", CONVEX_SITE_URL: "http://site/out/in", MODE: "test" },
      ],
      ["second", null, { CONVEX_CLOUD_URL: "http://cloud", CONVEX_SITE_URL: "http://site", MODE: "live" }],
    ],
  );
});

const REFUSED: [string, RegExp][] = [
  ["defineApp(); app.use(outer); app.use(outer)", /multiple child components with the same name: "outer"/],
  ['defineApp(); app.use(outer, { name: "a-b" })', /Invalid component name "a-b"/],
  ["defineApp(); app.use(inner)", /Component "inner" is missing required env var "MODE"/],
  ['defineApp(); app.use(inner, { env: { MODE: "other" } })', /"inner" has an invalid value for env var "MODE"/],
  ['defineApp(); app.use(outer, { env: { MODE: "test" } })', /Component "outer" has no env var named "MODE"/],
  ["defineApp(); app.use(inner, { env: { MODE: app.env.MODE } })", /Env var "MODE" is not declared on this app/],
  [
    "defineApp({ env: { MODE: v.optional(v.string()) } }); app.use(inner, { env: { MODE: app.env.MODE } })",
    /is optional/,
  ],
  ["defineApp({ env: { MISSING: v.string() } })", /Required environment variables are not set: MISSING/],
  ['defineApp({ env: { MODE: v.literal("live") } })', /environment variable MODE has an invalid value/],
  ['defineComponent("app")', /default export is not made by defineApp/],
];

test("a tree that Convex refuses does not load", async () => {
  await Promise.all(REFUSED.map(([app, message]) => assert.rejects(tree(app), message, app)));
});
