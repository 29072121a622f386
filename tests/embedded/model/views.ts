// Compares what clients were shown with the model, at each Transition's timestamp.
import type { Value } from "convex/values";
import { answerOf } from "./answers.ts";
import type { Model } from "./model.ts";
import { type Key, page, type Reads, Refused } from "./queries.ts";
import type { State } from "./state.ts";
import { kindOf } from "./steps.ts";
import type { Heard, Update, Watched } from "./story.ts";
import { text } from "./wire.ts";

/** The last run of a query of a connection: what it read, and where its page ended. */
interface Run {
  ts: bigint;
  reads: Reads;
  end: Key | "end" | null;
  failed: boolean;
  connection: number;
}

export class Views {
  readonly #model: Model;
  readonly #fault: (what: string) => void;
  readonly #cursors = new Map<string, Key | "end">();
  readonly #runs = new Map<string, Run>();

  constructor(model: Model, fault: (what: string) => void) {
    this.#model = model;
    this.#fault = fault;
  }

  check(heard: Heard[]): void {
    for (const { session, connection, ts, updated, shown } of heard) {
      for (const [id, { watched, update }] of shown) {
        const name = `${session} ${id}`;
        const before = this.#runs.get(name);
        const told = `At ${ts}, session ${session}, connection ${connection}, the query ${id} ${text(watched)}`;
        if (update === null) {
          this.#fault(`${told} has no result`);
          continue;
        }
        const isNew = before?.connection !== connection;
        const mustRun = isNew || this.#isTouched(before, ts);
        // Nothing is documented of what a search reads.
        const mayRun = mustRun || isSearch(watched);
        if (updated.has(id) ? !mayRun : mustRun) this.#fault(`${told} ${mustRun ? "did not run" : "ran for nothing"}`);
        if (!mayRun) continue;
        const run: Run = { ts, reads: [], end: before?.end ?? null, failed: update.error !== undefined, connection };
        // A client that comes back brings the end of its page, but has none after an error.
        if (isNew && before?.failed) run.end = null;
        const expected = this.#expected(watched, this.#model.at(ts), run, update);
        this.#runs.set(name, run);
        const found = foundIn(watched, update);
        if (found !== expected) this.#fault(`${told} showed ${found}, not ${expected}`);
      }
    }
  }

  #isTouched(run: Run, ts: bigint): boolean {
    return this.#model.commits.some(
      (commit) =>
        commit.ts > run.ts &&
        commit.ts <= ts &&
        commit.writes.some(({ table, documents }) =>
          documents.some((document) => run.reads.some((reads) => reads(table, document))),
        ),
    );
  }

  #expected(watched: Watched, state: State, run: Run, update: Update): string {
    try {
      if (watched.kind === "ask") return text(answerOf(this.#model, state, watched.question, run.reads));
      const { read, size, cursor, endCursor } = watched;
      const from = cursor === null ? null : this.#cursors.get(cursor)!;
      const to = endCursor === null ? run.end : this.#cursors.get(endCursor)!;
      const schema = this.#model.schema.get(read.table)!;
      const found = page(schema, state.tables, read, run.reads, { size, from, to });
      run.end = found.end;
      // Later pages begin at these cursors.
      const { continueCursor, splitCursor } = (update.value ?? {}) as Record<string, string | null>;
      if (continueCursor) this.#cursors.set(continueCursor, found.end);
      if (splitCursor && found.split) this.#cursors.set(splitCursor, found.split);
      const expected = { page: found.page as Value, isDone: found.end === "end", splits: found.split !== null };
      return text({ ...expected, status: null });
    } catch (error) {
      if (error instanceof Refused) return text(error.outcome);
      throw error;
    }
  }
}

function foundIn(watched: Watched, { value, error }: Update): string {
  if (error !== undefined) return text(value === undefined ? kindOf(error) : value);
  if (watched.kind === "ask") return text(value!);
  const { page, isDone, splitCursor, pageStatus } = value as Record<string, Value>;
  return text({ page: page!, isDone: isDone!, splits: splitCursor !== null, status: pageStatus ?? null });
}

const isSearch = (watched: Watched): boolean =>
  watched.kind === "ask" && watched.question.reads.some(({ search }) => search !== null);
