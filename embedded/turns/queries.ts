// The queries of a turn: each is answered from the cache or run. A result that is not on disk yet is held back.

import { systemQuery } from "../command/system.ts";
import { ReadSet } from "../query/reads.ts";
import { Transaction } from "../query/transaction.ts";
import { isTrusted, type QueryCall } from "../run/call.ts";
import type { Host } from "../run/host.ts";
import { checkedArgs, invocation, measureArgs } from "../run/invocation.ts";
import { type Outcome, type Question, Result } from "../run/result.ts";
import { Run } from "../run/run.ts";
import type { JsonObject } from "../value/json.ts";
import { sortKeys } from "../value/values.ts";
import type { Batches } from "./batches.ts";
import { QueryCache } from "./cache.ts";
import type { AnyCall, Stage, Started } from "./stage.ts";

const FORGOTTEN =
  "Your request couldn't be completed. Try again later. What the tables held at this ts is not known any more: only the last minute is kept.";

interface Answered {
  call: QueryCall;
  result: Result;
}

export class Queries implements Stage<QueryCall> {
  readonly cache = new QueryCache();
  readonly #host: Host;
  readonly #batches: Batches;
  #waiting: QueryCall[] = [];
  #answered: Answered[] = [];
  /** Results of what is being saved. */
  #held: Answered[] = [];
  /** Queries of what the next batch is writing: they run when it is complete. */
  #postponed: QueryCall[] = [];

  constructor(host: Host, batches: Batches) {
    this.#host = host;
    this.#batches = batches;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  add(call: QueryCall): void {
    this.#waiting.push(call);
  }

  /** Puts the calls before all others. */
  addFirst(calls: QueryCall[]): void {
    if (calls.length > 0) this.#waiting = [...calls, ...this.#waiting];
  }

  peek(): QueryCall | null {
    return this.#waiting[0] ?? null;
  }

  start(call: QueryCall): Started | null {
    this.#waiting.shift();
    const trusted = isTrusted(call);
    // Trusted callers have their own entries: an untrusted caller must never find the result of an internal function.
    const question: Question = {
      path: `${trusted ? "trusted" : "public"} ${call.component ?? ""};${call.path}`,
      args: "",
      journal: call.journal,
      identity: call.identity?.attributes ?? null,
    };
    try {
      measureArgs(call.path, call.args);
      question.args = JSON.stringify(sortKeys(call.args));
      const known = call.at === undefined ? this.cache.find(question) : undefined;
      if (known) {
        this.#answered.push({ call, result: known });
        return null;
      }
      const own = call.identity?.admin === true ? systemQuery(call.path) : undefined;
      if (own !== undefined) return this.#answerOwn(call, question, own);
      const catalog = this.#host.catalog.of(call.component);
      const fn = catalog.findCallable(call.path, "query", trusted);
      const args = checkedArgs(fn, call.args);
      // Only now: mutations may have run since the call came.
      const past = call.at === undefined ? undefined : this.#host.db.at(call.at);
      if (past === null) return this.#answerForgotten(call, question);
      const run = new Run(this.#host, catalog, fn, call.identity, call.origin ?? {}, call.journal, past);
      return {
        call,
        run,
        fn,
        text: invocation(fn, args, run),
        end: (outcome, usedTime) => this.#end(call, question, run, outcome, usedTime),
      };
    } catch (error) {
      const result = new Result(question, this.#host.failure(error as Error, []), null, new ReadSet(), false, false);
      // This depends on the functions and the arguments alone, and a new version of the functions clears the cache.
      if (question.args !== "" && call.at === undefined) this.cache.add(result);
      this.#answered.push({ call, result });
      return null;
    }
  }

  #answerForgotten(call: QueryCall, question: Question): null {
    const outcome: Outcome = { ok: false, message: FORGOTTEN, logs: [], system: true, code: "InternalServerError" };
    this.#answered.push({ call, result: new Result(question, outcome, null, new ReadSet(), false, false) });
    return null;
  }

  #answerOwn(call: QueryCall, question: Question, query: NonNullable<ReturnType<typeof systemQuery>>): null {
    const tx = new Transaction(this.#host.db, this.#host.catalog.of(call.component).component);
    const outcome: Outcome = { ok: true, value: query(this.#host, tx, call.args as JsonObject), logs: [] };
    if (this.#batches.isChanging(tx.reads)) {
      this.#postponed.push(call);
      return null;
    }
    const result = new Result(question, outcome, null, tx.reads, false, false);
    // Else the result is not from documents, and nobody would say when it is out of date.
    if (!tx.reads.isEmpty) this.cache.add(result);
    this.#answered.push({ call, result });
    return null;
  }

  #end(call: QueryCall, question: Question, run: Run, outcome: Outcome, usedTime: boolean): void {
    if (call.at !== undefined) {
      // Nothing can change it any more.
      const result = new Result(question, outcome, null, new ReadSet(), run.readIdentity, usedTime);
      return void this.#answered.push({ call, result });
    }
    if (this.#batches.isChanging(run.tx.reads)) return void this.#postponed.push(call);
    const result = new Result(question, outcome, run.journal, run.tx.reads, run.readIdentity, usedTime);
    this.cache.add(result);
    this.#answered.push({ call, result });
  }

  retry(call: AnyCall): void {
    if (!this.#waiting.includes(call as QueryCall)) this.#waiting.unshift(call as QueryCall);
  }

  /** The batch that gathered is complete, and is being saved. */
  resume(): void {
    this.addFirst(this.#postponed.splice(0));
  }

  /** Sends the results to their callers: at once those that are on disk. */
  answer(): void {
    for (const answered of this.#answered.splice(0)) {
      if (this.#batches.isUnsaved(answered.result.reads)) this.#held.push(answered);
      else answered.call.done(answered.result);
    }
  }

  /** What was being saved is on disk. */
  release(): void {
    for (const { call, result } of this.#held.splice(0)) call.done(result);
  }

  /** What was being saved was taken back. */
  runAgain(): void {
    this.addFirst(this.#held.splice(0).map(({ call }) => call));
    this.resume();
  }
}
