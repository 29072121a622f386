// Calls of functions as the deployment receives them.
import { randomUUID } from "node:crypto";
import type { Identity } from "../auth/identity.ts";
import type { Transaction } from "../query/transaction.ts";
import type { Json } from "../value/json.ts";
import type { Outcome, Result } from "./result.ts";

/** The client's address and browser, for `ctx.meta.getRequestMetadata()`. */
export interface Origin {
  ip?: string | null;
  userAgent?: string | null;
  requestId?: string;
  scheduledFunctionId?: string | null;
}

export function requestMetadata(origin: Origin, identity: Identity | null): string {
  const { ip = null, userAgent = null, requestId = randomUUID(), scheduledFunctionId = null } = origin;
  return JSON.stringify({ ip, userAgent, requestId, scheduledFunctionId, authToken: identity?.token ?? null });
}

/** A function of the app, or of the component with this path. */
interface Called {
  path: string;
  component?: string;
}

export interface MutationCall extends Called {
  args: Json;
  identity: Identity | null;
  /** May call internal functions. */
  trusted?: boolean;
  origin?: Origin;
  /** A repeated request gets the recorded answer. */
  request?: { session: string; id: number };
  /** Called inside the transaction, before the function and after its success. False from the first call cancels the mutation. */
  before?: (tx: Transaction) => boolean;
  after?: (tx: Transaction) => void;
  /** Called after the commit. */
  done: (outcome: Outcome, ts: bigint) => void;
}

/** The deployment's own transaction. It may be run again, so it only writes to `tx`. */
export interface WriteCall {
  /** Whose tables it writes. */
  component: string;
  write: (tx: Transaction) => Json | void;
  done: (outcome: Outcome, ts: bigint) => void;
}

export interface QueryCall extends Called {
  args: Json;
  identity: Identity | null;
  trusted?: boolean;
  origin?: Origin;
  journal: string | null;
  /** The timestamp of the state that the query reads, if it is not the present one. */
  at?: bigint;
  done: (result: Result) => void;
}

export interface ActionCall extends Called {
  args: Json;
  identity: Identity | null;
  trusted?: boolean;
  origin?: Origin;
  done: (outcome: Outcome) => void;
}

export const isTrusted = (call: MutationCall | QueryCall): boolean =>
  call.trusted === true || call.identity?.admin === true;
