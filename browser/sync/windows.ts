// The visible windows of this browser. By HTTP/1.1 a browser opens six connections to a host, for all its windows together, and a
// stream keeps one of them. So only the windows that were used last keep a stream open; the others look in now and then.
import { newId } from "../ground/identifiers.ts";
import { onKey } from "../ground/keydown.ts";
import { Listeners } from "../ground/listeners.ts";

/** So many windows keep a stream; the other connections are for saving and for windows that look in. */
const STREAMS = 3;

/** Between two words of a window, and the silence after which it is taken for closed, in ms. */
const BEAT = 1_000;
const GONE = 15_000;

/** A window notifies the others of changes on its board at most this often, in ms. */
const NEWS = 200;

/** All windows together look in about so often, but none more often than every second; and one that is hidden seldom, in ms. */
const LOOK = 250;
const HIDDEN = 8_000;

/** What a window says of itself: when it was last used (0: it is hidden or closed), and the change up to which it shows its board. */
type Word = { id: string; usedAt: number; board: string; ts: bigint };

/** Windows tell each other how far they are, never what a board shows: each reads that for itself, as the person that it is for. */
export class Windows {
  #id = newId();
  #usedAt = Date.now();
  #board;
  #seen;
  /** None if streams need not be shared */
  #channel: BroadcastChannel | null = null;
  #others: Map<string, Word & { heardAt: number }> = new Map();
  #news: ReturnType<typeof setTimeout> | undefined;

  /** What is said below may have changed. */
  changes: Listeners<[]> = new Listeners();

  /** @param seen the last change on the page */
  constructor(board: string, seen: () => bigint) {
    this.#board = board;
    this.#seen = seen;
    if (multiplexed() || !("BroadcastChannel" in globalThis)) return;
    this.#channel = new BroadcastChannel("easel:windows");
    this.#channel.addEventListener("message", ({ data }) => this.#hear(data));
    onKey(globalThis, () => this.#use(), true);
    for (const name of ["pointerdown", "focus", "drop"])
      addEventListener(name, () => this.#use(), { capture: true, passive: true });
    document.addEventListener("visibilitychange", () => {
      this.#usedAt = Date.now();
      this.#beat();
    });
    addEventListener("pagehide", () => this.#say(0));
    setInterval(() => this.#beat(), BEAT);
    this.#say();
  }

  /** Whether this window may keep a stream open. */
  get keeps() {
    if (!this.#channel) return true;
    const before = [...this.#others.values()].filter(
      ({ usedAt, id }) => usedAt > this.#usedAt || (usedAt === this.#usedAt && id > this.#id),
    );
    return !document.hidden && before.length < STREAMS;
  }

  /** Whether another window shows a newer state of this board. */
  get behind() {
    return [...this.#others.values()].some(({ board, ts }) => board === this.#board && ts > this.#seen());
  }

  /** After how long a window that keeps no stream looks in again, in ms. */
  get pause() {
    return document.hidden ? HIDDEN : Math.max(1_000, LOOK * (this.#others.size + 1 - STREAMS));
  }

  /** The page shows a newer state of its board. */
  changed() {
    this.#news ??= setTimeout(() => {
      this.#news = undefined;
      this.#say();
    }, NEWS);
  }

  #use() {
    const kept = this.keeps;
    this.#usedAt = Date.now();
    if (!kept) this.#beat(); // else the next one is soon enough
  }

  #beat() {
    for (const [id, { heardAt }] of this.#others) if (Date.now() - heardAt > GONE) this.#others.delete(id);
    this.#say();
    this.changes.tell();
  }

  #say(usedAt = document.hidden ? 0 : this.#usedAt) {
    const word: Word = { id: this.#id, usedAt, board: this.#board, ts: this.#seen() };
    this.#channel?.postMessage(word);
  }

  #hear(word: Word) {
    if (word.usedAt) this.#others.set(word.id, { ...word, heardAt: Date.now() });
    else this.#others.delete(word.id);
    this.changes.tell();
  }
}

/** Whether the page came by HTTP/2 or 3, where streams share one connection. */
function multiplexed() {
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return /^h[23]/.test(navigation?.nextHopProtocol ?? "");
}
