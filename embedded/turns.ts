// Calls are worked off a turn at a time: the mutations that wait, their commit, and those who called are told; then what they
// touched is asked again, and everyone who watches is told.
import type { Outcome, QueryCache } from "./cache.ts";
import { Contest } from "./contest.ts";
import type { Deployment } from "./deployment.ts";
import { displaySize } from "./display.ts";
import { FunctionError } from "./errors.ts";
import { guarded, invocation } from "./invocation.ts";
import { Mutations } from "./mutations.ts";
import type { Pulse } from "./pulse.ts";
import { Queries } from "./queries.ts";
import type { MutationCall, QueryCall, Subscriber, WriteCall } from "./queue.ts";
import { fail } from "./run.ts";
import { TIME_LIMIT_MS, type Calls, type Runtime } from "./runtime.ts";
import type { AnyCall, Stage, Started } from "./stage.ts";
import { enterNested, syscall, type NestedCall } from "./syscalls.ts";
import { LIMITS } from "./values.ts";

/** Nothing new is started in an evaluation that has run this long: the watchdog must not hit the host's own work. */
const EVALUATION_MS = 400;
/** In concurrent mode a turn waits this long for others to come along, as a transaction of Convex takes some ms. */
const GATHER_MS = 2;
/** A function that was cut off before it had its second of the processor is run once more, with so many times the time. */
const PATIENCE = 4;

interface Ended {
  ok: boolean;
  text: string;
  usedTime: boolean;
}

function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

export class Turns {
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
  readonly #concurrent: boolean;
  readonly #mutations: Mutations;
  readonly #queries: Queries;
  #runtime!: Runtime;
  #subscribers = new Set<Subscriber>();
  #catalogVersion = 0;
  #scheduled = false;

  // of the evaluation
  #stage: Stage;
  #current: Started | null = null;
  #begun: AnyCall | null = null;
  /** What the current call has come to. */
  #ended: Ended | null = null;
  #startedAt = 0;
  #startedCpuMs = 0;
  #patience = 1;
  #evaluationStarted = 0;
  #guarded = false;
  #wantsGuard = false;

  constructor(deployment: Deployment, pulse: Pulse, concurrent: boolean) {
    this.#deployment = deployment;
    this.#pulse = pulse;
    this.#concurrent = concurrent;
    this.#mutations = new Mutations(deployment, concurrent ? new Contest(deployment, () => this.#wake()) : null);
    this.#queries = new Queries(deployment);
    this.#stage = this.#queries;
  }

  get cache(): QueryCache {
    return this.#queries.cache;
  }

  /** A new version of the functions: nothing is known of its results. */
  use(runtime: Runtime): void {
    this.#runtime = runtime;
    this.#catalogVersion = this.#deployment.db.catalogVersion;
    this.cache.clear();
  }

  mutate(call: MutationCall | WriteCall): void {
    this.#mutations.add(call);
    this.#wake();
  }

  query(call: QueryCall): void {
    this.#queries.add(call);
    this.#wake();
  }

  /** The subscriber has questions, or wants a delivery. */
  notify(subscriber: Subscriber): void {
    this.#subscribers.add(subscriber);
    this.#wake();
  }

  forget(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber);
  }

  #wake(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    if (this.#concurrent) setTimeout(() => this.#turn(), GATHER_MS);
    else setImmediate(() => this.#turn());
  }

  // --- a turn ---

  #turn(): void {
    this.#scheduled = false;
    if (!this.#mutations.isEmpty) this.#mutate();
    const delivering = [...this.#subscribers];
    this.#subscribers.clear();
    this.#queries.addFirst(delivering.flatMap((subscriber) => subscriber.questions()));
    while (!this.#queries.isEmpty) this.#drive(this.#queries);
    this.#queries.answer();
    for (const subscriber of delivering) subscriber.deliver(this.#deployment.db.ts);
    if (!this.#mutations.isEmpty || !this.#queries.isEmpty || this.#subscribers.size > 0) this.#wake();
  }

  #mutate(): void {
    this.#mutations.begin();
    do this.#drive(this.#mutations);
    while (this.#wantsGuard);
    const touched = this.#mutations.commit();
    if (this.#deployment.db.catalogVersion !== this.#catalogVersion) {
      this.#catalogVersion = this.#deployment.db.catalogVersion;
      this.cache.clear();
    } else this.cache.invalidate(touched);
  }

  /**
   * Works off a stage, or as much of it as one evaluation may. Under the watchdog that is one call, and the host does its own part
   * before and after: cut off in the middle, it would leave half of a transaction.
   */
  #drive(stage: Stage): void {
    this.#stage = stage;
    this.#evaluationStarted = Infinity;
    this.#guarded = this.#wantsGuard;
    this.#wantsGuard = false;
    for (let call = stage.peek(); call !== null && "write" in call; call = stage.peek()) stage.start(call);
    const whole = this.#runtime.drive(this.#guarded, this.#patience);
    this.#pulse.end();
    if (!whole) this.#deployment.db.interrupted();
    const current = this.#current;
    if (!whole || (current !== null && this.#ended === null)) this.#runtime.restart();
    if (this.#ended !== null) {
      this.#complete(this.#ended);
      this.#wantsGuard = stage.peek() !== null;
      return;
    }
    if (current === null && this.#begun === null) return;
    const isSlowMachine = !whole && this.#patience === 1 && cpuMs() - this.#startedCpuMs < TIME_LIMIT_MS;
    this.#patience = isSlowMachine || current === null ? PATIENCE : 1;
    const cutOff = isSlowMachine || current === null ? (current?.call ?? this.#begun) : null;
    this.#current = this.#begun = null;
    if (cutOff !== null) {
      this.#wantsGuard = true;
      return stage.retry(cutOff);
    }
    const message = whole ? "Returned promise will never resolve" : `Function execution timed out (maximum duration: ${TIME_LIMIT_MS / 1000}s)`;
    this.#end(current!, this.#deployment.failure(new FunctionError(message), current!.run.logs), false, TIME_LIMIT_MS);
  }

  // --- called from inside the sandbox ---

  #next(): string | null {
    const stage = this.#stage;
    this.#evaluationStarted = Math.min(this.#evaluationStarted, performance.now());
    while (performance.now() - this.#evaluationStarted <= EVALUATION_MS) {
      const call = this.#ended === null ? stage.peek() : null;
      if (call === null || (this.#guarded && "write" in call) || !this.#mayRun(call)) return null;
      this.#begun = call;
      const started = stage.start(call);
      this.#current = started;
      this.#begun = null;
      if (started === null) continue;
      this.#startedAt = performance.now();
      if (this.#guarded) this.#startedCpuMs = cpuMs();
      else this.#pulse.start(started.fn.number);
      return started.text;
    }
    return null;
  }

  /** A function that has not yet shown that it ends runs under the watchdog, in an evaluation of its own. */
  #mayRun(call: MutationCall | WriteCall | QueryCall): boolean {
    if (this.#guarded || "write" in call || (this.#deployment.catalog.find(call.path)?.trusted ?? true)) return true;
    this.#wantsGuard = true;
    return false;
  }

  #finish(ok: boolean, text: string, usedTime: boolean): void {
    if (this.#current === null) return;
    this.#ended = { ok, text, usedTime };
    if (!this.#guarded) this.#complete(this.#ended);
  }

  #complete({ ok, text, usedTime }: Ended): void {
    const current = this.#current!;
    this.#current = this.#ended = null;
    const { run, fn } = current;
    const ms = performance.now() - this.#startedAt;
    this.#patience = 1;
    fn.ran(ms);
    let outcome: Outcome;
    try {
      if (!ok) throw fail(text, this.#deployment.catalog.trace);
      if (text.length > LIMITS.resultBytes) throw new FunctionError(`Function ${fn.path} return value is too large (actual: ${displaySize(text.length)}, limit: ${displaySize(LIMITS.resultBytes)})`);
      fn.checkReturns(text);
      outcome = { ok: true, value: text, logs: this.#deployment.production ? [] : run.logs };
    } catch (error) {
      outcome = this.#deployment.failure(error as Error, run.logs);
    }
    this.#end(current, outcome, usedTime, ms);
  }

  #end({ run, fn, end }: Started, outcome: Outcome, usedTime: boolean, ms: number): void {
    this.#deployment.executions.add(fn.kind, fn.path.replace(".js:", ":"), outcome, run.logs, ms);
    if (!outcome.ok && outcome.data === undefined) console.error(`${fn.path.replace(".js:", ":")} ${outcome.detail ?? outcome.message}`);
    end(outcome, usedTime);
  }
}
