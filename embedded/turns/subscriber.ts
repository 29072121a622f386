// Somebody whose queries the deployment answers again when their data changes.
import type { QueryCall } from "../run/call.ts";

/** Somebody with subscriptions, who is told once a turn. */
export interface Subscriber {
  /** The queries to run for it, now. */
  questions(): QueryCall[];
  /** All of them are answered, as of `ts`. */
  deliver(ts: bigint): void;
}
