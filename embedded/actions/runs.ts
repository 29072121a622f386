// The running actions. Each ends once: with a result, with an error, or when its time is over.
import { complain } from "../ground/terminal.ts";
import type { Host } from "../run/host.ts";
import type { Outcome } from "../run/result.ts";
import { FunctionError } from "../value/errors.ts";
import type { ActionRun } from "./run.ts";
import type { ActionWorker } from "./worker.ts";

const MAX_RUNS = 1000;

export class ActionRuns {
  readonly #host: Host;
  readonly #runs = new Map<number, ActionRun>();
  #started = 0;

  constructor(host: Host) {
    this.#host = host;
  }

  get(id: number): ActionRun | undefined {
    return this.#runs.get(id);
  }

  /** Returns the run's id, or null if too many actions run: this one has then failed. */
  begin(run: Pick<ActionRun, "call" | "fn" | "component" | "name" | "thread">): number | null {
    const id = this.#started++;
    const { actionTime } = this.#host;
    const timer = setTimeout(
      () => this.end(id, new FunctionError(`Action execution timed out (maximum duration: ${actionTime}s)`)),
      actionTime * 1000,
    );
    run.thread.begin();
    this.#runs.set(id, { ...run, logs: [], started: performance.now(), timer });
    if (this.#runs.size <= MAX_RUNS) return id;
    this.end(id, new FunctionError(`Too many concurrent actions (limit: ${MAX_RUNS}).`));
    return null;
  }

  end(id: number, error: FunctionError | null, text = ""): void {
    const run = this.#runs.get(id);
    if (run === undefined) return;
    this.#runs.delete(id);
    clearTimeout(run.timer);
    run.thread.end();
    const outcome: Outcome =
      error === null
        ? { ok: true, value: text, logs: this.#host.production ? [] : run.logs }
        : this.#host.failure(error, run.logs);
    if (error !== null && error.data === undefined)
      complain(run.fn ? run.name : "http", `${run.name} ${error.message}\n${error.trace}`.trimEnd());
    this.#host.executed(run.fn ? "action" : "httpAction", run.name, outcome, run.logs, performance.now() - run.started);
    run.call.done(outcome, error ?? undefined);
  }

  /** Ends those of a thread that is lost. */
  endAll(thread: ActionWorker, error: FunctionError): void {
    for (const [id, run] of [...this.#runs]) if (run.thread === thread) this.end(id, error);
  }
}
