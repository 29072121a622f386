// Runs calls in the functions' context, one evaluation after another.

import type { CheckedFunction } from "../functions/checked_function.ts";
import { complain } from "../ground/terminal.ts";
import type { MutationCall, QueryCall, WriteCall } from "../run/call.ts";
import type { Host } from "../run/host.ts";
import { guarded, invocation } from "../run/invocation.ts";
import type { Outcome } from "../run/result.ts";
import { fail } from "../run/run.ts";
import { enterNested, type NestedCall, syscall } from "../run/syscalls.ts";
import { type Calls, type Runtime, TIME_LIMIT_MS } from "../sandbox/runtime.ts";
import { FunctionError } from "../value/errors.ts";
import type { Pulse } from "./pulse.ts";
import type { AnyCall, Stage, Started } from "./stage.ts";

/** An evaluation that has run this long starts no further call: the watchdog must not interrupt the host's own work. */
const EVALUATION_MS = 400;
/** A function killed before it used one second of CPU time is retried once, with this many times the limit. */
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

export class Evaluations {
  /** The host's side of the functions' context. */
  readonly calls: Calls = {
    next: () => this.#next(),
    finish: (ok, result, usedTime) => this.#finish(ok, result, usedTime),
    syscall: (component, name, args, isAsync) =>
      guarded(() => syscall(this.#current!.run, component, name, args, isAsync)),
    enter: (component, args) =>
      guarded(() => {
        const call = JSON.parse(args) as NestedCall;
        return invocation(enterNested(this.#current!.run, component, call), JSON.stringify(call.args));
      }),
    leave: (ok, result) => guarded(() => this.#current!.run.leave(ok, result)),
    log: (level, args) => this.#current?.run.log(level, args),
  };
  readonly #host: Host;
  readonly #pulse: Pulse;
  #runtime!: Runtime;

  // of the current call
  #stage!: Stage;
  #current: Started | null = null;
  #begun: AnyCall | null = null;
  /** The result of the current call so far. */
  #ended: Ended | null = null;
  #startedAt = 0;
  #startedCpuMs = 0;
  #patience = 1;
  #evaluationStarted = 0;
  #guarded = false;
  #wantsGuard = false;

  constructor(host: Host, pulse: Pulse) {
    this.#host = host;
    this.#pulse = pulse;
  }

  /** A new version of the functions. */
  use(runtime: Runtime): void {
    this.#runtime = runtime;
  }

  /** Whether the next call of the stage has to run under the watchdog, in an evaluation of its own. */
  get wantsGuard(): boolean {
    return this.#wantsGuard;
  }

  /**
   * Works off a stage, or as much of it as one evaluation may. Under the watchdog that is one call, and the host does its own part
   * before and after: cut off in the middle, it would leave half of a transaction.
   */
  drive(stage: Stage): void {
    this.#stage = stage;
    this.#evaluationStarted = Infinity;
    this.#guarded = this.#wantsGuard;
    this.#wantsGuard = false;
    for (let call = stage.peek(); call !== null && "write" in call; call = stage.peek()) stage.start(call);
    const whole = this.#runtime.drive(this.#guarded, this.#patience);
    this.#pulse.end();
    if (!whole) this.#host.db.interrupted();
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
    const message = whole
      ? "Returned promise will never resolve"
      : `Function execution timed out (maximum duration: ${TIME_LIMIT_MS / 1000}s)`;
    this.#end(current!, this.#host.failure(new FunctionError(message), current!.run.logs), false, TIME_LIMIT_MS);
  }

  // --- called from inside the sandbox ---

  #next(): string | null {
    const stage = this.#stage;
    let now = performance.now();
    // The first call is taken even if this process has to wait for the processor right here.
    this.#evaluationStarted = Math.min(this.#evaluationStarted, now);
    for (; now - this.#evaluationStarted <= EVALUATION_MS; now = performance.now()) {
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

  /**
   * A function runs under the watchdog, in an evaluation of its own, until it has proved that it ends. A read of an earlier state
   * takes longer than one of the present, so it proves nothing.
   */
  #mayRun(call: MutationCall | WriteCall | QueryCall): boolean {
    if (this.#guarded || "write" in call || (!("at" in call) && (this.#find(call)?.trusted ?? true))) return true;
    this.#wantsGuard = true;
    return false;
  }

  #find({ component = "", path }: MutationCall | QueryCall): CheckedFunction | undefined {
    return this.#host.catalog.mounted.get(component)?.find(path);
  }

  #finish(ok: boolean, text: string, usedTime: boolean): void {
    if (this.#current === null) return;
    this.#current.run.end();
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
      if (!ok) throw fail(text, this.#host.catalog.trace);
      fn.checkReturns(text);
      outcome = { ok: true, value: text, logs: this.#host.production ? [] : run.logs };
    } catch (error) {
      outcome = this.#host.failure(error as Error, run.logs);
    }
    this.#end(current, outcome, usedTime, ms);
  }

  #end({ run, fn, end }: Started, outcome: Outcome, usedTime: boolean, ms: number): void {
    this.#host.executed(fn.kind, fn.title, outcome, run.logs, ms);
    if (!outcome.ok && outcome.data === undefined)
      complain(fn.title, `${fn.title} ${outcome.detail ?? outcome.message}`.trimEnd());
    end(outcome, usedTime);
  }
}
