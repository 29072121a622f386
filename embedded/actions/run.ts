// Actions, and HTTP actions, as somebody calls them and as they run.

import type { Identity } from "../auth/identity.ts";
import type { CheckedFunction } from "../functions/checked_function.ts";
import type { ActionCall, Origin } from "../run/call.ts";
import type { Outcome } from "../run/result.ts";
import type { FunctionError, RequestError } from "../value/errors.ts";
import type { HttpRequest } from "./thread.ts";

export interface HttpCall {
  request: HttpRequest;
  /** An error if the Authorization header is of no use here: it is raised when the action asks who calls. */
  identity: Identity | RequestError | null;
  origin: Origin;
  head: (status: number, headers: [string, string][]) => void;
  /** `written` when the bytes are on their way to the client. */
  chunk: (bytes: Uint8Array, written: () => void) => void;
  /** Calls when the client has left. */
  onGone: (gone: () => void) => void;
  done: (outcome: Outcome, error?: FunctionError) => void;
}

/** One action on its way. */
export interface ActionRun {
  call: ActionCall | HttpCall;
  /** Null for an HTTP action. */
  fn: CheckedFunction | null;
  name: string;
  logs: string[];
  started: number;
  timer: NodeJS.Timeout;
}
