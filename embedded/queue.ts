// What waits for a turn of the deployment.
import type { Outcome, Result } from "./cache.ts";
import type { Identity } from "./identity.ts";
import type { Origin } from "./run.ts";
import type { Transaction } from "./transaction.ts";
import type { Json } from "./values.ts";

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
export interface WriteCall {
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

export const isTrusted = (call: MutationCall | QueryCall): boolean =>
  call.trusted === true || call.identity?.admin === true;
