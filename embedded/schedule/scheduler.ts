// Runs due jobs. A mutation runs exactly once, since its job ends in its own transaction. An action runs at most once, since its
// job is marked before the action starts.
import type { Catalog } from "../functions/catalog.ts";
import type { CronJson } from "../functions/listing.ts";
import type { Transaction } from "../query/transaction.ts";
import type { Host } from "../run/host.ts";
import type { Outcome } from "../run/result.ts";
import { FunctionError } from "../value/errors.ts";
import { nextRun, withMinute } from "./crons.ts";
import { CRONS, claim, defineCrons, finish, type Job, type JobState, jobs, removeOld, SCHEDULED } from "./jobs.ts";

/** Limit for each kind, so that slow actions do not delay mutations. */
const MAX_RUNNING = 64;
const MAX_TIMER_MS = 0x7fffffff;
const CLEAN_EVERY_MS = 3_600_000;
const RETRY_MS = 1000;

export class Scheduler {
  readonly #host: Host;
  readonly #running = { mutation: new Set<string>(), action: new Set<string>() };
  #timer: NodeJS.Timeout | undefined;
  #stopped = true;
  #awake = false;

  constructor(host: Host) {
    this.#host = host;
  }

  /** After a start: marks jobs that ran when the last process ended as failed. */
  start(): void {
    this.#stopped = false;
    const { db } = this.#host;
    const lost = this.#owners.flatMap((owner) => [
      ...jobs(db, owner, "inProgress", SCHEDULED),
      ...jobs(db, owner, "inProgress", CRONS),
    ]);
    for (const job of lost) this.#finish(job, { kind: "failed", error: "Transient error while executing action" });
    const clean = (): void => {
      for (const owner of this.#owners) this.#host.write((tx) => void removeOld(tx), undefined, owner);
    };
    clean();
    setInterval(clean, CLEAN_EVERY_MS).unref();
    this.wake();
  }

  /** The app and all components. */
  get #owners(): string[] {
    return [...this.#host.catalog.mounted.keys()];
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  defineCrons(owner: string, crons: Record<string, CronJson>): void {
    const { db } = this.#host;
    if (Object.keys(crons).length === 0 && db.count(db.tablesOf(owner).get(CRONS)!) === 0) return;
    this.#host.write(
      (tx) => defineCrons(tx, crons),
      () => this.wake(),
      owner,
    );
  }

  /** Looks for new jobs, once for all changes of one turn. */
  wake(): void {
    if (this.#stopped || this.#awake) return;
    this.#awake = true;
    setImmediate(() => this.#look());
  }

  #look(): void {
    this.#awake = false;
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    const now = this.#host.db.clock.now();
    let next = Infinity;
    for (const owner of this.#owners)
      for (const table of [SCHEDULED, CRONS] as const) next = Math.min(next, this.#start(owner, table, now));
    if (next < Infinity) this.#timer = setTimeout(() => this.wake(), Math.min(next - now, MAX_TIMER_MS));
  }

  /** Starts what is due. The answer is when the next job will be. */
  #start(owner: string, table: Job["table"], now: number): number {
    const { mutation, action } = this.#running;
    for (const job of jobs(this.#host.db, owner, "pending", table)) {
      if (job.at > now) return job.at;
      if (mutation.has(job.id) || action.has(job.id)) continue;
      const fn = this.#host.catalog.mounted.get(job.component)?.find(job.path);
      const kind = fn?.kind === "action" ? "action" : "mutation";
      if (this.#running[kind].size < MAX_RUNNING) this.#run(job, kind);
      else if (mutation.size >= MAX_RUNNING && action.size >= MAX_RUNNING) break;
    }
    return Infinity;
  }

  #run(job: Job, kind: "mutation" | "action"): void {
    this.#running[kind].add(job.id);
    const { component, path, args } = job;
    const call = {
      component,
      path,
      args,
      identity: null,
      trusted: true,
      origin: { scheduledFunctionId: job.table === SCHEDULED ? job.id : null },
    };
    if (kind === "action") {
      let claimed = false;
      const start = (tx: Transaction): void => void (claimed = claim(tx, job, true));
      this.#host.write(start, (outcome) => {
        if (!outcome.ok) return this.#later(job);
        if (!claimed) return this.#done(job);
        this.#host.act({ ...call, done: (end) => this.#finish(job, stateAfter(end)) });
      });
      return;
    }
    this.#host.mutate({
      ...call,
      before: (tx) => claim(tx, job, false),
      after: (tx) => finish(tx, job, { kind: "success" }),
      done: (outcome) => {
        if (outcome.ok) return this.#done(job);
        if (outcome.system) return this.#later(job);
        this.#finish(job, stateAfter(outcome));
      },
    });
  }

  #finish(job: Job, state: JobState): void {
    this.#host.write(
      (tx) => finish(tx, job, state),
      (outcome) => (outcome.ok ? this.#done(job) : setTimeout(() => this.#finish(job, state), RETRY_MS)),
    );
  }

  #done(job: Job): void {
    this.#running.mutation.delete(job.id);
    this.#running.action.delete(job.id);
    this.wake();
  }

  /** The write failed, perhaps on a full disk. Nothing happened, so it can be retried. */
  #later(job: Job): void {
    setTimeout(() => this.#done(job), RETRY_MS);
  }
}

const stateAfter = (outcome: Outcome): JobState =>
  outcome.ok ? { kind: "success" } : { kind: "failed", error: (outcome.detail ?? outcome.message).trimEnd() };

/** The crons with their functions' full paths. Raises FunctionError for one that cannot run. */
export function checkCrons(crons: Record<string, CronJson>, catalog: Catalog): Record<string, CronJson> {
  const checked: Record<string, CronJson> = {};
  for (const [cron, json] of Object.entries(crons)) {
    const fn = catalog.find(json.name);
    if (fn === undefined || fn.kind === "query")
      throw new FunctionError(`The cron "${cron}" schedules ${json.name}, which is no mutation or action.`);
    nextRun(json.schedule, Date.now());
    checked[cron] = { ...json, name: fn.path, schedule: withMinute(json.schedule, cron) };
  }
  return checked;
}
