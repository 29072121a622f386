/**
 * Random schemas, functions and clients do on the deployment as in a model of what Convex documents, while the process is killed,
 * sockets are lost, the disk pauses and requests are repeated. Every second group of seeds runs with `--concurrent`.
 *
 * `MODEL_SEEDS=2000 MODEL_FIRST=51 node --test tests/embedded/model/model.test.ts` runs 2,000 seeds from 51 on; otherwise 50 run.
 * `MODEL_SEED=7` runs that one alone. A seed that fails is printed with what is wrong, and the fewest actions that still fail.
 */
import { test } from "node:test";
import { check } from "./check.ts";
import { type Plan, planOf } from "./plans.ts";
import { Random } from "./random.ts";
import { run } from "./run.ts";
import { shrink } from "./shrink.ts";
import { text } from "./wire.ts";

const GROUP = 25;
const SHOWN = 3;
const { MODEL_SEED, MODEL_FIRST = "1", MODEL_SEEDS = String(2 * GROUP) } = process.env;
const first = Number(MODEL_SEED ?? MODEL_FIRST);
const seeds = Array.from({ length: MODEL_SEED ? 1 : Number(MODEL_SEEDS) }, (_, i) => first + i);

for (let at = 0; at < seeds.length; at += GROUP) {
  const group = seeds.slice(at, at + GROUP);
  test(`seeds ${group[0]} to ${group.at(-1)} do as the model does`, async () => {
    const plans = group.map(planOf);
    const concurrent = Math.floor((group[0]! - 1) / GROUP) % 2 === 1;
    const stories = await run(plans, { concurrent, kills: 2, pauses: 8, random: new Random(group[0]!) });
    for (const [i, plan] of plans.entries()) {
      const faults = check(plan, stories[i]!);
      if (faults.length > 0) throw new Error(described(await shrink(plan, concurrent), faults));
    }
  });
}

function described({ seed, tables, actions }: Plan, faults: string[]): string {
  const lines = actions.flatMap((own, client) => own.map((action) => `client ${client}: ${text(action)}`));
  return [`Seed ${seed}:`, ...faults.slice(0, SHOWN), ...tables.map(text), ...lines].join("\n");
}
