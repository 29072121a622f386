// The user of a session. A client may change the user while the session goes on.
import type { Identity } from "../auth/identity.ts";
import type { Deployment } from "../deployment.ts";
import type { ClientMessage } from "./messages.ts";

export class Caller {
  readonly #deployment: Deployment;
  identity: Identity | null = null;
  /** Counts the changes of user. */
  version = 0;

  constructor(deployment: Deployment) {
    this.#deployment = deployment;
  }

  get isExpired(): boolean {
    return this.identity !== null && this.identity.expiresAt <= Date.now();
  }

  /** Raises Error if the token or key is not accepted; the user then stays the same. */
  async change(message: ClientMessage & { type: "Authenticate" }): Promise<void> {
    this.identity = await this.#identify(message);
    this.version++;
  }

  async #identify(message: ClientMessage & { type: "Authenticate" }): Promise<Identity | null> {
    if (message.tokenType === "None") return null;
    if (message.tokenType === "User") return this.#deployment.verifier.verify(String(message.value));
    return this.#deployment.admin.identifyParts(String(message.value), message.impersonating ?? message.acting_as);
  }
}
