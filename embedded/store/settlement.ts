// Moves commits from the log to SQLite, a little later and many documents at a time, while no call waits.

import { Minutely } from "../ground/minutely.ts";
import type { Log } from "./log.ts";
import type { Overlay } from "./overlay.ts";
import type { Store } from "./store.ts";

/** Delay from a turn to the writing of its documents to SQLite. */
const AFTER_MS = 100;
const AT_ONCE = 128;
const RETRY_MS = 1000;
const LOG_STARTS_OVER = 2 << 20;
const LOG_LIMIT = 8 << 20;
/** Most documents that are held outside SQLite. */
const OVERLAY_LIMIT = 4000;

export class Settlement {
  readonly #store: Store;
  readonly #overlay: Overlay;
  readonly #log: Log;
  /** The newest commit that is on disk. */
  readonly #saved: () => bigint;
  readonly #trouble = new Minutely();
  #epoch: number;
  #timer: NodeJS.Timeout | null = null;
  #failing = false;
  /** Whether SQLite is being brought to disk, so that the log may start over. */
  #sync: "not" | "running" | "done" = "not";
  /** The length of the log when that was last begun. */
  #synced = 0;

  constructor(store: Store, overlay: Overlay, log: Log, epoch: number, saved: () => bigint) {
    this.#store = store;
    this.#overlay = overlay;
    this.#log = log;
    this.#epoch = epoch;
    this.#saved = saved;
  }

  get isFull(): boolean {
    return this.#overlay.documents.size > OVERLAY_LIMIT;
  }

  /** Whether no mutation may begin until the log has started over, which it cannot do while records are being written. */
  get isOverdue(): boolean {
    return (this.isFull || this.#log.bytes > LOG_LIMIT) && !this.#failing;
  }

  /** Schedules the move: the log has documents that SQLite lacks. */
  soon(): void {
    if (this.isOverdue) this.#try(Infinity);
    else this.#timer ??= setTimeout(() => this.#some(), AFTER_MS);
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }

  #some(): void {
    this.#timer = null;
    const isLong = this.#log.bytes - this.#synced >= LOG_STARTS_OVER;
    if (isLong && this.#sync !== "running") void this.#syncFirst();
    this.#try(Math.max(AT_ONCE, this.#overlay.documents.size >> 2), this.#sync === "done" ? LOG_STARTS_OVER : Infinity);
    const left = this.#overlay.documents.size;
    // A few may be on their way to the log: each transaction of SQLite costs as much as ten documents.
    if (!this.#overlay.isEmpty) this.#timer ??= setTimeout(() => this.#some(), left < AT_ONCE ? AFTER_MS : 0);
  }

  /** Else the log's start would wait for the disk while all calls wait: 20-40 ms, or as long as the disk pauses. */
  async #syncFirst(): Promise<void> {
    this.#sync = "running";
    const { bytes } = this.#log;
    await this.#store.sync().catch(() => {}); // the transaction that follows reports what is wrong
    this.#synced = bytes;
    this.#sync = "done";
    this.soon();
  }

  /** If SQLite fails, the log still has all documents, and a later attempt moves them. */
  #try(limit: number, longLog = LOG_STARTS_OVER): void {
    try {
      this.settle(limit, longLog);
      this.#failing = false;
    } catch (error) {
      this.#failing = true;
      this.#trouble.report(
        () => `The log could not be moved into the database file, and grows: ${(error as Error).message}`,
      );
      this.#timer ??= setTimeout(() => this.#some(), RETRY_MS);
    }
  }

  /**
   * Moves at most `limit` documents, all of which are on disk in the log. Once all are moved, a log longer than `longLog` starts over.
   * Raises SQLite's errors.
   */
  settle(limit = Infinity, longLog = LOG_STARTS_OVER): void {
    const saved = this.#saved();
    const documents = [...this.#overlay.documents.values()].filter(({ ts }) => ts <= saved).slice(0, limit);
    const answers = [...this.#overlay.answers].filter(([, { ts }]) => ts <= saved).slice(0, limit);
    const all = documents.length === this.#overlay.documents.size && answers.length === this.#overlay.answers.size;
    const startOver = all && this.#log.bytes >= longLog;
    const meta: Record<string, string> = startOver ? { ts: String(saved), epoch: String(this.#epoch + 1) } : {};
    this.#store.settle(
      documents,
      answers.map(([, answer]) => answer),
      startOver,
      meta,
    );
    for (const dirty of documents) this.#overlay.forget(dirty);
    for (const [name] of answers) this.#overlay.answers.delete(name);
    if (!startOver) return;
    this.#log.startOver(++this.#epoch);
    this.#sync = "not";
    this.#synced = 0;
  }
}
