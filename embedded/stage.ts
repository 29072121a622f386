// A part of a turn: calls that wait for the functions' context, one of which runs at a time.
import type { Outcome } from "./cache.ts";
import type { CheckedFunction } from "./catalog.ts";
import type { MutationCall, QueryCall, WriteCall } from "./queue.ts";
import type { Run } from "./run.ts";

/** A function on its way. */
export interface Started {
  run: Run;
  fn: CheckedFunction;
  /** What the context is told: see sandbox.ts. */
  text: string;
  /** Takes how it ended, and whether it looked at the clock or at chance. */
  end(outcome: Outcome, usedTime: boolean): void;
}

export interface Stage<Call extends MutationCall | WriteCall | QueryCall = MutationCall | WriteCall | QueryCall> {
  /** The next call, left where it is; null when there is none for now. */
  peek(): Call | null;
  /** Takes it. Null if it needed no function: then it is answered. */
  start(call: Call): Started | null;
  /** The context was lost: what has not ended begins again, but for the function that ran. */
  redo(): void;
}
