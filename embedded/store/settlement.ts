// From the log to SQLite: what is committed is written there a little later, many documents at a time, when nobody waits.

import { Minutely } from "../ground/minutely.ts";
import type { Log } from "./log.ts";
import type { Overlay } from "./overlay.ts";
import type { Store } from "./store.ts";

/** SQLite gets the documents of one turn this long after it. */
const AFTER_MS = 50;
const AT_ONCE = 128;
const RETRY_MS = 1000;
const LOG_STARTS_OVER = 2 << 20;
const LOG_LIMIT = 8 << 20;
/** More documents than these are not held outside of SQLite. */
const OVERLAY_LIMIT = 4000;

export class Settlement {
  readonly #store: Store;
  readonly #overlay: Overlay;
  readonly #log: Log;
  /** The newest commit, null while there is one that is not whole yet. */
  readonly #ts: () => bigint | null;
  readonly #trouble = new Minutely();
  #epoch: number;
  #timer: NodeJS.Timeout | null = null;

  constructor(store: Store, overlay: Overlay, log: Log, epoch: number, ts: () => bigint | null) {
    this.#store = store;
    this.#overlay = overlay;
    this.#log = log;
    this.#epoch = epoch;
    this.#ts = ts;
  }

  get isFull(): boolean {
    return this.#overlay.documents.size > OVERLAY_LIMIT;
  }

  /** There is something in the log that SQLite does not have. */
  soon(): void {
    if (this.isFull || this.#log.bytes > LOG_LIMIT) this.#try(Infinity);
    else this.#timer ??= setTimeout(() => this.#some(), AFTER_MS);
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }

  #some(): void {
    this.#timer = null;
    this.#try(Math.max(AT_ONCE, this.#overlay.documents.size >> 2));
    if (!this.#overlay.isEmpty) this.#timer ??= setTimeout(() => this.#some(), 0);
  }

  /** The log has it all: what SQLite does not take now, it takes later. */
  #try(limit: number): void {
    try {
      this.settle(limit);
    } catch (error) {
      this.#trouble.report(
        () => `The log could not be moved into the database file, and grows: ${(error as Error).message}`,
      );
      this.#timer ??= setTimeout(() => this.#some(), RETRY_MS);
    }
  }

  /** At most `limit` documents. When all are there, a log longer than `longLog` starts over. Raises what SQLite says. */
  settle(limit = Infinity, longLog = LOG_STARTS_OVER): void {
    const documents = [...this.#overlay.documents.values()].slice(0, limit);
    const answers = [...this.#overlay.answers].slice(0, limit);
    const all = documents.length === this.#overlay.documents.size && answers.length === this.#overlay.answers.size;
    const ts = this.#ts();
    const startOver = all && ts !== null && this.#log.bytes >= longLog;
    const meta: Record<string, string> = startOver ? { ts: String(ts), epoch: String(this.#epoch + 1) } : {};
    this.#store.settle(
      documents,
      answers.map(([, answer]) => answer),
      startOver,
      meta,
    );
    for (const dirty of documents) this.#overlay.forget(dirty);
    for (const [name] of answers) this.#overlay.answers.delete(name);
    if (startOver) this.#log.startOver(++this.#epoch);
  }
}
