// One query of a session's set.

import type { Result, Watcher } from "../run/result.ts";
import type { Json } from "../value/json.ts";

export class Subscription implements Watcher {
  readonly id: number;
  readonly path: string;
  /** Empty for a function of the app. */
  readonly component: string;
  readonly args: Json;
  journal: string | null;
  result: Result | null = null;
  sent: string | null = null;
  /** How often it was asked: only the answer to the latest question counts. */
  asked = 0;
  /** The commit from which on the result is out of date, while a question has no answer. */
  outdated = 0n;
  readonly #stale: (subscription: Subscription) => void;

  constructor(
    stale: (subscription: Subscription) => void,
    id: number,
    path: string,
    component: string,
    args: Json,
    journal: string | null,
  ) {
    this.#stale = stale;
    this.id = id;
    this.path = path;
    this.component = component;
    this.args = args;
    this.journal = journal;
  }

  stale(): void {
    this.#stale(this);
  }
}
