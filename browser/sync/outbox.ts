import { newId } from "../ground/identifiers.ts";
import { Listeners } from "../ground/listeners.ts";
import { explained } from "../site/refusal.ts";
import type { Answer, Change, Entry, Reversal } from "../types/change.ts";
import { OutboxDisk } from "./outbox-disk.ts";
import { acknowledges, post } from "./post.ts";
import { halves, split } from "./splitting.ts";
import type { Trouble } from "./verdict.ts";
import { verdict } from "./verdict.ts";

/** The first and the longest wait before a request is sent again, in ms. */
const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;

/** Nobody signs in again, or is let in again, sooner than this, in ms: a page left open must not ask all night, twice a second. */
const PERSONS_WAIT = 30_000;

/**
 * Refusals of a change that two smaller ones may pass. What a change comes to depends on shapes that this page may not have: to
 * recolour 100 of the largest strokes reads more than one function may.
 */
const TOO_MUCH = ["too_much", "too_large", "change_too_large"];

/** What a person has to heal, and not time. */
const OF_PERSONS: Trouble[] = ["signed-out", "somebody-else", "view-only", "gone", "too-large"];

/**
 * The only writer: what the page has done and the server has not confirmed, in order, one request at a time. It is kept in
 * localStorage, so it survives a reload, and is sent again with the same `changeId` until there is an answer.
 */
export class Outbox {
  #entries: Entry[] = [];
  #disk;
  #url;
  #fetch;
  #later;
  #random;
  #sending = false;
  #failures = 0;
  #timer: unknown = null;

  /** Null while requests are answered. */
  trouble: Trouble | null = null;
  answers: Listeners<[Entry, Answer]> = new Listeners();
  /** The server refused the change itself, or an undo of one. */
  refusals: Listeners<[Entry, message: string]> = new Listeners();
  /** The number that wait, or the trouble, has changed. */
  changes: Listeners<[]> = new Listeners();

  constructor({
    url,
    key,
    storage,
    fetch,
    later,
    random,
  }: {
    /** Of the board */
    url: string;
    /** In the storage */
    key: string;
    /** May throw */
    storage?: () => Storage;
    fetch?: typeof globalThis.fetch;
    later?: (work: () => void, ms: number) => unknown;
    /** 0 to 1 */
    random?: () => number;
  }) {
    this.#url = url;
    this.#fetch = fetch ?? globalThis.fetch.bind(globalThis);
    this.#later = later ?? ((work, ms) => setTimeout(work, ms));
    this.#random = random ?? Math.random;
    this.#disk = new OutboxDisk(key, storage ?? (() => localStorage));
    this.#entries = this.#disk.read();
    this.#disk.own(this.#entries);
  }

  /** Whether what waits is on disk. */
  get durable() {
    return this.#disk.durable;
  }

  /** @returns what waits, oldest first */
  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** Queues a gesture's change. One that is over the server's limits becomes several. */
  commit(change: Change): Entry[] {
    const entries: Entry[] = split(change).map((part) => ({
      changeId: newId(),
      action: "changes",
      ...part,
      ...(change.clears && { clears: true }),
    }));
    entries.slice(1).forEach((entry, i) => (entry.continues = entries[i].changeId));
    return this.#add(entries);
  }

  /**
   * Queues an undo or redo of one's own last change, or the like, behind the changes that wait; the rest of a gesture, before them.
   * @param continues the entry that took its other part back
   */
  revert(action: Reversal, continues?: string) {
    const entry = { changeId: newId(), action };
    return continues ? this.#add([{ ...entry, continues }], 0) : this.#add([entry]);
  }

  /** Queues entries that another person of this browser left; the server knows them by their changeIds if it has them. */
  adopt(entries: Entry[]) {
    return this.#add(entries.filter((entry) => !this.#disk.knows(entry)).map((entry) => ({ ...entry, adopted: true })));
  }

  /** Drops entries that were discarded, or that somebody else has adopted. @returns those that waited here */
  drop(changeIds: readonly string[]): Entry[] {
    const dropped = this.#entries.filter(({ changeId }) => changeIds.includes(changeId));
    this.#entries = this.#entries.filter((entry) => !dropped.includes(entry));
    if (!this.#entries.length) this.trouble = null;
    if (dropped.length) this.#disk.save(this.#entries);
    if (dropped.length) this.changes.tell();
    return dropped;
  }

  /** Sends what waits now, whatever the wait was for. */
  flush() {
    this.#timer = null;
    void this.#drain();
  }

  #add(entries: Entry[], place: number = this.#entries.length) {
    this.#entries.splice(place, 0, ...entries);
    this.#disk.own(entries);
    this.#disk.save(this.#entries);
    this.changes.tell();
    if (this.#timer === null) void this.#drain();
    return entries;
  }

  async #drain() {
    if (this.#sending) return;
    this.#sending = true;
    while (this.#entries.length && this.#timer === null) await this.#sendFirst();
    this.#sending = false;
  }

  async #sendFirst() {
    const entry = this.#entries[0];
    const response = await post(this.#fetch, this.#url, entry).catch(() => null);
    if (!response) return this.#wait("offline", 0);
    const body = await response.json().catch(() => null);
    const means = verdict(response.status, body, acknowledges(entry, body));
    if (means === "saved") this.#done(entry, () => this.answers.tell(entry, body));
    else if (entry.adopted && body?.error?.code === "conflict")
      this.#done(entry, () => this.answers.tell(entry, {})); // its first sender got through
    else if (means === "refused" && TOO_MUCH.includes(body.error.code) && this.#halve(entry)) this.#failures = 0;
    else if (means === "refused") this.#done(entry, () => this.refusals.tell(entry, explained(body.error)));
    else if (entry.action !== "changes" && (means === "view-only" || means === "gone")) {
      this.#done(entry, () => this.refusals.tell(entry, explained(body.error))); // no work is lost, and later it would undo something else
    } else {
      const told =
        OF_PERSONS.includes(means) && this.#failures
          ? PERSONS_WAIT
          : Number(response.headers.get("Retry-After")) * 1000;
      this.#wait(means, told);
    }
  }

  /** Sends a change as two, which are one step of undo. Whether it can be done. */
  #halve(entry: Entry) {
    const parts = entry.action === "changes" ? halves(entry) : [];
    const place = this.#entries.indexOf(entry); // an undo may have come before it meanwhile, or it was discarded
    if (parts.length < 2 || place < 0) return false;
    const { put: _, patch: __, remove: ___, ...rest } = entry;
    // The last one keeps the name: whatever waits for the whole waits for that, and the rest of the gesture continues it.
    const entries = parts.map((part, i) => ({
      ...rest,
      ...part,
      changeId: i < parts.length - 1 ? newId() : entry.changeId,
    }));
    entries.slice(1).forEach((next, i) => (next.continues = entries[i].changeId));
    this.#entries.splice(place, 1);
    this.#add(entries, place);
    return true;
  }

  /** An entry has its answer. */
  #done(entry: Entry, tell: () => void) {
    this.#entries = this.#entries.filter((other) => other !== entry);
    this.#failures = 0;
    this.trouble = null;
    this.#disk.save(this.#entries);
    tell();
    this.changes.tell();
  }

  /** @param told the wait that the server demands, in ms */
  #wait(trouble: Trouble, told: number) {
    const grown = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#failures++);
    this.trouble = trouble;
    this.#timer = this.#later(() => this.flush(), Math.max(told || 0, grown * (0.5 + this.#random() / 2)));
    this.changes.tell();
  }
}
