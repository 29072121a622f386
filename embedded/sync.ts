// One WebSocket: a client's session in Convex's sync protocol.
import type { WebSocket } from "ws";
import type { Outcome, Result, Watcher } from "./cache.ts";
import type { Deployment } from "./deployment.ts";
import type { QueryCall, Subscriber } from "./queue.ts";
import type { Identity } from "./identity.ts";
import { decodeInt64, encodeInt64, isObject, type Json, type JsonObject } from "./values.ts";

const PING_JSON_MS = 15_000;
const PING_FRAME_MS = 5_000;
const SILENCE_MS = 120_000;
const MAX_UNSENT_TRANSITIONS = 2;
const MAX_WAITING_MUTATIONS = 1000;
const MAX_UNSENT_BYTES = 64 << 20;
/** The JavaScript client puts longer Transitions together from parts; others must take them whole. */
const CHUNK_CHARACTERS = 5_000_000;

interface Version {
  querySet: number;
  identity: number;
  ts: bigint;
}

type ClientMessage =
  | { type: "Connect"; sessionId: string; connectionCount: number; maxObservedTimestamp?: string; clientTs?: number }
  | { type: "Authenticate"; baseVersion: number; tokenType: "None" | "User" | "Admin"; value?: string; impersonating?: Json; acting_as?: Json }
  | { type: "ModifyQuerySet"; baseVersion: number; newVersion: number; modifications: Modification[] }
  | { type: "Mutation" | "Action"; requestId: number; udfPath: string; args: Json[] }
  | { type: "Event" };
type Modification = { type: "Add"; queryId: number; udfPath: string; args: Json[]; journal?: string | null } | { type: "Remove"; queryId: number };

/** One query of the session's set. */
class Subscription implements Watcher {
  readonly id: number;
  readonly path: string;
  readonly args: Json;
  journal: string | null;
  result: Result | null = null;
  sent: string | null = null;
  readonly #session: Session;

  constructor(session: Session, id: number, path: string, args: Json, journal: string | null) {
    this.#session = session;
    this.id = id;
    this.path = path;
    this.args = args;
    this.journal = journal;
  }

  stale(): void {
    this.#session.ask(this);
  }
}

export class Session implements Subscriber {
  readonly #deployment: Deployment;
  readonly #socket: WebSocket;
  readonly #subscriptions = new Map<number, Subscription>();
  readonly #asking = new Set<Subscription>();
  #removed: number[] = [];
  #answered: Subscription[] = [];
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
  #lastSent = Date.now();
  #lastHeard = Date.now();
  readonly #pinger: NodeJS.Timeout;

  readonly #takesChunks: boolean;
  #transitions = 0;

  constructor(deployment: Deployment, socket: WebSocket, takesChunks: boolean) {
    this.#deployment = deployment;
    this.#takesChunks = takesChunks;
    this.#socket = socket;
    this.#pinger = setInterval(() => this.#ping(), PING_FRAME_MS);
    socket.on("message", (data) => this.#receive(String(data)));
    socket.on("pong", () => (this.#lastHeard = Date.now()));
    socket.on("close", () => this.#close());
    socket.on("error", () => socket.terminate());
  }

  // --- from the client ---

  #receive(text: string): void {
    this.#lastHeard = Date.now();
    if (this.#verifying) {
      this.#inbox.push(text);
      return;
    }
    try {
      const message = JSON.parse(text) as ClientMessage;
      if (typeof message !== "object" || message === null) throw new SyntaxError();
      this.#handle(message);
    } catch (error) {
      this.#fatal(error instanceof SyntaxError ? "Received Invalid JSON on websocket" : (error as Error).message);
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
    if (this.#expired()) return this.#authError("Token expired", this.#identityVersion, false);
    checkShape(message);
    switch (message.type) {
      case "ModifyQuerySet":
        return this.#modifyQuerySet(message);
      case "Mutation":
        return this.#mutate(message.requestId, message.udfPath, message.args);
      case "Action":
        return this.#act(message.requestId, message.udfPath, message.args);
      default:
        throw new Error(`Unknown message type ${JSON.stringify((message as { type?: unknown }).type)}.`);
    }
  }

  #connect(message: ClientMessage & { type: "Connect" }): void {
    if (this.#id !== null) throw new Error("Connect may be sent once only.");
    if (typeof message.sessionId !== "string") throw new Error("Connect must have a sessionId.");
    if (message.maxObservedTimestamp !== undefined && decodeInt64(message.maxObservedTimestamp) > this.#deployment.db.ts) {
      throw new Error("The client has seen a newer timestamp than this deployment has: its data is of another deployment.");
    }
    this.#id = message.sessionId;
    if (message.clientTs) this.#clockSkew = message.clientTs - Date.now();
  }

  async #authenticate(message: ClientMessage & { type: "Authenticate" }): Promise<void> {
    if (message.baseVersion !== this.#identityVersion) {
      return this.#fatal(`BaseVersionMismatch: Base version ${message.baseVersion} passed up doesn't match the current version ${this.#identityVersion}`);
    }
    this.#verifying = true;
    try {
      this.#identity = await this.#identify(message);
      this.#identityVersion++;
      for (const subscription of this.#subscriptions.values()) this.ask(subscription);
      this.#owe();
    } catch (error) {
      this.#authError((error as Error).message, message.baseVersion, true);
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
      throw new Error(`BaseVersionMismatch: Base version ${baseVersion} passed up doesn't match the current version ${this.#querySet}`);
    }
    this.#querySet = newVersion;
    for (const modification of modifications) {
      const known = this.#subscriptions.get(modification.queryId);
      if (modification.type === "Add") {
        if (known) throw new Error(`Duplicate query ID: ${modification.queryId}`);
        const { queryId, udfPath, args, journal } = modification;
        const subscription = new Subscription(this, queryId, udfPath, onlyArgument(args), journal ?? null);
        this.#subscriptions.set(queryId, subscription);
        this.ask(subscription);
      } else {
        if (!known) throw new Error(`Nonexistent query ID: ${modification.queryId}`);
        this.#drop(known);
        if (known.sent !== null) this.#removed.push(known.id);
      }
    }
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
        this.#respond("MutationResponse", requestId, outcome, `"ts":${outcome.ok ? JSON.stringify(encodeInt64(ts)) : null}`);
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
    this.#send(`{"type":"${type}","requestId":${requestId},"success":${outcome.ok},"result":${result},${extra === null ? "" : `${extra},`}"logLines":${JSON.stringify(outcome.logs)}${data}}`);
    // The Python client resolves a mutation at the next Transition only, so there must be one after every response.
    this.#owe();
  }

  #owe(): void {
    this.#owed = true;
    if (this.#unsent < MAX_UNSENT_TRANSITIONS) this.#deployment.notify(this);
  }

  /** The subscription must be asked again. */
  ask(subscription: Subscription): void {
    this.#asking.add(subscription);
    this.#owe();
  }

  questions(): QueryCall[] {
    const calls: QueryCall[] = [];
    for (const subscription of this.#asking) {
      calls.push({
        path: subscription.path,
        args: subscription.args,
        identity: this.#identity,
        journal: subscription.journal,
        done: (result) => this.#answer(subscription, result),
      });
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
  }

  deliver(ts: bigint): void {
    if (!this.#owed || this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#expired()) return this.#authError("Token expired", this.#identityVersion, false);
    this.#owed = false;
    const start = encodeVersion(this.#told);
    this.#told = { querySet: this.#querySet, identity: this.#identityVersion, ts };
    const modifications = this.#answered.map(({ id, sent }) => `{"queryId":${id},${sent}`);
    for (const id of this.#removed) modifications.push(`{"type":"QueryRemoved","queryId":${id}}`);
    this.#answered = [];
    this.#removed = [];
    this.#unsent++;
    this.#sendWhole(
      `{"type":"Transition","startVersion":${start},"endVersion":${encodeVersion(this.#told)},"modifications":[${modifications.join(",")}],"clientClockSkew":${this.#clockSkew},"serverTs":${Date.now() * 1e6}}`,
      () => {
        if (this.#unsent-- === MAX_UNSENT_TRANSITIONS && this.#owed) this.#deployment.notify(this);
      },
    );
  }

  #sendWhole(text: string, sent: () => void): void {
    if (!this.#takesChunks || text.length <= CHUNK_CHARACTERS) return this.#send(text, sent);
    const transitionId = String(this.#transitions++);
    const totalParts = Math.ceil(text.length / CHUNK_CHARACTERS);
    for (let partNumber = 0; partNumber < totalParts; partNumber++) {
      const chunk = text.slice(partNumber * CHUNK_CHARACTERS, (partNumber + 1) * CHUNK_CHARACTERS);
      const last = partNumber === totalParts - 1;
      this.#send(JSON.stringify({ type: "TransitionChunk", chunk, partNumber, totalParts, transitionId }), last ? sent : undefined);
    }
  }

  #send(text: string, sent?: () => void): void {
    if (this.#socket.bufferedAmount > MAX_UNSENT_BYTES) return this.#socket.close(1013, "SlowReader");
    this.#lastSent = Date.now();
    this.#socket.send(text, sent);
  }

  #authError(error: string, baseVersion: number, authUpdateAttempted: boolean): void {
    this.#send(JSON.stringify({ type: "AuthError", error, baseVersion, authUpdateAttempted }));
    this.#socket.close(1000);
  }

  #fatal(error: string): void {
    this.#send(JSON.stringify({ type: "FatalError", error }));
    this.#socket.close(1000);
  }

  #ping(): void {
    const now = Date.now();
    if (now - this.#lastHeard > SILENCE_MS) return this.#socket.terminate();
    this.#socket.ping();
    if (now - this.#lastSent >= PING_JSON_MS) this.#send('{"type":"Ping"}');
  }

  #drop(subscription: Subscription): void {
    this.#subscriptions.delete(subscription.id);
    this.#asking.delete(subscription);
    this.#answered = this.#answered.filter((answered) => answered !== subscription);
    if (subscription.result !== null) this.#deployment.cache.unwatch(subscription.result, subscription);
  }

  #close(): void {
    clearInterval(this.#pinger);
    this.#deployment.forget(this);
    this.#owed = false;
    for (const subscription of [...this.#subscriptions.values()]) this.#drop(subscription);
  }
}

/** Raises Error naming what is malformed; unknown types are left to the caller. */
function checkShape(message: ClientMessage): void {
  const must = (holds: boolean, what: string): void => {
    if (!holds) throw new Error(`Malformed ${message.type} message: ${what}.`);
  };
  const isNumber = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
  if (message.type === "Mutation" || message.type === "Action") {
    must(isNumber(message.requestId), "requestId must be a nonnegative integer");
    must(typeof message.udfPath === "string", "udfPath must be a string");
  } else if (message.type === "ModifyQuerySet") {
    must(isNumber(message.newVersion), "newVersion must be a nonnegative integer");
    must(Array.isArray(message.modifications), "modifications must be a list");
    for (const modification of message.modifications) {
      must(isNumber(modification?.queryId), "queryId must be a nonnegative integer");
      must(modification.type === "Remove" || modification.type === "Add", "a modification is Add or Remove");
      if (modification.type !== "Add") continue;
      must(typeof modification.udfPath === "string", "udfPath must be a string");
      must(modification.journal == null || typeof modification.journal === "string", "journal must be a string or null");
    }
  }
}

const encodeVersion = ({ querySet, identity, ts }: Version): string =>
  `{"querySet":${querySet},"identity":${identity},"ts":"${encodeInt64(ts)}"}`;

/** Functions take one object. */
export function onlyArgument(args: unknown): JsonObject {
  const [only] = Array.isArray(args) ? (args as Json[]) : [args as Json];
  if (only === undefined) return {};
  if ((Array.isArray(args) && args.length > 1) || !isObject(only)) throw new Error("Arguments must be one object.");
  return only;
}
