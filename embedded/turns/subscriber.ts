// A client with subscribed queries, which are answered again when their data changes.
import type { QueryCall } from "../run/call.ts";

/** Gets at most one delivery a turn. */
export interface Subscriber {
  /** The queries to run now. */
  questions(): QueryCall[];
  /** All queries that were answered are as of `ts`, which is on disk. */
  deliver(ts: bigint): void;
}
