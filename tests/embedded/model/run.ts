// Runs the plans of a group of seeds at the same time on one deployment, with faults.
import { convexToJson, jsonToConvex, type Value } from "convex/values";
import { post } from "../start.ts";
import { Home } from "./home.ts";
import { Performer } from "./performer.ts";
import type { Plan } from "./plans.ts";
import type { Random } from "./random.ts";
import { Clock, type Operation, Story } from "./story.ts";

const PAUSE_MS = 40;

export interface Options {
  concurrent: boolean;
  kills: number;
  pauses: number;
  random: Random;
}

export async function run(plans: Plan[], options: Options): Promise<Story[]> {
  const home = new Home(plans, options.concurrent);
  await home.start();
  const clock = new Clock();
  const stories = plans.map(() => new Story());
  const people = plans.flatMap((plan, i) =>
    plan.actions.map((actions, number) => {
      const performer = new Performer(home, clock, plan, stories[i]!, number);
      return { performer, actions, plan, story: stories[i]!, number };
    }),
  );
  const { random, kills, pauses } = options;
  const total = people.reduce((sum, { actions }) => sum + actions.length, 0);
  const faults = [...Array<boolean>(kills).fill(true), ...Array<boolean>(pauses).fill(false)].map((kill) => ({
    kill,
    at: random.below(total),
  }));
  let performed = 0;
  const happening: Promise<void>[] = [];
  const happen = async (kill: boolean): Promise<void> => {
    if (!kill) {
      home.pause();
      await new Promise((resolve) => setTimeout(resolve, random.below(PAUSE_MS)));
      return home.goOn();
    }
    await Promise.all(happening.splice(0));
    await home.again(random.chance(0.8) ? "SIGKILL" : "SIGTERM");
  };
  await Promise.all(
    people.map(async ({ performer, actions }) => {
      for (const action of actions) {
        await performer.perform(action);
        performed++;
        for (const fault of faults.filter(({ at }) => at === performed)) happening.push(happen(fault.kill));
        if (random.chance(0.3)) await new Promise((resolve) => setTimeout(resolve, random.below(8)));
      }
    }),
  );
  await Promise.all(happening);
  await Promise.all(people.map(({ performer }) => performer.settle()));
  await end(home, plans, stories);
  await Promise.all(
    people.map(async ({ performer, plan, story, number }) => {
      const operation: Operation = {
        ...{ op: `${plan.seed}.last ${number}`, steps: [], sent: { at: clock.tick(), seen: clock.seen } },
        ...{ session: number, request: 0, repeated: false, answers: [] },
      };
      story.operations.set(operation.op, operation);
      performer.client.mutate(operation, false);
      await performer.client.settled();
      const [answer] = operation.answers;
      if (answer?.ok) await performer.client.reached(answer.ts!);
      performer.client.close();
    }),
  );
  for (const [i, { seed }] of plans.entries())
    stories[i]!.history = (await ask(home, "steps:history", { seed })) as never;
  await home.end("SIGTERM");
  return stories;
}

/** Waits until every job has ended. */
async function end(home: Home, plans: Plan[], stories: Story[]): Promise<void> {
  let jobs: [string, string, string, string | null][] = [];
  do {
    await new Promise((resolve) => setTimeout(resolve, 50));
    jobs = (await ask(home, "steps:jobs", {})) as never;
  } while (jobs.some(([, , state]) => state === "pending"));
  for (const [i, { seed, tables }] of plans.entries()) {
    const own = jobs.filter(([, op]) => op.startsWith(`${seed}.`));
    stories[i]!.ended = own.map(([id, op, state, error]) => ({ id, op, state, error }));
    for (const { name } of tables) {
      const read = { table: name, index: null, range: [], search: null, order: "asc", filter: [], end: "collect" };
      const [rows] = (await ask(home, "steps:ask", { reads: [read], ids: [], nested: false })) as Value[][];
      stories[i]!.tables.set(name, rows as Value[]);
    }
  }
}

async function ask(home: Home, path: string, args: Value): Promise<Value> {
  const { body } = await post(home.url, "/api/query", {
    path,
    args: convexToJson(args),
    format: "convex_encoded_json",
  });
  return jsonToConvex(body.value);
}
