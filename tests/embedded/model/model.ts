// The model of a seed: the state after every commit, in the order of the commits' timestamps.
import type { Value } from "convex/values";
import type { Document, Tables } from "./queries.ts";
import { isRecord, type TableOf } from "./shapes.ts";
import { resolved, type State } from "./state.ts";
import type { Done, Step } from "./steps.ts";
import type { Table } from "./tables.ts";
import { Transaction } from "./transaction.ts";

export interface Write {
  table: string;
  /** Before and after. */
  documents: Document[];
}

export interface Commit {
  ts: bigint;
  state: State;
  writes: Write[];
}

export class Model {
  readonly schema: ReadonlyMap<string, Table>;
  readonly commits: Commit[] = [{ ts: 0n, state: { tables: new Map(), jobs: new Map() }, writes: [] }];
  readonly #tableOf = new Map<string, string>();

  constructor(tables: Table[]) {
    this.schema = new Map(tables.map((table) => [table.name, table]));
  }

  tableOf: TableOf = (id) => this.#tableOf.get(id) ?? null;

  get now(): State {
    return this.commits.at(-1)!.state;
  }

  at(ts: bigint): State {
    return this.commits.findLast((commit) => commit.ts <= ts)!.state;
  }

  try(state: State, steps: Step[], was: Done[] | null): { done: Done[]; state: State } {
    const transaction = new Transaction(state, this.schema, this.tableOf);
    return { done: transaction.play(steps, was), state: transaction.state };
  }

  /** Returns what the steps should have done, with the deployment's ids. A job ends together with its steps. */
  commit(ts: bigint, steps: Step[], was: Done[], job: string | null): Done[] {
    const before = this.now;
    let { done, state } = this.try(before, steps, was);
    if (job !== null) {
      const jobs = new Map(state.jobs).set(job, { ...state.jobs.get(job)!, state: "success" });
      state = { ...state, jobs };
    }
    this.#learn(steps, done);
    const writes = differences(before.tables, state.tables);
    const tables = new Map(state.tables);
    for (const { table, documents } of writes) {
      const rows = new Map(tables.get(table));
      documents.forEach((document, i) => {
        documents[i] = resolved(document as Value, ts) as Document;
        const id = document._id as string;
        if (rows.get(id) === document) rows.set(id, documents[i]!);
      });
      tables.set(table, rows);
    }
    this.commits.push({ ts, state: { ...state, tables }, writes });
    return resolved(done, ts);
  }

  #learn(steps: Step[], done: Done[]): void {
    steps.forEach((step, i) => {
      const result = done[i];
      if (step.do === "insert") this.#tableOf.set((result as string[])[0]!, step.table);
      if (step.do === "part" && isRecord(result) && result.done) this.#learn(step.steps, result.done as Done[]);
    });
  }
}

function differences(before: Tables, after: Tables): Write[] {
  const writes: Write[] = [];
  for (const [table, rows] of after) {
    const old = before.get(table) ?? new Map<string, Document>();
    if (old === rows) continue;
    for (const [id, row] of rows)
      if (old.get(id) !== row) writes.push({ table, documents: old.has(id) ? [old.get(id)!, row] : [row] });
    for (const [id, row] of old) if (!rows.has(id)) writes.push({ table, documents: [row] });
  }
  return writes;
}
