// A part of a turn: calls that wait for the functions' context, one of which runs at a time.
import type { Outcome } from "./cache.ts";
import type { CheckedFunction } from "./catalog.ts";
import type { MutationCall, QueryCall, WriteCall } from "./queue.ts";
import type { Run } from "./run.ts";

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
  /**
   * The watchdog has struck, perhaps in the middle of the host's own work. What was not committed begins again, `begun` too, the
   * call that was just being taken; but nothing has happened yet to `failing`, which will be told that it took too long.
   */
  redo(failing: AnyCall | null, begun: AnyCall | null): void;
}
