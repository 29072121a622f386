// Calls of HTTP actions, and running actions of both kinds.

import type { Identity } from "../auth/identity.ts";
import type { CheckedFunction } from "../functions/checked_function.ts";
import type { ActionCall, Origin } from "../run/call.ts";
import type { Outcome } from "../run/result.ts";
import type { FunctionError, RequestError } from "../value/errors.ts";
import type { HttpRequest } from "./thread.ts";
import type { ActionWorker } from "./worker.ts";

export interface HttpCall {
  /** Whose router answers; empty for the app's. */
  component: string;
  /** The path as that router knows it. */
  route: string;
  request: HttpRequest;
  /** An error if the Authorization header is invalid: raised when the action asks for the caller. */
  identity: Identity | RequestError | null;
  origin: Origin;
  head: (status: number, headers: [string, string][]) => void;
  /** Calls `written` when the bytes are on their way to the client. */
  chunk: (bytes: Uint8Array, written: () => void) => void;
  /** Calls when the client has left. */
  onGone: (gone: () => void) => void;
  done: (outcome: Outcome, error?: FunctionError) => void;
}

/** A running action. */
export interface ActionRun {
  call: ActionCall | HttpCall;
  /** Null for an HTTP action. */
  fn: CheckedFunction | null;
  component: string;
  name: string;
  thread: ActionWorker;
  logs: string[];
  started: number;
  timer: NodeJS.Timeout;
}
