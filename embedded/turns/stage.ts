// A part of a turn: calls that wait for the functions' context, one of which runs at a time.
import type { CheckedFunction } from "../functions/checked_function.ts";
import type { MutationCall, QueryCall, WriteCall } from "../run/call.ts";
import type { Outcome } from "../run/result.ts";
import type { Run } from "../run/run.ts";

export type AnyCall = MutationCall | WriteCall | QueryCall;

/** A function on its way. */
export interface Started {
  call: AnyCall;
  run: Run;
  fn: CheckedFunction;
  /** What the context is told: see sandbox.ts. */
  text: string;
  /** Takes how it ended, and whether it looked at the clock or at chance. */
  end(outcome: Outcome, usedTime: boolean): void;
}

export interface Stage<Call extends AnyCall = AnyCall> {
  /** The next call, left where it is; null when there is none for now. */
  peek(): Call | null;
  /** Takes it. Null if it needed no function: then it is answered. */
  start(call: Call): Started | null;
  /** The call was cut off by no fault of its own: it is the next again. */
  retry(call: AnyCall): void;
}
