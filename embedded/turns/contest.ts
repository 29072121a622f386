// Concurrent mode: waiting mutations run on the same data, as if at the same time. The first to end commits. A mutation that read
// what another has written since runs again, as in Convex, and fails after four retries.

import { complain } from "../ground/terminal.ts";
import type { Point } from "../query/reads.ts";
import type { MutationCall, WriteCall } from "../run/call.ts";
import type { Host } from "../run/host.ts";
import type { Outcome } from "../run/result.ts";
import type { Run } from "../run/run.ts";
import { FunctionError } from "../value/errors.ts";

/** As many as Convex runs at once on its default class of deployment. */
const AT_ONCE = 16;
const MAX_RETRIES = 4;
const FIRST_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 2000;

interface Contender {
  call: MutationCall;
  run: Run;
  outcome: Outcome & { ok: true };
}

interface Verdicts {
  win(contender: Contender): void;
  lose(call: MutationCall, outcome: Outcome): void;
  /** Called after the pause before a retry. */
  again(call: MutationCall): void;
}

export class Contest {
  readonly #host: Host;
  readonly #wake: () => void;
  /** Sessions with a running mutation: mutations of one session run in order. */
  readonly #sessions = new Set<string>();
  readonly #losses = new Map<MutationCall, number>();
  #entered = 0;
  #finished: Contender[] = [];

  constructor(host: Host, wake: () => void) {
    this.#host = host;
    this.#wake = wake;
  }

  /** The next mutation that may run beside the running ones. */
  choose(waiting: readonly (MutationCall | WriteCall)[]): MutationCall | WriteCall | null {
    if (this.#entered === AT_ONCE) return null;
    return (
      waiting.find((call) => "write" in call || !call.request || !this.#sessions.has(call.request.session)) ?? null
    );
  }

  enter(call: MutationCall): void {
    this.#entered++;
    if (call.request) this.#sessions.add(call.request.session);
  }

  leave(call: MutationCall): void {
    if (call.request) this.#sessions.delete(call.request.session);
    this.#losses.delete(call);
  }

  finished(call: MutationCall, run: Run, outcome: Outcome & { ok: true }): void {
    this.#finished.push({ call, run, outcome });
  }

  /** Decides in the order in which they ended. `touched` grows with each winner. */
  settle(touched: readonly Point[], verdicts: Verdicts): void {
    this.#entered = 0;
    for (const contender of this.#finished.splice(0)) {
      const { call, run } = contender;
      const index = run.tx.reads.conflict(touched);
      if (index === null) {
        this.leave(call);
        verdicts.win(contender);
      } else this.#lost(contender, this.#tableOf(index), verdicts);
    }
  }

  #lost({ call }: Contender, table: string, verdicts: Verdicts): void {
    const losses = (this.#losses.get(call) ?? 0) + 1;
    if (losses > MAX_RETRIES) {
      this.leave(call);
      const error = new FunctionError(
        `Documents read from or written to the "${table}" table changed while this mutation was being run and on every subsequent retry. See https://docs.convex.dev/error#1`,
      );
      return verdicts.lose(call, { ...this.#host.failure(error, []), system: true, code: CONFLICT });
    }
    this.#losses.set(call, losses);
    complain(
      `retry ${call.path}`,
      `${call.path} has read what another mutation has changed in the table "${table}": retry ${losses} of ${MAX_RETRIES}.`,
    );
    setTimeout(
      () => {
        if (call.request) this.#sessions.delete(call.request.session);
        verdicts.again(call);
        this.#wake();
      },
      Math.random() * Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (losses - 1)),
    );
  }

  #tableOf(index: number): string {
    for (const { name, indexes } of this.#host.db.tablesByNumber.values()) {
      for (const { id } of indexes.values()) if (id === index) return name;
    }
    return "?";
  }
}

const CONFLICT = "OptimisticConcurrencyControlFailure";
