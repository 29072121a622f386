import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folder, start } from "../start.ts";

test("what a killed deployment has compiled is there at the next start", async () => {
  const compiled = join(folder(), "compiled");
  const killed = async (): Promise<number> => {
    const running = await start({ processEnv: { NODE_COMPILE_CACHE: compiled } });
    running.process.kill("SIGKILL");
    await running.ended;
    return readdirSync(compiled, { recursive: true }).length;
  };
  const first = await killed();
  assert.ok(first > 100, `${first} files`);
  assert.equal(await killed(), first);
});
