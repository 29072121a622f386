// Compares a story with the model: what is wrong, as sentences.
import type { Value } from "convex/values";
import { checkAnswers } from "./answers.ts";
import { Model } from "./model.ts";
import type { Plan } from "./plans.ts";
import { Refused } from "./queries.ts";
import { kindOf } from "./steps.ts";
import type { Story } from "./story.ts";
import { Views } from "./views.ts";
import { text } from "./wire.ts";

export function check({ tables }: Plan, story: Story): string[] {
  const faults = [...story.faults];
  const model = new Model(tables);
  const rows = story.history;
  const distinct = new Set(rows.map(({ op }) => op));
  if (distinct.size < rows.length) faults.push(`Something ran twice: ${rows.map(({ op }) => op).join(" ")}`);
  const fault = (what: string): void => void faults.push(what);
  replay(model, story, fault);
  if (faults.length > 0) return faults;
  checkAnswers(model, story, fault);
  checkOrder(story, fault);
  checkEnd(model, story, fault);
  if (faults.length === 0) new Views(model, fault).check(story.heard);
  return faults;
}

type Fault = (what: string) => void;

function replay(model: Model, story: Story, fault: Fault): void {
  for (const { op, ts, done } of story.history) {
    const [job, scheduled] = [...model.now.jobs].find(([, each]) => each.op === op) ?? [null, null];
    const steps = story.operations.get(op)?.steps ?? scheduled?.steps;
    if (steps === undefined) return fault(`Nobody asked for ${op}.`);
    if (scheduled && scheduled.state !== "pending") return fault(`The job ${op} ran, and was ${scheduled.state}.`);
    try {
      const expected = model.commit(ts, steps, done, job);
      if (text(expected) !== text(done))
        return fault(`${op} at ${ts} did ${text(done)}, not ${text(expected)}: ${text(steps)}`);
    } catch (error) {
      return fault(`${op} at ${ts} did ${text(done)}, not ${described(error)}: ${text(steps)}`);
    }
  }
}

/** What was asked for after an answer comes after it; and what one session asks for is done in its order. */
function checkOrder(story: Story, fault: Fault): void {
  const newest = new Map<number, { request: number; op: string }>();
  for (const { op, ts } of story.history) {
    const operation = story.operations.get(op);
    if (operation === undefined) continue;
    if (operation.sent.seen >= ts) fault(`${op} was committed at ${ts}, which somebody had seen before it was sent`);
    const { session, request, repeated } = operation;
    if (session === null || repeated) continue;
    const before = newest.get(session);
    if (before && before.request > request) fault(`${op} was committed after the later ${before.op}`);
    newest.set(session, operation);
  }
}

function checkEnd(model: Model, story: Story, fault: Fault): void {
  const { tables, jobs } = model.now;
  for (const [name, rows] of story.tables) {
    const expected = [...(tables.get(name)?.values() ?? [])] as Value[];
    const byId = (list: Value[]): string => list.map(text).sort().join();
    const found = rows.filter((row) => !Array.isArray(row));
    if (byId(found) !== byId(expected)) fault(`${name} ends as ${byId(found)}, not as ${byId(expected)}`);
  }
  const ended = new Map(story.ended.map((job) => [job.id, job]));
  for (const [id, { op, state, steps }] of jobs) {
    const found = ended.get(id);
    if (found?.state === state) continue;
    const kind = kindOf(found?.error ?? "");
    const mayFail = model.commits.some((commit) => {
      try {
        model.try(commit.state, steps, null);
        return false;
      } catch (error) {
        return error instanceof Refused && (kind === error.outcome || /ConvexError/.test(kind));
      }
    });
    if (state === "success" || found?.state !== "failed" || !mayFail)
      fault(`The job ${op} is ${state}, and was ${found?.state} ${found?.error ?? ""}`);
  }
  if (ended.size !== jobs.size) fault(`There are ${ended.size} jobs, not ${jobs.size}.`);
}

const described = (error: unknown): string =>
  error instanceof Refused ? `an error, ${text(error.outcome)}` : (error as Error).stack!;
