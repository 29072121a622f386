// Actions, and HTTP actions, as somebody calls them and as they run.
import type { HttpRequest } from "./action_thread.ts";
import type { Outcome } from "./cache.ts";
import type { CheckedFunction } from "./checked_function.ts";
import type { FunctionError, RequestError } from "./errors.ts";
import type { Identity } from "./identity.ts";
import type { Origin } from "./run.ts";
import type { Json } from "./values.ts";

export interface ActionCall {
  path: string;
  args: Json;
  identity: Identity | null;
  trusted?: boolean;
  origin?: Origin;
  done: (outcome: Outcome) => void;
}

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
