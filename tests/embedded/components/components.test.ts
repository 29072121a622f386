// Convex's own components, unmodified from npm, and one of ours. All in one deployment and at once, since some wait for seconds.
import { describe } from "node:test";
import { actionCache } from "./action_cache.ts";
import { aggregate } from "./aggregate.ts";
import { command } from "./command.ts";
import { crons } from "./crons.ts";
import { migrations } from "./migrations.ts";
import { presence } from "./presence.ts";
import { rateLimiter } from "./rate_limiter.ts";
import { shardedCounter } from "./sharded_counter.ts";
import { shelf } from "./shelf.ts";
import { workpool } from "./workpool.ts";

const SUITES = {
  actionCache,
  aggregate,
  command,
  crons,
  migrations,
  presence,
  rateLimiter,
  shardedCounter,
  shelf,
  workpool,
};

describe("components", { concurrency: true }, () => {
  for (const [name, suite] of Object.entries(SUITES)) describe(name, { concurrency: 1 }, suite);
});
