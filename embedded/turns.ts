// Calls are worked off a turn at a time. All mutations of a turn share one commit to disk; then what they touched is asked again,
// and only after the commit does anybody hear of anything.
import { QueryCache, Result, type Outcome, type Question } from "./cache.ts";
import type { CheckedFunction } from "./catalog.ts";
import type { Database } from "./database.ts";
import type { Deployment } from "./deployment.ts";
import { displaySize } from "./display.ts";
import { FunctionError } from "./errors.ts";
import { checkedArgs, guarded, invocation } from "./invocation.ts";
import type { Pulse } from "./pulse.ts";
import { isTrusted, type MutationCall, type QueryCall, type Subscriber, type WriteCall } from "./queue.ts";
import { fail, Run } from "./run.ts";
import { TIME_LIMIT_MS, type Calls, type Runtime } from "./runtime.ts";
import { enterNested, syscall, type NestedCall } from "./syscalls.ts";
import { ReadSet, Transaction, type Point } from "./transaction.ts";
import { encodeInt64, LIMITS, measure, resolveCommitTs, sortKeys, type Json } from "./values.ts";

/** A turn hands out no more mutations after this long, so that the waiting answers get out. */
const TURN_MS = 50;
/** Nothing new is started in an evaluation that has run this long: the watchdog must not hit the host's own work. */
const EVALUATION_MS = 400;

type Current = { run: Run; fn: CheckedFunction; started: number } & (
  | { kind: "mutation"; call: MutationCall }
  | { kind: "query"; call: QueryCall; question: Question }
);

interface Answer {
  call: MutationCall | WriteCall;
  /** What to do once it is on disk. */
  committed?: (() => void)[];
  outcome: Outcome;
  ts: bigint;
}

export class Turns {
  readonly cache = new QueryCache();
  /** What the functions' context asks of the host. */
  readonly calls: Calls = {
    next: () => this.#next(),
    finish: (ok, result, usedTime) => this.#finish(ok, result, usedTime),
    syscall: (name, args) => guarded(() => syscall(this.#current!.run, name, args)),
    enter: (args) =>
      guarded(() => {
        const call = JSON.parse(args) as NestedCall;
        return invocation(enterNested(this.#current!.run, call), JSON.stringify(call.args));
      }),
    leave: (ok, result) => guarded(() => this.#current!.run.leave(ok, result)),
    log: (level, args) => this.#current?.run.log(level, args),
  };
  readonly #deployment: Deployment;
  readonly #pulse: Pulse;
  #runtime!: Runtime;
  #mutations: (MutationCall | WriteCall)[] = [];
  #queries: QueryCall[] = [];
  #subscribers = new Set<Subscriber>();
  #delivering: Subscriber[] = [];
  #answered: { call: QueryCall; result: Result }[] = [];
  #scheduled = false;
  #current: Current | null = null;

  // of the turn
  #phase: "mutations" | "queries" = "mutations";
  #turnStarted = 0;
  #evaluationStarted = 0;
  #answers: Answer[] = [];
  #touched: Point[] = [];
  #catalogVersion = 0;
  #broken: Error | null = null;

  #guarded = false;
  #wantsGuard = false;

  constructor(deployment: Deployment, pulse: Pulse) {
    this.#deployment = deployment;
    this.#pulse = pulse;
  }

  get db(): Database {
    return this.#deployment.db;
  }

  /** A new version of the functions: nothing is known of its results. */
  use(runtime: Runtime): void {
    this.#runtime = runtime;
    this.#catalogVersion = this.db.catalogVersion;
    this.cache.clear();
  }

  mutate(call: MutationCall | WriteCall): void {
    this.#mutations.push(call);
    this.wake();
  }

  query(call: QueryCall): void {
    this.#queries.push(call);
    this.wake();
  }

  /** The subscriber has questions, or wants a delivery. */
  notify(subscriber: Subscriber): void {
    this.#subscribers.add(subscriber);
    this.wake();
  }

  forget(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber);
  }

  wake(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#turn());
  }

  // --- a turn ---

  #turn(): void {
    this.#scheduled = false;
    this.#phase = "mutations";
    this.#turnStarted = performance.now();
    this.#answers = [];
    this.#touched = [];
    this.#broken = null;
    if (this.#mutations.length > 0) {
      do this.#drive();
      while (this.#wantsGuard && this.#phase === "mutations");
    }
    if (this.#phase === "mutations") this.#collect();
    if (this.db.writing || this.#answers.length > 0) this.#commit();
    this.#gather();
    while (this.#queries.length > 0) this.#drive();
    for (const { call, result } of this.#answered.splice(0)) call.done(result);
    for (const subscriber of this.#delivering.splice(0)) subscriber.deliver(this.db.ts);
    if (this.#mutations.length > 0 || this.#queries.length > 0 || this.#subscribers.size > 0) this.wake();
  }

  #drive(): void {
    this.#evaluationStarted = performance.now();
    this.#guarded = this.#wantsGuard;
    this.#wantsGuard = false;
    const whole = this.#runtime.drive(this.#guarded);
    this.#pulse.end();
    if (whole && this.#current === null) return;
    const current = this.#current;
    this.#current = null;
    this.#runtime.restart();
    if (!whole && this.#phase === "mutations") this.#redo(current);
    if (current === null) return;
    const message = whole
      ? "Returned promise will never resolve"
      : `Function execution timed out (maximum duration: ${TIME_LIMIT_MS / 1000}s)`;
    this.#end(current, this.#deployment.failure(new FunctionError(message), current.run.logs), false);
  }

  /** The watchdog may have struck in the middle of the host's own writing: start the turn's mutations again, without the culprit. */
  #redo(current: Current | null): void {
    this.db.rollback();
    const again = this.#answers.filter(({ outcome }) => outcome.ok).map(({ call }) => call);
    this.#answers = this.#answers.filter(({ outcome }) => !outcome.ok);
    this.#touched = [];
    if (current === null || current.kind === "query") this.cache.clear();
    this.#mutations.unshift(...again);
  }

  /** After the last mutation of the turn: whose subscriptions did the turn touch, and what do they ask now? */
  #collect(): void {
    if (this.db.catalogVersion !== this.#catalogVersion) {
      this.#catalogVersion = this.db.catalogVersion;
      this.cache.clear();
    } else this.cache.invalidate(this.#touched);
    this.#phase = "queries";
    this.#gather();
  }

  #gather(): void {
    const asking = [...this.#subscribers];
    this.#subscribers.clear();
    const questions: QueryCall[] = [];
    for (const subscriber of asking) {
      questions.push(...subscriber.questions());
      this.#delivering.push(subscriber);
    }
    this.#queries = [...questions, ...this.#queries];
  }

  #commit(): void {
    try {
      if (this.#broken) throw this.#broken;
      this.db.commit();
    } catch (error) {
      this.db.rollback();
      console.error(`The transaction could not be saved: ${(error as Error).message}`);
      const outcome = { ...this.#deployment.failure(new FunctionError(`Internal error: the transaction could not be saved: ${(error as Error).message}`), []), system: true };
      for (const answer of this.#answers) [answer.outcome, answer.committed] = [outcome, []];
      // What was asked in this turn saw writes that are gone: it is asked again.
      this.#queries.unshift(...this.#answered.splice(0).map(({ call }) => call));
      this.cache.clear();
      this.#broken = null;
    }
    for (const { call, outcome, ts, committed } of this.#answers) {
      for (const then of committed ?? []) then();
      call.done(outcome, ts);
    }
    this.#answers = [];
  }

  // --- called from inside the sandbox ---

  #next(): string | null {
    const now = performance.now();
    if (now - this.#evaluationStarted > EVALUATION_MS || this.#broken) return null;
    if (this.#phase === "mutations") {
      while (this.#mutations.length > 0 && performance.now() - this.#turnStarted < TURN_MS) {
        if (!this.#mayRun(this.#mutations[0]!)) return null;
        const started = this.#startMutation(this.#mutations.shift()!);
        if (started !== null) return started;
      }
      this.#collect();
    }
    while (this.#queries.length > 0) {
      if (!this.#mayRun(this.#queries[0]!)) return null;
      const started = this.#startQuery(this.#queries.shift()!);
      if (started !== null) return started;
    }
    return null;
  }

  /** A function that has not yet shown that it ends runs under the watchdog, in an evaluation of its own. */
  #mayRun(call: MutationCall | WriteCall | QueryCall): boolean {
    if (this.#guarded || "write" in call || (this.#deployment.catalog.find(call.path)?.trusted ?? true)) return true;
    this.#wantsGuard = true;
    return false;
  }

  #startMutation(call: MutationCall | WriteCall): string | null {
    if ("write" in call) return this.#write(call);
    const { request } = call;
    try {
      const before = request && this.db.answered(request.session, request.id);
      if (before) {
        this.#answers.push({ call, outcome: { ok: true, value: before.result, logs: JSON.parse(before.logs) as string[] }, ts: before.ts });
        return null;
      }
      const fn = this.#deployment.catalog.findCallable(call.path, "mutation", isTrusted(call));
      const args = checkedArgs(fn, call.args);
      const run = new Run(this.#deployment, this.#deployment.catalog, fn, call.identity, call.origin ?? {}, null);
      if (call.before?.(run.tx) === false) {
        this.#answers.push({ call, outcome: { ok: true, value: "null", logs: [] }, ts: 0n });
        return null;
      }
      this.#current = { kind: "mutation", call, fn, run, started: performance.now() };
      this.#pulse.start(fn.number);
      return invocation(fn, args, run);
    } catch (error) {
      this.#answers.push({ call, outcome: this.#deployment.failure(error as Error, []), ts: 0n });
      return null;
    }
  }

  #write(call: WriteCall): null {
    const tx = new Transaction(this.db, Date.now());
    try {
      const outcome: Outcome = { ok: true, value: JSON.stringify(call.write(tx) ?? null), logs: [] };
      if (tx.hasChanges) this.#save(call, tx, outcome, []);
      else this.#answers.push({ call, outcome, ts: this.db.ts });
    } catch (error) {
      if (!(error instanceof FunctionError)) this.#broken = error as Error;
      this.#answers.push({ call, outcome: this.#deployment.failure(error as Error, []), ts: 0n });
    }
    return null;
  }

  #startQuery(call: QueryCall): string | null {
    const trusted = isTrusted(call);
    // Who is trusted gets other answers: a result of an internal function must never be found by who is not.
    const question: Question = { path: `${trusted ? "trusted" : "public"} ${call.path}`, args: "", journal: call.journal, identity: call.identity?.attributes ?? null };
    try {
      measure(call.args);
      question.args = JSON.stringify(sortKeys(call.args));
      const known = this.cache.find(question);
      if (known) {
        this.#answerQuery(call, known);
        return null;
      }
      const fn = this.#deployment.catalog.findCallable(call.path, "query", trusted);
      const args = checkedArgs(fn, call.args);
      const run = new Run(this.#deployment, this.#deployment.catalog, fn, call.identity, call.origin ?? {}, call.journal);
      this.#current = { kind: "query", call, question, fn, run, started: performance.now() };
      this.#pulse.start(fn.number);
      return invocation(fn, args, run);
    } catch (error) {
      const result = new Result(question, this.#deployment.failure(error as Error, []), null, new ReadSet(), false, false);
      // It depends on the functions and the arguments alone, and a new version of the functions clears the cache.
      if (question.args !== "") this.cache.add(result);
      this.#answerQuery(call, result);
      return null;
    }
  }

  #finish(ok: boolean, text: string, usedTime: boolean): void {
    const current = this.#current;
    if (current === null) return;
    this.#current = null;
    const { run, fn } = current;
    fn.ran(performance.now() - current.started);
    let outcome: Outcome;
    try {
      if (!ok) throw fail(text, this.#deployment.catalog.trace);
      if (text.length > LIMITS.resultBytes) throw new FunctionError(`Function ${fn.path} return value is too large (actual: ${displaySize(text.length)}, limit: ${displaySize(LIMITS.resultBytes)})`);
      fn.checkReturns(text);
      outcome = { ok: true, value: text, logs: this.#deployment.production ? [] : run.logs };
    } catch (error) {
      outcome = this.#deployment.failure(error as Error, run.logs);
    }
    this.#end(current, outcome, usedTime);
  }

  #end(current: Current, outcome: Outcome, usedTime: boolean): void {
    this.#print(current, outcome);
    if (current.kind === "query") {
      const { run, question } = current;
      const result = new Result(question, outcome, run.journal, run.tx.reads, run.readIdentity, usedTime);
      this.cache.add(result);
      this.#answerQuery(current.call, result);
      return;
    }
    if (!outcome.ok) {
      this.#answers.push({ call: current.call, outcome, ts: 0n });
      return;
    }
    try {
      const { call, run } = current;
      call.after?.(run.tx);
      this.#save(call, run.tx, outcome, run.committed);
    } catch (error) {
      this.#broken = error as Error;
      this.#answers.push({ call: current.call, outcome, ts: 0n });
    }
  }

  #save(call: MutationCall | WriteCall, tx: Transaction, outcome: Outcome & { ok: true }, committed: (() => void)[]): void {
    const ts = this.db.nextTs();
    const { writes, touched } = tx.finish(ts);
    if (outcome.value.includes('{"$commitTs":null}')) {
      outcome.value = JSON.stringify(resolveCommitTs(JSON.parse(outcome.value) as Json, { $integer: encodeInt64(ts) }));
    }
    this.db.apply(writes);
    if ("request" in call && call.request) this.db.recordAnswer(call.request.session, call.request.id, ts, outcome.value, JSON.stringify(outcome.logs));
    this.db.ts = ts;
    this.db.creationTime = tx.creationTime;
    for (const point of touched) this.#touched.push(point);
    this.#answers.push({ call, outcome, ts, committed });
  }

  #answerQuery(call: QueryCall, result: Result): void {
    this.#answered.push({ call, result });
  }

  #print(current: Current, outcome: Outcome): void {
    if (!outcome.ok && outcome.data === undefined) console.error(`${current.fn.path.replace(".js:", ":")} ${outcome.detail ?? outcome.message}`);
  }
}
