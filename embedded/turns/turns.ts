// Runs calls turn by turn. A turn runs the waiting mutations and starts to save them; then it runs the queries that they touched again.
// Their callers and subscribers are answered when the mutations are on disk. Meanwhile other turns run.

import type { Point } from "../query/reads.ts";
import type { MutationCall, QueryCall, WriteCall } from "../run/call.ts";
import type { Host } from "../run/host.ts";
import type { Calls, Runtime } from "../sandbox/runtime.ts";
import { Batches } from "./batches.ts";
import type { QueryCache } from "./cache.ts";
import { Contest } from "./contest.ts";
import { Evaluations } from "./evaluations.ts";
import { Mutations } from "./mutations.ts";
import type { Pulse } from "./pulse.ts";
import { Queries } from "./queries.ts";
import type { Subscriber } from "./subscriber.ts";

/** In concurrent mode a turn waits this long for more mutations, since a transaction in Convex takes some ms. */
const GATHER_MS = 2;

export class Turns {
  readonly #evaluations: Evaluations;
  readonly #host: Host;
  readonly #concurrent: boolean;
  readonly #batches: Batches;
  readonly #mutations: Mutations;
  readonly #queries: Queries;
  #subscribers = new Set<Subscriber>();
  #catalogVersion = 0;
  #scheduled = false;
  /** Called when nothing is being saved any more. */
  #resting: (() => void)[] = [];

  constructor(host: Host, pulse: Pulse, concurrent: boolean) {
    this.#host = host;
    this.#evaluations = new Evaluations(host, pulse);
    this.#concurrent = concurrent;
    this.#batches = new Batches(host, (takenBack) => this.#batchEnded(takenBack));
    this.#mutations = new Mutations(host, this.#batches, concurrent ? new Contest(host, () => this.#wake()) : null);
    this.#queries = new Queries(host, this.#batches);
  }

  /** The host's side of the functions' context. */
  get calls(): Calls {
    return this.#evaluations.calls;
  }

  get cache(): QueryCache {
    return this.#queries.cache;
  }

  /** Drops all cached results: the functions have a new version. */
  use(runtime: Runtime): void {
    this.#evaluations.use(runtime);
    this.#catalogVersion = this.#host.db.catalogVersion;
    this.cache.clear();
  }

  mutate(call: MutationCall | WriteCall): void {
    this.#mutations.add(call);
    this.#wake();
  }

  query(call: QueryCall): void {
    this.#queries.add(call);
    this.#wake();
  }

  /** The subscriber has queries to run, or wants a delivery. */
  notify(subscriber: Subscriber): void {
    this.#subscribers.add(subscriber);
    this.#wake();
  }

  forget(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber);
  }

  #wake(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    if (this.#concurrent) setTimeout(() => this.#turn(), GATHER_MS);
    else setImmediate(() => this.#turn());
  }

  /** Resolves when everything is on disk. No mutation runs until `resume`. */
  async pause(): Promise<void> {
    this.#mutations.pause();
    if (this.#batches.isSaving) await new Promise<void>((resolve) => this.#resting.push(resolve));
  }

  resume(): void {
    this.#mutations.resume();
    this.#wake();
  }

  // --- a turn ---

  #turn(): void {
    this.#scheduled = false;
    if (!this.#mutations.isEmpty) this.#mutate();
    if (!this.#batches.isSaving) this.#save();
    const delivering = [...this.#subscribers];
    this.#subscribers.clear();
    this.#queries.addFirst(delivering.flatMap((subscriber) => subscriber.questions()));
    while (!this.#queries.isEmpty) this.#evaluations.drive(this.#queries);
    this.#queries.answer();
    for (const subscriber of delivering) subscriber.deliver(this.#host.db.saved);
    if (!this.#mutations.isEmpty || !this.#queries.isEmpty || this.#subscribers.size > 0) this.#wake();
  }

  #mutate(): void {
    this.#mutations.begin();
    do this.#evaluations.drive(this.#mutations);
    while (this.#evaluations.wantsGuard);
    this.#mutations.end();
  }

  #save(): void {
    const touched = this.#batches.save();
    this.#queries.resume();
    if (this.#host.db.catalogVersion !== this.#catalogVersion) {
      this.#catalogVersion = this.#host.db.catalogVersion;
      this.cache.clear();
    } else this.cache.invalidate(touched);
  }

  /** What gathered meanwhile is saved in the same turn. */
  #batchEnded(takenBack: readonly Point[]): void {
    this.cache.invalidate(takenBack);
    if (takenBack.length > 0) this.#queries.runAgain();
    else this.#queries.release();
    // First what is on disk, then more work.
    for (const subscriber of this.#subscribers) subscriber.deliver(this.#host.db.saved);
    this.#turn();
    if (!this.#batches.isSaving) for (const rested of this.#resting.splice(0)) rested();
  }
}
