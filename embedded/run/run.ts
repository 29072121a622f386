// One execution of a query or mutation: its transaction, its nested calls, what it printed.

import type { Identity } from "../auth/identity.ts";
import type { Place } from "../functions/address.ts";
import type { Catalog } from "../functions/catalog.ts";
import { type CheckedFunction, kindName } from "../functions/checked_function.ts";
import type { Kind } from "../functions/listing.ts";
import { visible } from "../ground/terminal.ts";
import type { Stream } from "../query/query.ts";
import { type Mark, Transaction } from "../query/transaction.ts";
import type { Amounts, Limits } from "../query/usage.ts";
import { addLine, logLine, position, Timers } from "../sandbox/console.ts";
import type { Readable } from "../store/readable.ts";
import { FunctionError } from "../value/errors.ts";
import type { Json } from "../value/json.ts";
import type { Origin } from "./call.ts";
import type { Host } from "./host.ts";

/** Calls within calls. */
const MAX_DEPTH = 8;

interface Frame {
  fn: CheckedFunction;
  mark: Mark;
  limits: Limits;
  paginated: boolean;
}

export class Run {
  readonly tx: Transaction;
  readonly host: Host;
  /** Of the app or of the component whose code asks for something now: see `of`. */
  catalog: Catalog;
  readonly identity: Identity | null;
  readonly origin: Origin;
  /** Runs once everything is on disk. */
  readonly committed: (() => void)[] = [];
  readonly logs: string[] = [];
  readonly #timers = new Timers((level, said, args) => this.#say(level, said, args));
  readonly streams = new Map<number, Stream>();
  readonly #frames: Frame[] = [];
  readIdentity = false;
  /** The end of the live page at its last reading, and its end now. */
  readonly #keptEnd: string | null;
  #pageEnd: string | null = null;

  constructor(
    host: Host,
    catalog: Catalog,
    fn: CheckedFunction,
    identity: Identity | null,
    origin: Origin,
    journal: string | null,
    past?: Readable,
  ) {
    this.host = host;
    this.tx = new Transaction(past ?? host.db, fn.component);
    this.catalog = catalog;
    this.identity = identity;
    this.origin = origin;
    this.#keptEnd = journal === null ? null : readJournal(journal);
    this.#frames.push({ fn, mark: this.tx.mark(), limits: this.tx.usage.narrow(undefined), paginated: false });
  }

  /** What is read and written from now on is of this component. */
  of(component: string): void {
    if (component === this.catalog.component) return;
    this.catalog = this.catalog.of(component);
    this.tx.component = component;
  }

  get fn(): CheckedFunction {
    return this.#frames.at(-1)!.fn;
  }

  get journal(): string | null {
    return this.#pageEnd === null ? null : JSON.stringify({ endCursor: this.#pageEnd });
  }

  /** A page, which may be the only one of its function; `read` takes and returns where the page ends. */
  page(read: (keptEnd: string | null) => { text: string; end: string }): string {
    const frame = this.#frames.at(-1)!;
    if (frame.paginated) {
      throw new FunctionError(
        "This query or mutation function ran multiple paginated queries. Convex only supports a single paginated query in each function.",
      );
    }
    frame.paginated = true;
    const outermost = this.#frames.length === 1;
    const { text, end } = read(outermost ? this.#keptEnd : null);
    if (outermost) this.#pageEnd = end;
    return text;
  }

  /** Raises FunctionError in a query: those only read. */
  mustWrite(what: string): void {
    if (this.fn.kind !== "mutation")
      throw new FunctionError(`${what} is not allowed in a query: queries only read. Use a mutation.`);
  }

  /** Starts a nested call. The caller then runs the function and calls `leave`. */
  enter({ catalog, path }: Place, kind: Kind, args: Json, limits?: Partial<Amounts>): CheckedFunction {
    if (this.#frames.length > MAX_DEPTH)
      throw new FunctionError("Cross component call depth limit exceeded. Do you have an infinite loop in your app?");
    if (kind === "mutation" && this.fn.kind !== "mutation")
      throw new FunctionError(`Cannot call a Mutation function from a ${kindName(this.fn.kind)} function`);
    const fn = catalog.findCallable(path, kind, true);
    fn.checkArgs(args);
    this.#frames.push({ fn, mark: this.tx.mark(), limits: this.tx.usage.narrow(limits), paginated: false });
    return fn;
  }

  /** Ends a nested call, and undoes its writes if it failed. */
  leave(ok: boolean, result: string): string {
    const { fn, mark, limits } = this.#frames.pop()!;
    this.tx.usage.restore(limits);
    try {
      if (!ok) throw fail(result, this.catalog.trace);
      fn.checkReturns(result);
      return result;
    } catch (error) {
      this.tx.undoTo(mark);
      throw error;
    }
  }

  /** Undoes what calls wrote that the function did not await: they are cut off when it ends. */
  end(): void {
    const [unfinished] = this.#frames.splice(1);
    if (unfinished) this.tx.undoTo(unfinished.mark);
  }

  log(level: string, args: unknown[]): void {
    if (level === "time") this.#timers.time(...args);
    else if (level === "timeLog") this.#timers.log(...args);
    else if (level === "timeEnd") this.#timers.end(...args);
    else this.#say(level, "", args);
  }

  /** Adds a line of Convex's own. */
  warn(message: string): void {
    this.#say("warn", message, []);
  }

  #say(level: string, said: string, args: unknown[]): void {
    const trace = this.catalog.trace(new Error().stack ?? "");
    const line = logLine(level, args, said) + (level === "trace" ? `\n${trace.trimEnd()}` : "");
    addLine(this.logs, line);
    console.error(visible(`${this.fn.title} ${line}${position(trace)}`));
  }
}

export type Syscall = (run: Run, args: any) => string;

/** The caller's error for an error that the sandbox reports. */
export function fail(described: string, trace: (stack: string) => string): FunctionError {
  const { message, stack, data } = JSON.parse(described) as { message: string; stack: string; data?: string };
  return new FunctionError(message, data === undefined ? undefined : (JSON.parse(data) as Json), trace(stack));
}

function readJournal(journal: string): string | null {
  try {
    const { endCursor } = JSON.parse(journal) as { endCursor?: unknown };
    return typeof endCursor === "string" ? endCursor : null;
  } catch {
    return null;
  }
}
