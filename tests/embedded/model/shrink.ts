// Finds a short list of actions after which a seed still fails.
import { check } from "./check.ts";
import type { Action, Plan } from "./plans.ts";
import { Random } from "./random.ts";
import { run } from "./run.ts";

const PATIENCE_MS = 30_000;
const TRIES = 2; // what happens first is not the same in all runs

async function fails(plan: Plan, concurrent: boolean): Promise<boolean> {
  for (let i = 0; i < TRIES; i++) {
    const [story] = await run([plan], { concurrent, kills: 1, pauses: 3, random: new Random(plan.seed + i) });
    if (check(plan, story!).length > 0) return true;
  }
  return false;
}

/** The same plan if the seed does not fail alone. */
export async function shrink(plan: Plan, concurrent: boolean): Promise<Plan> {
  const end = Date.now() + PATIENCE_MS;
  if (!(await fails(plan, concurrent))) return plan;
  let actions = plan.actions.flatMap((own, client) => own.map((action) => ({ client, action })));
  const planOf = (list: { client: number; action: Action }[]): Plan => ({
    ...plan,
    actions: plan.actions.map((_, number) =>
      list.filter(({ client }) => client === number).map(({ action }) => action),
    ),
  });
  for (let size = actions.length >> 1; size >= 1; size >>= 1) {
    for (let at = 0; at < actions.length && Date.now() < end; ) {
      const fewer = actions.toSpliced(at, size);
      if (await fails(planOf(fewer), concurrent)) actions = fewer;
      else at += size;
    }
  }
  return planOf(actions);
}
