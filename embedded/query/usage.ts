// What a transaction has used of its limits. A nested call may have narrower ones.
import { displaySize } from "../value/display.ts";
import { FunctionError } from "../value/errors.ts";
import { LIMITS } from "../value/values.ts";

const READ_LESS =
  "Consider using smaller limits in your queries, paginating your queries, or using indexed queries with a selective index range expressions.";

/** Each resource with its limit, and the words for having passed it. */
const RESOURCES = {
  bytesRead: {
    limit: LIMITS.bytesRead,
    said: (limit: number) => `Too many bytes read in a single function execution (limit: ${limit} bytes). ${READ_LESS}`,
  },
  bytesWritten: {
    limit: LIMITS.bytesWritten,
    said: (limit: number) => `Too many bytes written in a single function execution (limit: ${displaySize(limit)})`,
  },
  databaseQueries: {
    limit: LIMITS.rangesRead,
    said: (limit: number) => `Too many reads in a single function execution (limit: ${limit}). ${READ_LESS}`,
  },
  documentsRead: {
    limit: LIMITS.documentsRead,
    said: (limit: number) => `Too many documents read in a single function execution (limit: ${limit}). ${READ_LESS}`,
  },
  documentsWritten: {
    limit: LIMITS.documentsWritten,
    said: (limit: number) => `Too many writes in a single function execution (limit: ${limit})`,
  },
  functionsScheduled: {
    limit: LIMITS.functionsScheduled,
    said: (limit: number) => `Too many functions scheduled by this mutation (limit: ${limit})`,
  },
  scheduledFunctionArgsBytes: {
    limit: LIMITS.argumentBytes,
    said: (limit: number) =>
      `Too large total size of the arguments of scheduled functions from this mutation (limit: ${limit} bytes)`,
  },
} as const;

export type Resource = keyof typeof RESOURCES;
export type Amounts = Record<Resource, number>;

const NAMES = Object.keys(RESOURCES) as Resource[];
const every = (amount: (name: Resource) => number): Amounts =>
  Object.fromEntries(NAMES.map((name) => [name, amount(name)])) as Amounts;

/** Undoing the writes of a nested call gives these back. What was read stays read. */
const GIVEN_BACK = ["bytesWritten", "documentsWritten", "functionsScheduled", "scheduledFunctionArgsBytes"] as const;

/** The limits before a nested call narrowed them. */
export type Limits = { limits: Amounts; ends: Amounts };

export class Usage {
  readonly used: Amounts = every(() => 0);
  #limits: Amounts = every((name) => RESOURCES[name].limit);
  /** What `used` may not pass: a nested call counts from its beginning. */
  #ends: Amounts = this.#limits;

  /** Raises FunctionError if that is too much. */
  spend(name: Resource, amount: number): void {
    this.used[name] += amount;
    if (this.used[name] > this.#ends[name]) throw new FunctionError(RESOURCES[name].said(this.#limits[name]));
  }

  #left(name: Resource): number {
    return Math.max(0, this.#ends[name] - this.used[name]);
  }

  /** For `ctx.meta.getTransactionMetrics()`. */
  toJSON(): Record<Resource, { used: number; remaining: number }> {
    const parts = NAMES.map((name) => [name, { used: this.used[name], remaining: this.#left(name) }]);
    return Object.fromEntries(parts) as Record<Resource, { used: number; remaining: number }>;
  }

  /** Until `restore`, no more than these may be used from now on. They can only lower what is left. */
  narrow(limits: Partial<Amounts> | undefined): Limits {
    const before = { limits: this.#limits, ends: this.#ends };
    if (limits === undefined) return before;
    this.#limits = every((name) => Math.min(limits[name] ?? Infinity, before.limits[name]));
    this.#ends = every((name) => Math.min(this.used[name] + (limits[name] ?? Infinity), before.ends[name]));
    return before;
  }

  restore({ limits, ends }: Limits): void {
    this.#limits = limits;
    this.#ends = ends;
  }

  giveBack(before: Amounts): void {
    for (const name of GIVEN_BACK) this.used[name] = before[name];
  }
}
