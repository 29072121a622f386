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
  #removed: number[] = [];
  #answered: Subscription[] = [];

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
        const { queryId, udfPath, args, journal } = modification;
        const subscription = new Subscription(
          (stale) => this.#ask(stale),
          queryId,
          udfPath,
          onlyArgument(args),
          journal ?? null,
        );
        this.#subscriptions.set(queryId, subscription);
        this.#ask(subscription);
      } else {
        if (!known) throw new Error(`Nonexistent query ID: ${modification.queryId}`);
        this.#drop(known);
        if (known.sent !== null) this.#removed.push(known.id);
      }
    }
  }

  /** Whether a query must run that has not been asked yet. */
  get isAsking(): boolean {
    return this.#asking.size > 0;
  }

  askAll(): void {
    for (const subscription of this.#subscriptions.values()) this.#ask(subscription);
  }

  #ask(subscription: Subscription): void {
    this.#asking.add(subscription);
    this.#changed();
  }

  questions(identity: Identity | null): QueryCall[] {
    const calls: QueryCall[] = [];
    for (const subscription of this.#asking) {
      const { path, args, journal } = subscription;
      const question = ++subscription.asked;
      // An earlier answer may have waited for the disk until now, and have been meant for another user.
      const done = (result: Result): void => {
        if (subscription.asked === question) this.#answer(subscription, result);
      };
      calls.push({ path, args, identity, journal, done });
    }
    this.#asking.clear();
    return calls;
  }

  #answer(subscription: Subscription, result: Result): void {
    if (this.#subscriptions.get(subscription.id) !== subscription) return;
    if (subscription.result !== null) this.#deployment.cache.unwatch(subscription.result, subscription);
    subscription.result = result;
    subscription.journal = result.journal ?? subscription.journal;
    this.#deployment.cache.watch(result, subscription);
    if (subscription.sent === result.fragment) return;
    subscription.sent = result.fragment;
    this.#answered.push(subscription);
    this.#changed();
  }

  /** Takes the changes for the client, as wire texts. */
  takeModifications(): string[] {
    const modifications = this.#answered.map(({ id, sent }) => `{"queryId":${id},${sent}`);
    for (const id of this.#removed) modifications.push(`{"type":"QueryRemoved","queryId":${id}}`);
    this.#answered = [];
    this.#removed = [];
    return modifications;
  }

  clear(): void {
    for (const subscription of [...this.#subscriptions.values()]) this.#drop(subscription);
  }

  #drop(subscription: Subscription): void {
    this.#subscriptions.delete(subscription.id);
    this.#asking.delete(subscription);
    this.#answered = this.#answered.filter((answered) => answered !== subscription);
    if (subscription.result !== null) this.#deployment.cache.unwatch(subscription.result, subscription);
  }
}
