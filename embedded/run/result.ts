// How a function ended, and the answer of a query while it is worth keeping.
import type { IntervalSet, Node } from "../query/intervals.ts";
import type { ReadSet } from "../query/reads.ts";

export interface Question {
  /** `module:name`, then the arguments' text. */
  path: string;
  args: string;
  /** Where a live page ended when it was read before. */
  journal: string | null;
  identity: string | null;
}

/** A result of a query. While it is in the cache it is what a fresh run would answer. */
export class Result {
  readonly question: Question;
  readonly readIdentity: boolean;
  readonly usedTime: boolean;
  readonly reads: ReadSet;
  readonly journal: string | null;
  /** The wire text after `"queryId":n,` in a Transition, its type included. */
  readonly fragment: string;
  readonly outcome: Outcome;
  readonly at = performance.now();
  readonly watchers = new Set<Watcher>();
  nodes: { set: IntervalSet<Result>; node: Node<Result> }[] = [];

  constructor(
    question: Question,
    outcome: Outcome,
    journal: string | null,
    reads: ReadSet,
    readIdentity: boolean,
    usedTime: boolean,
  ) {
    this.question = question;
    this.outcome = outcome;
    this.journal = journal;
    this.reads = reads;
    this.readIdentity = readIdentity;
    this.usedTime = usedTime;
    const rest = `"logLines":${JSON.stringify(outcome.logs)},"journal":${JSON.stringify(journal)}}`;
    this.fragment = outcome.ok
      ? `"type":"QueryUpdated","value":${outcome.value},${rest}`
      : `"type":"QueryFailed","errorMessage":${JSON.stringify(outcome.message)},${outcome.data === undefined ? "" : `"errorData":${outcome.data},`}${rest}`;
  }
}

/**
 * How a function ended. `value` and `data` are wire texts; `detail` is the error in full, `system` that it was not the
 * function's, `code` what a caller over HTTP is told then. */
export type Outcome =
  | { ok: true; value: string; logs: string[] }
  | {
      ok: false;
      message: string;
      data?: string | undefined;
      logs: string[];
      detail?: string;
      system?: boolean;
      code?: string;
    };

export interface Watcher {
  /** What it shows is no longer true. */
  stale(): void;
}
