// One WebSocket: a client's session in Convex's sync protocol.
import type { WebSocket } from "ws";
import type { Identity } from "../auth/identity.ts";
import type { Deployment } from "../deployment.ts";
import type { QueryCall } from "../run/call.ts";
import type { Outcome } from "../run/result.ts";
import type { Subscriber } from "../turns/subscriber.ts";
import type { Json } from "../value/json.ts";
import { decodeInt64, encodeInt64 } from "../value/values.ts";
import { type ClientMessage, checkShape, encodeVersion, onlyArgument, type Version } from "./messages.ts";
import { QuerySet } from "./query_set.ts";
import { Wire } from "./wire.ts";

const MAX_UNSENT_TRANSITIONS = 2;
const MAX_WAITING_MUTATIONS = 1000;

export class Session implements Subscriber {
  readonly #deployment: Deployment;
  readonly #socket: WebSocket;
  readonly #wire: Wire;
  readonly #queries: QuerySet;
  #id: string | null = null;
  #identity: Identity | null = null;
  /** What the client was told, and what it has asked for since. */
  #told: Version = { querySet: 0, identity: 0, ts: 0n };
  #querySet = 0;
  #identityVersion = 0;
  #owed = false;
  #unsent = 0;
  #waitingMutations = 0;
  #verifying = false;
  #inbox: string[] = [];
  #clockSkew: number | null = null;

  constructor(deployment: Deployment, socket: WebSocket, takesChunks: boolean) {
    this.#deployment = deployment;
    this.#socket = socket;
    this.#wire = new Wire(socket, takesChunks);
    this.#queries = new QuerySet(deployment, () => this.#owe());
    socket.on("message", (data) => this.#receive(String(data)));
    socket.on("close", () => this.#close());
  }

  // --- from the client ---

  #receive(text: string): void {
    // What comes after the message that ended the session is not for us.
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
    if (this.#expired()) return this.#wire.authError("Convex token identity expired", this.#identityVersion, false);
    checkShape(message);
    switch (message.type) {
      case "ModifyQuerySet":
        return this.#modifyQuerySet(message);
      case "Mutation":
        return this.#mutate(message.requestId, message.udfPath, message.args);
      case "Action":
        return this.#act(message.requestId, message.udfPath, message.args);
      default:
        throw new SyntaxError(`unknown message type ${JSON.stringify((message as { type?: unknown }).type)}`);
    }
  }

  #connect(message: ClientMessage & { type: "Connect" }): void {
    if (this.#id !== null) throw new Error("Connect may be sent once only.");
    if (typeof message.sessionId !== "string") throw new Error("Connect must have a sessionId.");
    if (
      message.maxObservedTimestamp !== undefined &&
      decodeInt64(message.maxObservedTimestamp) > this.#deployment.db.ts
    ) {
      throw new Error(
        "The client has seen a newer timestamp than this deployment has: its data is of another deployment.",
      );
    }
    this.#id = message.sessionId;
    if (message.clientTs) this.#clockSkew = message.clientTs - Date.now();
  }

  async #authenticate(message: ClientMessage & { type: "Authenticate" }): Promise<void> {
    if (message.baseVersion !== this.#identityVersion) {
      return this.#wire.fatal(
        `BaseVersionMismatch: Base version ${message.baseVersion} passed up doesn't match the current version ${this.#identityVersion}`,
      );
    }
    this.#verifying = true;
    try {
      this.#identity = await this.#identify(message);
      this.#identityVersion++;
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

  async #identify(message: ClientMessage & { type: "Authenticate" }): Promise<Identity | null> {
    if (message.tokenType === "None") return null;
    if (message.tokenType === "User") return this.#deployment.verifier.verify(String(message.value));
    return this.#deployment.admin.identifyParts(String(message.value), message.impersonating ?? message.acting_as);
  }

  #expired(): boolean {
    return this.#identity !== null && this.#identity.expiresAt <= Date.now();
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

  #mutate(requestId: number, path: string, args: Json[]): void {
    if (++this.#waitingMutations === MAX_WAITING_MUTATIONS) this.#socket.pause();
    this.#deployment.mutate({
      path,
      args: onlyArgument(args),
      identity: this.#identity,
      request: { session: this.#id!, id: requestId },
      done: (outcome, ts) => {
        if (this.#waitingMutations-- === MAX_WAITING_MUTATIONS) this.#socket.resume();
        this.#respond(
          "MutationResponse",
          requestId,
          outcome,
          `"ts":${outcome.ok ? JSON.stringify(encodeInt64(ts)) : null}`,
        );
      },
    });
  }

  #act(requestId: number, path: string, args: Json[]): void {
    const done = (outcome: Outcome): void => {
      if (this.#socket.readyState === this.#socket.OPEN) this.#respond("ActionResponse", requestId, outcome, null);
    };
    this.#deployment.act({ path, args: onlyArgument(args), identity: this.#identity, done });
  }

  // --- to the client ---

  #respond(type: string, requestId: number, outcome: Outcome, extra: string | null): void {
    const result = outcome.ok ? outcome.value : JSON.stringify(outcome.message);
    const data = !outcome.ok && outcome.data !== undefined ? `,"errorData":${outcome.data}` : "";
    this.#wire.send(
      `{"type":"${type}","requestId":${requestId},"success":${outcome.ok},"result":${result},${extra === null ? "" : `${extra},`}"logLines":${JSON.stringify(outcome.logs)}${data}}`,
    );
    // The Python client resolves a mutation at the next Transition only, so there must be one after every response.
    this.#owe();
  }

  #owe(): void {
    this.#owed = true;
    if (this.#unsent < MAX_UNSENT_TRANSITIONS) this.#deployment.notify(this);
  }

  questions(): QueryCall[] {
    return this.#queries.questions(this.#identity);
  }

  deliver(ts: bigint): void {
    if (!this.#owed || !this.#wire.open) return;
    if (this.#expired()) return this.#wire.authError("Convex token identity expired", this.#identityVersion, false);
    this.#owed = false;
    const start = encodeVersion(this.#told);
    this.#told = { querySet: this.#querySet, identity: this.#identityVersion, ts };
    const modifications = this.#queries.takeModifications();
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
