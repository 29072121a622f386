// Compares the answers that clients got with the model.
import type { Value } from "convex/values";
import type { Model } from "./model.ts";
import { answer, type Document, type Reads, Refused } from "./queries.ts";
import type { State } from "./state.ts";
import { kindOf, type Question } from "./steps.ts";
import type { Answer, Row, Story } from "./story.ts";
import { text } from "./wire.ts";

const CONFLICT = "conflict";

type Fault = (what: string) => void;

/** Every answer is right: a success is in the history, and a failure is what the steps do in a state of that time. */
export function checkAnswers(model: Model, story: Story, fault: Fault): void {
  const rows = new Map(story.history.map((row) => [row.op, row]));
  for (const { op, steps, sent, answers, repeated, session } of story.operations.values()) {
    const row = rows.get(op);
    const isLost = answers.length === 0 && session === null;
    if (!row && (answers.some(({ ok }) => ok) || (answers.length === 0 && !isLost)))
      fault(`${op} is not in the history: ${text(answers)}`);
    for (const each of answers) {
      if (each.ok) {
        if (!row) continue;
        const { done, ts } = each.value as unknown as Row;
        if (text(done) !== text(row.done) || ts !== row.ts || (each.ts !== null && each.ts !== ts))
          fault(`${op} was answered ${text(each)}, and not ${text(row)}`);
        continue;
      }
      if (row && !repeated) fault(`${op} failed with ${each.message}, and is in the history`);
      const kind = each.data === undefined ? kindOf(each.message) : each.data;
      const run = (state: State): void => void model.try(state, steps, null);
      if (kind !== CONFLICT && !states(model, story, sent.seen, each).some((state) => same(kind, () => run(state))))
        fault(`${op} failed with ${text(kind)}: ${text(steps)}`);
    }
  }
  for (const { question, sent, answer } of story.asked) {
    const wanted = answer.ok ? answer.value : (answer.data ?? kindOf(answer.message));
    const isRight = states(model, story, sent.seen, answer).some((state) =>
      answer.ok
        ? text(outcomeOf(() => answerOf(model, state, question, []))) === text(wanted)
        : same(wanted, () => answerOf(model, state, question, [])),
    );
    if (!isRight) fault(`A query found ${text(wanted)}: ${text(question)}`);
  }
}

/** The states that a call may have seen: from the newest that was known, to the last that was asked for before its answer. */
function states(model: Model, story: Story, seen: bigint, { heard }: Answer): State[] {
  const first = model.commits.findLastIndex(({ ts }) => ts <= seen);
  const sent = new Map(story.history.map(({ op, ts }) => [ts, story.operations.get(op)?.sent.at ?? 0]));
  const last = model.commits.findLastIndex(({ ts }) => (sent.get(ts) ?? 0) < heard);
  return model.commits.slice(first, last + 1).map(({ state }) => state);
}

function same(outcome: Value, run: () => unknown): boolean {
  try {
    run();
    return false;
  } catch (error) {
    return error instanceof Refused && text(error.outcome) === text(outcome);
  }
}

function outcomeOf(run: () => Value): Value {
  try {
    return run();
  } catch (error) {
    if (error instanceof Refused) return error.outcome;
    throw error;
  }
}

export function answerOf(model: Model, { tables }: State, { reads, ids }: Question, seen: Reads): Value {
  const documents = ids.map((id) => {
    const table = model.tableOf(id);
    if (table === null) throw new Refused("id");
    seen.push((name, document) => name === table && document._id === id);
    return tables.get(table)?.get(id) ?? null;
  });
  const lists = reads.map((read) => answer(model.schema.get(read.table)!, tables, read, seen));
  return [...documents, ...lists] as (Document | Document[] | null)[] as Value;
}
