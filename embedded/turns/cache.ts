// Cached results of queries. A result serves all equal queries until a write touches what it read.
import { IntervalSet } from "../query/intervals.ts";
import type { Point } from "../query/reads.ts";
import type { Question, Result, Watcher } from "../run/result.ts";

const IDLE_ENTRIES = 2000;
const IDLE_CHARACTERS = 32 << 20;
const CLOCK_FRESH_MS = 5000;

export class QueryCache {
  readonly #results = new Map<string, Result>();
  readonly #all = new Set<Result>();
  readonly #ranges = new Map<number, IntervalSet<Result>>();
  readonly #points = new Map<number, Map<string, Set<Result>>>();
  readonly #idle = new Set<Result>();
  #idleCharacters = 0;

  find(question: Question): Result | null {
    const anyone = this.#results.get(keyOf(question, null));
    const result = anyone ?? this.#results.get(keyOf(question, question.identity ?? NOBODY));
    if (!result || (result.usedTime && performance.now() - result.at > CLOCK_FRESH_MS)) return null;
    return result;
  }

  add(result: Result): void {
    this.#results.set(keyFor(result), result);
    this.#all.add(result);
    for (const { index, lo, hi } of result.reads.ranges) {
      if (lo >= hi) continue;
      let set = this.#ranges.get(index);
      if (!set) this.#ranges.set(index, (set = new IntervalSet()));
      result.nodes.push({ set, node: set.add(lo, hi, result) });
    }
    for (const [index, keys] of result.reads.points) {
      let readers = this.#points.get(index);
      if (!readers) this.#points.set(index, (readers = new Map()));
      for (const key of keys) {
        const found = readers.get(key);
        if (found) found.add(result);
        else readers.set(key, new Set([result]));
      }
    }
    this.#rest(result);
  }

  watch(result: Result, watcher: Watcher): void {
    result.watchers.add(watcher);
    if (this.#idle.delete(result)) this.#idleCharacters -= result.fragment.length;
  }

  unwatch(result: Result, watcher: Watcher): void {
    result.watchers.delete(watcher);
    if (result.watchers.size === 0 && result.nodes !== GONE) this.#rest(result);
  }

  /** Drops every result that read one of these keys, and notifies its watchers. */
  invalidate(touched: readonly Point[]): void {
    const stale = new Set<Result>();
    const found = (result: Result): void => void stale.add(result);
    for (const { index, key } of touched) {
      this.#points.get(index)?.get(key)?.forEach(found);
      this.#ranges.get(index)?.find(key, found);
    }
    for (const result of stale) this.#drop(result);
  }

  clear(): void {
    for (const result of [...this.#all]) this.#drop(result);
  }

  #drop(result: Result): void {
    this.#forget(result);
    for (const watcher of result.watchers) watcher.stale();
  }

  #forget(result: Result): void {
    if (result.nodes === GONE) return;
    this.#all.delete(result);
    const key = keyFor(result);
    if (this.#results.get(key) === result) this.#results.delete(key);
    for (const { set, node } of result.nodes) set.remove(node);
    result.nodes = GONE;
    for (const [index, keys] of result.reads.points) {
      const readers = this.#points.get(index)!;
      for (const key of keys) {
        const found = readers.get(key);
        found?.delete(result);
        if (found?.size === 0) readers.delete(key);
      }
    }
    if (this.#idle.delete(result)) this.#idleCharacters -= result.fragment.length;
  }

  /** Drops the oldest unwatched results when there are too many. */
  #rest(result: Result): void {
    this.#idle.add(result);
    this.#idleCharacters += result.fragment.length;
    for (const oldest of this.#idle) {
      if (this.#idle.size <= IDLE_ENTRIES && this.#idleCharacters <= IDLE_CHARACTERS) return;
      if (oldest !== result) this.#forget(oldest);
    }
  }
}

const NOBODY = "nobody";
const GONE: Result["nodes"] = [];
const keyOf = (question: Question, identity: string | null): string =>
  `${question.path}\n${question.args}\n${question.journal ?? ""}\n${identity ?? ""}`;
/** A page that was read again to its old end counts as another query from then on: see `Question.journal`. */
const keyFor = (result: Result): string =>
  keyOf(result.question, result.readIdentity ? (result.question.identity ?? NOBODY) : null);
