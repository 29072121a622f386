// One part of a turn: calls that wait for the functions' context. One runs at a time.
import type { CheckedFunction } from "../functions/checked_function.ts";
import type { MutationCall, QueryCall, WriteCall } from "../run/call.ts";
import type { Outcome } from "../run/result.ts";
import type { Run } from "../run/run.ts";

export type AnyCall = MutationCall | WriteCall | QueryCall;

/** A call that is about to run. */
export interface Started {
  call: AnyCall;
  run: Run;
  fn: CheckedFunction;
  /** The call as text for the context: see sandbox/sandbox.ts. */
  text: string;
  /** Takes the outcome; `usedTime` says whether the call read the clock or random numbers. */
  end(outcome: Outcome, usedTime: boolean): void;
}

export interface Stage<Call extends AnyCall = AnyCall> {
  /** The next call, without taking it; null if none waits. */
  peek(): Call | null;
  /** Takes the next call. Null if it was answered without running a function. */
  start(call: Call): Started | null;
  /** Puts a call back in front: it was interrupted through no fault of its own. */
  retry(call: AnyCall): void;
}
