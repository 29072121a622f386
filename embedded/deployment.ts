// The deployment: a queue of calls, worked off a turn at a time. All mutations of a turn share one commit to disk; then what they
// touched is asked again, and only after the commit does anybody hear of anything.
import { randomBytes } from "node:crypto";
import { Actions, type ActionCall } from "./actions.ts";
import type { Admin } from "./admin.ts";
import { QueryCache, Result, type Outcome, type Question } from "./cache.ts";
import { Catalog, type CheckedFunction } from "./catalog.ts";
import type { Database } from "./database.ts";
import { FunctionError } from "./errors.ts";
import type { Files } from "./files.ts";
import type { Bundle } from "./functions.ts";
import { Verifier, type Identity } from "./identity.ts";
import type { Listing } from "./listing.ts";
import type { Pulse } from "./pulse.ts";
import { fail, Run, type Host, type Origin, type Site } from "./run.ts";
import { loadAuthConfig, Runtime, TIME_LIMIT_MS, type Env } from "./runtime.ts";
import { checkCrons, Scheduler } from "./scheduler.ts";
import type { UploadTokens } from "./storage.ts";
import { enterNested, syscall, type NestedCall } from "./syscalls.ts";
import { ReadSet, Transaction, type Point } from "./transaction.ts";
import { encodeInt64, LIMITS, measure, resolveCommitTs, sortKeys, type Json } from "./values.ts";

/** A turn hands out no more mutations after this long, so that the waiting answers get out. */
const TURN_MS = 50;
/** Nothing new is started in an evaluation that has run this long: the watchdog must not hit the host's own work. */
const EVALUATION_MS = 400;

export interface MutationCall {
  path: string;
  args: Json;
  identity: Identity | null;
  /** May call internal functions. */
  trusted?: boolean;
  origin?: Origin;
  /** A repeated request is answered from the record. */
  request?: { session: string; id: number };
  /** Called inside the transaction: first, where false means that there is nothing to do, and when the function has succeeded. */
  before?: (tx: Transaction) => boolean;
  after?: (tx: Transaction) => void;
  /** Called after the commit. */
  done: (outcome: Outcome, ts: bigint) => void;
}

/** The deployment's own transaction. It may be run again, so it only writes to `tx`. */
interface WriteCall {
  write: (tx: Transaction) => Json | void;
  done: (outcome: Outcome, ts: bigint) => void;
}

export interface QueryCall {
  path: string;
  args: Json;
  identity: Identity | null;
  trusted?: boolean;
  origin?: Origin;
  journal: string | null;
  done: (result: Result) => void;
}

/** Somebody with subscriptions, who is told once a turn. */
export interface Subscriber {
  /** The queries to run for it, now. */
  questions(): QueryCall[];
  /** All of them are answered, as of `ts`. */
  deliver(ts: bigint): void;
}

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

/** What `thread.ts` puts together. */
export interface Parts {
  db: Database;
  files: Files;
  uploads: UploadTokens;
  admin: Admin;
  env: Env;
  site: Site;
  /** Clients get no texts of errors and no log lines. */
  production: boolean;
  functions: string;
  pulse: Pulse;
  suspects: readonly string[];
}

export class Deployment implements Host {
  readonly db: Database;
  readonly files: Files;
  readonly uploads: UploadTokens;
  readonly admin: Admin;
  readonly site: Site;
  readonly production: boolean;
  readonly actions: Actions;
  readonly scheduler = new Scheduler(this);
  /** Whether there are HTTP actions. */
  routes = false;
  readonly cache = new QueryCache();
  readonly #env: Env;
  #runtime!: Runtime;
  #catalog!: Catalog;
  #bundle: Bundle | null = null;
  verifier!: Verifier;
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

  readonly #pulse: Pulse;
  readonly #suspects: readonly string[];
  #guarded = false;
  #wantsGuard = false;

  constructor(parts: Parts) {
    this.db = parts.db;
    this.files = parts.files;
    this.uploads = parts.uploads;
    this.admin = parts.admin;
    this.site = parts.site;
    this.production = parts.production;
    this.#env = parts.env;
    this.#pulse = parts.pulse;
    this.#suspects = parts.suspects;
    this.actions = new Actions(this, parts.env, parts.functions);
  }

  get catalog(): Catalog {
    return this.#catalog;
  }

  /** Puts a version of the functions to work. Raises FunctionError, the old version staying, if it cannot be. */
  async load(bundle: Bundle): Promise<void> {
    const listed = await this.actions.load(bundle);
    try {
      this.#load(bundle, listed);
      this.#bundle = bundle;
    } catch (error) {
      if (this.#bundle) await this.actions.load(this.#bundle);
      throw error;
    }
  }

  #load(bundle: Bundle, listed: Listing | null): void {
    const runtime = new Runtime(bundle, this.#env, {
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
    });
    const { functions, schema, crons } = runtime.listing;
    const known = new Set(functions.map(({ module }) => module));
    const onlyNode = listed?.functions.filter(({ module }) => !known.has(module)) ?? [];
    const catalog = new Catalog(this.db, [...functions, ...onlyNode], schema, bundle.trace, this.#suspects);
    const verifier = new Verifier(loadAuthConfig(bundle, this.#env), this.production);
    const checkedCrons = checkCrons(crons, catalog);
    catalog.install(this.db);
    this.#runtime = runtime;
    this.#catalog = catalog;
    this.verifier = verifier;
    this.#catalogVersion = this.db.catalogVersion;
    this.routes = runtime.listing.routes;
    this.cache.clear();
    this.scheduler.defineCrons(checkedCrons);
  }

  act(call: ActionCall): void {
    this.actions.run(call);
  }

  write(write: WriteCall["write"], done: WriteCall["done"] = () => {}): void {
    this.#mutations.push({ write, done });
    this.wake();
  }

  scheduled(): void {
    this.scheduler.wake();
  }

  mutate(call: MutationCall): void {
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
      ? "The function waits for something that never happens: its promise was never resolved."
      : `Function execution timed out (maximum duration: ${TIME_LIMIT_MS / 1000}s)`;
    this.#end(current, this.failure(new FunctionError(message), current.run.logs), false);
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
      const outcome = { ...this.failure(new FunctionError(`Internal error: the transaction could not be saved: ${(error as Error).message}`), []), system: true };
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
    if (this.#guarded || "write" in call || (this.#catalog.find(call.path)?.trusted ?? true)) return true;
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
      const fn = this.#catalog.findCallable(call.path, "mutation", isTrusted(call));
      const args = checkedArgs(fn, call.args);
      const run = new Run(this, this.#catalog, fn, call.identity, call.origin ?? {}, null);
      if (call.before?.(run.tx) === false) {
        this.#answers.push({ call, outcome: { ok: true, value: "null", logs: [] }, ts: 0n });
        return null;
      }
      this.#current = { kind: "mutation", call, fn, run, started: performance.now() };
      this.#pulse.start(fn.number);
      return invocation(fn, args, run);
    } catch (error) {
      this.#answers.push({ call, outcome: this.failure(error as Error, []), ts: 0n });
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
      this.#answers.push({ call, outcome: this.failure(error as Error, []), ts: 0n });
    }
    return null;
  }

  #startQuery(call: QueryCall): string | null {
    const trusted = isTrusted(call);
    // Who is trusted gets other answers: a result of an internal function must never be found by who is not.
    const question: Question = { path: trusted ? `trusted ${call.path}` : call.path, args: "", journal: call.journal, identity: call.identity?.attributes ?? null };
    try {
      measure(call.args);
      question.args = JSON.stringify(sortKeys(call.args));
      const known = this.cache.find(question);
      if (known) {
        this.#answerQuery(call, known);
        return null;
      }
      const fn = this.#catalog.findCallable(call.path, "query", trusted);
      const args = checkedArgs(fn, call.args);
      const run = new Run(this, this.#catalog, fn, call.identity, call.origin ?? {}, call.journal);
      this.#current = { kind: "query", call, question, fn, run, started: performance.now() };
      this.#pulse.start(fn.number);
      return invocation(fn, args, run);
    } catch (error) {
      const result = new Result(question, this.failure(error as Error, []), null, new ReadSet(), false, false);
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
      if (!ok) throw fail(text, this.#catalog.trace);
      if (text.length > LIMITS.resultBytes) throw new FunctionError(`Function ${fn.path} return value is too large (${text.length} bytes > maximum size ${LIMITS.resultBytes} bytes).`);
      fn.checkReturns(text);
      outcome = { ok: true, value: text, logs: this.production ? [] : run.logs };
    } catch (error) {
      outcome = this.failure(error as Error, run.logs);
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

  /** What clients hear of an error: everything, or in production its number and a ConvexError's data. */
  failure(error: Error, logs: string[]): Outcome & { ok: false } {
    const { message, data, trace = "" } = error as Partial<FunctionError>;
    const head = `[Request ID: ${randomBytes(8).toString("hex")}] Server Error`;
    const full = trace === "" ? `${head}\n${message}`.trimEnd() : `${head}\n${message}\n${trace}`;
    const detail = `${message}\n${trace}`.trimEnd();
    return { ok: false, message: this.production ? head : full, data: data === undefined ? undefined : JSON.stringify(data), logs: this.production ? [] : logs, detail };
  }
}

function guarded(answer: () => string): string {
  try {
    return answer();
  } catch (error) {
    const { message, data, trace } = error as FunctionError;
    if (!(error instanceof FunctionError)) console.error(error);
    return `!${JSON.stringify({ message: trace ? `${message}\n${trace}`.trimEnd() : message, data })}`;
  }
}

function invocation(fn: CheckedFunction, args: string, run?: Run): string {
  const invoke = fn.kind === "query" ? "invokeQuery" : "invokeMutation";
  return JSON.stringify({ module: fn.module, name: fn.name, invoke, args: `[${args}]`, now: run?.tx.now, seed: run && Math.floor(Math.random() * 2 ** 32) });
}

/** The arguments' text. Raises FunctionError if they are malformed, too large, or not what the function takes. */
export function checkedArgs(fn: CheckedFunction, args: Json): string {
  const { bytes, unresolved } = measure(args);
  if (bytes > LIMITS.argumentBytes) throw new FunctionError(`Arguments for ${fn.path} are too large (${bytes} bytes > maximum size ${LIMITS.argumentBytes} bytes).`);
  if (unresolved) throw new FunctionError("A commit timestamp cannot be passed as an argument by a client.");
  fn.checkArgs(args);
  return JSON.stringify(args);
}

const isTrusted = (call: MutationCall | QueryCall): boolean => call.trusted === true || call.identity?.admin === true;
