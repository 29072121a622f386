// A client's session in Convex's sync protocol, over one WebSocket.
import type { WebSocket } from "ws";
import type { Deployment } from "../deployment.ts";
import type { QueryCall } from "../run/call.ts";
import type { Subscriber } from "../turns/subscriber.ts";
import { decodeInt64 } from "../value/values.ts";
import { Caller } from "./caller.ts";
import { type ClientMessage, checkShape, encodeVersion, type Version } from "./messages.ts";
import { QuerySet } from "./query_set.ts";
import { Requests } from "./requests.ts";
import { Wire } from "./wire.ts";

const MAX_UNSENT_TRANSITIONS = 2;

export class Session implements Subscriber {
  readonly #deployment: Deployment;
  readonly #wire: Wire;
  readonly #queries: QuerySet;
  readonly #requests: Requests;
  readonly #caller: Caller;
  #id: string | null = null;
  /** The version that the client has; below, the version that it has asked for. */
  #told: Version = { querySet: 0, identity: 0, ts: 0n };
  #querySet = 0;
  #owed = false;
  #responded = false;
  #unsent = 0;
  #verifying = false;
  #inbox: string[] = [];
  #clockSkew: number | null = null;

  constructor(deployment: Deployment, socket: WebSocket, takesChunks: boolean) {
    this.#deployment = deployment;
    this.#wire = new Wire(socket, takesChunks);
    this.#queries = new QuerySet(deployment, () => this.#owe());
    this.#requests = new Requests(deployment, socket, (response) => this.#respond(response));
    this.#caller = new Caller(deployment);
    socket.on("message", (data) => this.#receive(String(data)));
    socket.on("close", () => this.#close());
  }

  // --- from the client ---

  #receive(text: string): void {
    // Ignore messages after the one that ended the session.
    if (!this.#wire.open) return;
    if (this.#verifying) {
      this.#inbox.push(text);
      return;
    }
    try {
      const message = JSON.parse(text) as ClientMessage;
      if (typeof message !== "object" || message === null) throw new SyntaxError("a message is an object");
      this.#handle(message);
    } catch (error) {
      this.#wire.fatal(
        error instanceof SyntaxError
          ? `Received Invalid JSON on websocket: ${error.message}`
          : (error as Error).message,
      );
    }
  }

  #handle(message: ClientMessage): void {
    if (this.#id === null && message.type !== "Connect") throw new Error("The first message must be Connect.");
    switch (message.type) {
      case "Connect":
        return this.#connect(message);
      case "Authenticate":
        return void this.#authenticate(message);
      case "Event":
        return;
    }
    if (this.#caller.isExpired)
      return this.#wire.authError("Convex token identity expired", this.#caller.version, false);
    checkShape(message);
    switch (message.type) {
      case "ModifyQuerySet":
        return this.#modifyQuerySet(message);
      case "Mutation":
        return this.#requests.mutate(message, this.#caller.identity, this.#id!);
      case "Action":
        return this.#requests.act(message, this.#caller.identity);
      default:
        throw new SyntaxError(`unknown message type ${JSON.stringify((message as { type?: unknown }).type)}`);
    }
  }

  #connect(message: ClientMessage & { type: "Connect" }): void {
    if (this.#id !== null) throw new Error("Connect may be sent once only.");
    if (typeof message.sessionId !== "string") throw new Error("Connect must have a sessionId.");
    if (
      message.maxObservedTimestamp !== undefined &&
      decodeInt64(message.maxObservedTimestamp) > this.#deployment.db.saved
    ) {
      throw new Error(
        "The client has seen a newer timestamp than this deployment has: its data is of another deployment.",
      );
    }
    this.#id = message.sessionId;
    if (message.clientTs) this.#clockSkew = message.clientTs - Date.now();
  }

  async #authenticate(message: ClientMessage & { type: "Authenticate" }): Promise<void> {
    if (message.baseVersion !== this.#caller.version) {
      return this.#wire.fatal(
        `BaseVersionMismatch: Base version ${message.baseVersion} passed up doesn't match the current version ${this.#caller.version}`,
      );
    }
    this.#verifying = true;
    try {
      await this.#caller.change(message);
      this.#queries.askAll();
      this.#owe();
    } catch (error) {
      this.#wire.authError((error as Error).message, message.baseVersion, true);
    }
    this.#verifying = false;
    for (let text = this.#inbox.shift(); text !== undefined; text = this.#inbox.shift()) {
      this.#receive(text);
      if (this.#verifying) return;
    }
  }

  #modifyQuerySet({ baseVersion, newVersion, modifications }: ClientMessage & { type: "ModifyQuerySet" }): void {
    if (baseVersion !== this.#querySet) {
      throw new Error(
        `BaseVersionMismatch: Base version ${baseVersion} passed up doesn't match the current version ${this.#querySet}`,
      );
    }
    this.#querySet = newVersion;
    this.#queries.modify(modifications);
    this.#owe();
  }

  // --- to the client ---

  #respond(response: string): void {
    this.#wire.send(response);
    this.#responded = true;
    // The Python client resolves a mutation at the next Transition only, so there must be one after every response.
    this.#owe();
  }

  #owe(): void {
    this.#owed = true;
    if (this.#unsent < MAX_UNSENT_TRANSITIONS) this.#deployment.notify(this);
  }

  questions(): QueryCall[] {
    return this.#queries.questions(this.#caller.identity);
  }

  deliver(ts: bigint): void {
    if (!this.#owed || !this.#wire.open || !this.#queries.isComplete(ts)) return;
    if (this.#caller.isExpired)
      return this.#wire.authError("Convex token identity expired", this.#caller.version, false);
    this.#owed = false;
    const modifications = this.#queries.takeModifications();
    const { querySet, identity } = this.#told;
    const isNews = querySet !== this.#querySet || identity !== this.#caller.version || modifications.length > 0;
    if (!isNews && !this.#responded) return;
    this.#responded = false;
    const start = encodeVersion(this.#told);
    this.#told = { querySet: this.#querySet, identity: this.#caller.version, ts };
    this.#unsent++;
    this.#wire.sendWhole(
      `{"type":"Transition","startVersion":${start},"endVersion":${encodeVersion(this.#told)},"modifications":[${modifications.join(",")}],"clientClockSkew":${this.#clockSkew},"serverTs":${Date.now() * 1e6}}`,
      () => {
        if (this.#unsent-- === MAX_UNSENT_TRANSITIONS && this.#owed) this.#deployment.notify(this);
      },
    );
  }

  #close(): void {
    this.#deployment.forget(this);
    this.#owed = false;
    this.#queries.clear();
  }
}
