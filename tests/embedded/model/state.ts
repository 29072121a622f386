// What there is at a time: documents and jobs.
import { CommitTsPlaceholder, type Value } from "convex/values";
import type { Tables } from "./queries.ts";
import { isRecord } from "./shapes.ts";
import type { Step } from "./steps.ts";

export interface Job {
  op: string;
  steps: Step[];
  state: "pending" | "success" | "canceled";
}

export interface State {
  readonly tables: Tables;
  readonly jobs: ReadonlyMap<string, Job>;
}

/** Every placeholder becomes the timestamp of the commit. */
export function resolved<T extends Value>(value: T, ts: bigint): T {
  if (value instanceof CommitTsPlaceholder) return ts as T;
  if (Array.isArray(value)) return value.map((item) => resolved(item, ts)) as T;
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, resolved(item!, ts)])) as T;
}
