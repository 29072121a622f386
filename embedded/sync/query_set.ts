// The queries that a session watches: which must run, and which results the client lacks.

import type { Identity } from "../auth/identity.ts";
import type { Deployment } from "../deployment.ts";
import type { QueryCall } from "../run/call.ts";
import type { Result } from "../run/result.ts";
import { type Modification, onlyArgument } from "./messages.ts";
import { Subscription } from "./subscription.ts";

export class QuerySet {
  readonly #deployment: Deployment;
  /** Called when a query must run, or has another result. */
  readonly #changed: () => void;
  readonly #subscriptions = new Map<number, Subscription>();
  readonly #asking = new Set<Subscription>();
  /** Those that are being asked, and those whose answer waits for the disk. */
  readonly #unanswered = new Set<Subscription>();
  #removed: number[] = [];
  readonly #answered = new Set<Subscription>();

  constructor(deployment: Deployment, changed: () => void) {
    this.#deployment = deployment;
    this.#changed = changed;
  }

  /** Raises Error for an id that is taken or unknown. */
  modify(modifications: readonly Modification[]): void {
    for (const modification of modifications) {
      const known = this.#subscriptions.get(modification.queryId);
      if (modification.type === "Add") {
        if (known) throw new Error(`Duplicate query ID: ${modification.queryId}`);
        const { queryId, udfPath, args, journal, componentPath } = modification;
        const subscription = new Subscription(
          // What made it stale is being saved: until it is on disk, the result is right.
          (stale) => this.#ask(stale, this.#deployment.db.ts),
          queryId,
          udfPath,
          componentPath ?? "",
          onlyArgument(args),
          journal ?? null,
        );
        this.#subscriptions.set(queryId, subscription);
        this.#ask(subscription, 0n);
      } else {
        if (!known) throw new Error(`Nonexistent query ID: ${modification.queryId}`);
        this.#drop(known);
        if (known.sent !== null) this.#removed.push(known.id);
      }
    }
  }

  /** Whether the client can be told of this timestamp: all queries at once, each with its result at that time. */
  isComplete(ts: bigint): boolean {
    for (const { outdated } of this.#unanswered) if (outdated <= ts) return false;
    return this.#asking.size === 0;
  }

  /** No result counts any more. */
  askAll(): void {
    for (const subscription of this.#subscriptions.values()) this.#ask(subscription, 0n);
  }

  #ask(subscription: Subscription, outdated: bigint): void {
    this.#asking.add(subscription);
    if (!this.#unanswered.has(subscription) || outdated < subscription.outdated) subscription.outdated = outdated;
    this.#unanswered.add(subscription);
    this.#changed();
  }

  questions(identity: Identity | null): QueryCall[] {
    const calls: QueryCall[] = [];
    for (const subscription of this.#asking) {
      const { path, component, args, journal } = subscription;
      const question = ++subscription.asked;
      // An earlier answer may have waited for the disk until now, and have been meant for another user.
      const done = (result: Result): void => {
        if (subscription.asked === question) this.#answer(subscription, result);
      };
      calls.push({ path, component, args, identity, journal, done });
    }
    this.#asking.clear();
    return calls;
  }

  #answer(subscription: Subscription, result: Result): void {
    if (this.#subscriptions.get(subscription.id) !== subscription) return;
    if (subscription.result !== null) this.#deployment.cache.unwatch(subscription.result, subscription);
    subscription.result = result;
    this.#deployment.cache.watch(result, subscription);
    this.#unanswered.delete(subscription);
    if (subscription.sent !== result.fragment) this.#answered.add(subscription);
    subscription.sent = result.fragment;
    this.#changed();
  }

  /** Takes the changes for the client, as wire texts. */
  takeModifications(): string[] {
    const modifications = Array.from(this.#answered, (subscription) => {
      // A page ends where the client was told that it ends.
      subscription.journal = subscription.result!.journal ?? subscription.journal;
      return `{"queryId":${subscription.id},${subscription.sent}`;
    });
    for (const id of this.#removed) modifications.push(`{"type":"QueryRemoved","queryId":${id}}`);
    this.#answered.clear();
    this.#removed = [];
    return modifications;
  }

  clear(): void {
    for (const subscription of [...this.#subscriptions.values()]) this.#drop(subscription);
  }

  #drop(subscription: Subscription): void {
    this.#subscriptions.delete(subscription.id);
    this.#asking.delete(subscription);
    this.#unanswered.delete(subscription);
    this.#answered.delete(subscription);
    if (subscription.result !== null) this.#deployment.cache.unwatch(subscription.result, subscription);
  }
}
