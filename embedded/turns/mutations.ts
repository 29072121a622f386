// The mutations of a turn. They run one after another, and join the batch that is saved next.

import type { Point } from "../query/reads.ts";
import { Transaction } from "../query/transaction.ts";
import { isTrusted, type MutationCall, type WriteCall } from "../run/call.ts";
import type { Host } from "../run/host.ts";
import { checkedArgs, invocation } from "../run/invocation.ts";
import type { Outcome } from "../run/result.ts";
import { Run } from "../run/run.ts";
import { FunctionError } from "../value/errors.ts";
import type { Json } from "../value/json.ts";
import { encodeInt64, resolveCommitTs } from "../value/values.ts";
import type { Batches } from "./batches.ts";
import type { Contest } from "./contest.ts";
import type { AnyCall, Stage, Started } from "./stage.ts";

/** A turn starts no further mutation after this time, so that answers do not wait longer. */
const TURN_MS = 50;

type Call = MutationCall | WriteCall;

export class Mutations implements Stage<Call> {
  readonly #host: Host;
  /** In concurrent mode, decides which mutation was first. */
  readonly #contest: Contest | null;
  readonly #batches: Batches;
  #waiting: Call[] = [];
  #paused = false;
  // of the turn
  #started = 0;
  #ran = 0;
  #touched: Point[] = [];

  constructor(host: Host, batches: Batches, contest: Contest | null) {
    this.#host = host;
    this.#batches = batches;
    this.#contest = contest;
  }

  /** Whether no mutation waits that may run now. */
  get isEmpty(): boolean {
    return this.#next() === null;
  }

  /** Waiting mutations stay where they are until `resume`. */
  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
  }

  #next(): Call | null {
    if (this.#paused || this.#batches.isClosed) return null;
    return this.#contest === null ? (this.#waiting[0] ?? null) : this.#contest.choose(this.#waiting);
  }

  add(call: Call): void {
    this.#waiting.push(call);
  }

  begin(): void {
    this.#started = performance.now();
    this.#ran = 0;
    this.#touched = [];
  }

  peek(): Call | null {
    // At least one mutation runs: on a busy machine, the start of the evaluation may already take longer.
    return this.#ran > 0 && performance.now() - this.#started >= TURN_MS ? null : this.#next();
  }

  start(call: Call): Started | null {
    this.#ran++;
    if (this.#waiting[0] === call) this.#waiting.shift();
    else this.#waiting.splice(this.#waiting.indexOf(call), 1);
    if ("write" in call) return this.#write(call);
    const { request } = call;
    const { db } = this.#host;
    try {
      const before = request && db.answered(request.session, request.id);
      if (before)
        return this.#answer(
          call,
          { ok: true, value: before.result, logs: JSON.parse(before.logs) as string[] },
          before.ts,
        );
      const catalog = this.#host.catalog.of(call.component);
      const fn = catalog.findCallable(call.path, "mutation", isTrusted(call));
      const args = checkedArgs(fn, call.args);
      const run = new Run(this.#host, catalog, fn, call.identity, call.origin ?? {}, null);
      if (call.before?.(run.tx) === false) return this.#answer(call, { ok: true, value: "null", logs: [] });
      this.#contest?.enter(call);
      return { call, run, fn, text: invocation(fn, args, run), end: (outcome) => this.#end(call, run, outcome) };
    } catch (error) {
      return this.#answer(call, this.#host.failure(error as Error, []));
    }
  }

  #write(call: WriteCall): null {
    const tx = new Transaction(this.#host.db, call.component);
    try {
      const outcome: Outcome = { ok: true, value: JSON.stringify(call.write(tx) ?? null), logs: [] };
      if (tx.hasChanges) this.#save(call, tx, outcome, []);
      else this.#answer(call, outcome, this.#host.db.ts);
    } catch (error) {
      if (!(error instanceof FunctionError)) this.#batches.broke(error as Error);
      this.#answer(call, this.#host.failure(error as Error, []));
    }
    return null;
  }

  #answer(call: Call, outcome: Outcome, ts = 0n): null {
    this.#batches.answer(call, outcome, ts);
    return null;
  }

  #end(call: MutationCall, run: Run, outcome: Outcome): void {
    if (!outcome.ok) {
      // A failed mutation does not retry: only a commit would show that its reads were out of date.
      this.#contest?.leave(call);
      this.#answer(call, outcome);
    } else if (this.#contest === null) this.#finish(call, run, outcome);
    else this.#contest.finished(call, run, outcome);
  }

  #finish(call: MutationCall, run: Run, outcome: Outcome & { ok: true }): void {
    try {
      call.after?.(run.tx);
      this.#save(call, run.tx, outcome, run.committed);
    } catch (error) {
      this.#batches.broke(error as Error);
      this.#answer(call, outcome);
    }
  }

  #save(call: Call, tx: Transaction, outcome: Outcome & { ok: true }, committed: (() => void)[]): void {
    const { db } = this.#host;
    const ts = db.nextTs();
    const { writes, touched } = tx.finish(ts);
    if (outcome.value.includes('{"$commitTs":null}')) {
      outcome.value = JSON.stringify(resolveCommitTs(JSON.parse(outcome.value) as Json, { $integer: encodeInt64(ts) }));
    }
    db.apply(writes, ts);
    if ("request" in call && call.request)
      db.recordAnswer(call.request.session, call.request.id, ts, outcome.value, JSON.stringify(outcome.logs));
    db.creationTime = Math.max(db.creationTime, tx.creationTime);
    for (const point of touched) this.#touched.push(point);
    this.#batches.answer(call, outcome, ts, committed);
  }

  retry(call: AnyCall): void {
    this.#contest?.leave(call as MutationCall);
    if (!this.#waiting.includes(call as MutationCall)) this.#waiting.unshift(call as MutationCall);
  }

  /** Ends the turn: all that ran belongs to the gathering batch. */
  end(): void {
    this.#contest?.settle(this.#touched, {
      win: ({ call, run, outcome }) => this.#finish(call, run, outcome),
      lose: (call, outcome) => void this.#answer(call, outcome),
      again: (call) => this.#waiting.unshift(call),
    });
    this.#batches.touch(this.#touched);
  }
}
