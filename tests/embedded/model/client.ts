// A thin client of the sync protocol, which writes down what it hears. It comes back by itself, as Convex's own clients do.
import { randomUUID } from "node:crypto";
import { convexToJson, jsonToConvex, type Value } from "convex/values";
import { WebSocket } from "ws";
import { encodeInt64 } from "../../../embedded/value/values.ts";
import { decodeTs } from "../socket.ts";
import { Requests } from "./requests.ts";
import type { Clock, Operation, Story, Update, Watched } from "./story.ts";

const COME_BACK_MS = 10;
const PATHS = { ask: "steps:ask", page: "steps:page" };

interface Query {
  watched: Watched;
  journal: string | null;
  update: Update | null;
}

export class Client {
  readonly #url: () => string;
  readonly #clock: Clock;
  readonly #story: Story;
  readonly #number: number;
  readonly #session = randomUUID();
  readonly #queries = new Map<number, Query>();
  readonly #requests: Requests;
  #socket!: WebSocket;
  #connection = 0;
  #lastQuery = 0;
  #told = "";
  #ts = 0n;
  #observed = 0n;
  /** The queries of each version of the set. */
  #sets: number[][] = [];
  #closed = false;
  #awaited: { test: () => boolean; resolve: () => void }[] = [];

  constructor(url: () => string, clock: Clock, story: Story, number: number) {
    this.#url = url;
    this.#clock = clock;
    this.#story = story;
    this.#number = number;
    this.#requests = new Requests(number, clock, (message) => this.#send(message));
    this.#connect();
  }

  #connect(): void {
    const socket = new WebSocket(`${this.#url().replace("http", "ws")}/api/1.48.0/sync`);
    this.#socket = socket;
    const seen = this.#observed === 0n ? {} : { maxObservedTimestamp: encodeInt64(this.#observed) };
    socket.on("error", () => {});
    socket.on("open", () => {
      this.#sets = [[]];
      this.#told = "";
      this.#ts = 0n;
      const base = { connectionCount: this.#connection++, lastCloseReason: null, clientTs: 0 };
      this.#send({ type: "Connect", sessionId: this.#session, ...base, ...seen });
      if (this.#queries.size > 0) this.#modify([...this.#queries.keys()].map((id) => this.#added(id)));
      this.#requests.connected();
    });
    socket.on("close", () => this.#closed || setTimeout(() => this.#connect(), COME_BACK_MS));
    socket.on("message", (data) => this.#hear(JSON.parse(String(data))));
  }

  /** False while there is no connection. */
  #send(message: object): boolean {
    if (this.#socket.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  #added(queryId: number) {
    const { watched, journal } = this.#queries.get(queryId)!;
    return { type: "Add", queryId, udfPath: PATHS[watched.kind], args: [argumentOf(watched)], journal };
  }

  #modify(modifications: object[]): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    const newVersion = this.#sets.push([...this.#queries.keys()]) - 1;
    this.#send({ type: "ModifyQuerySet", baseVersion: newVersion - 1, newVersion, modifications });
  }

  watch(watched: Watched): number {
    const id = ++this.#lastQuery;
    this.#queries.set(id, { watched, journal: null, update: null });
    this.#modify([this.#added(id)]);
    return id;
  }

  unwatch(queryId: number): void {
    if (this.#queries.delete(queryId)) this.#modify([{ type: "Remove", queryId }]);
  }

  shown = (id: number): Update | null => this.#queries.get(id)?.update ?? null;

  mutate = (operation: Operation, twice: boolean): void => this.#requests.mutate(operation, twice);
  repeat = (which: number): void => this.#requests.repeat(which);

  drop(): void {
    this.#socket.terminate();
  }

  /** Resolves when every request was answered. */
  settled = (): Promise<void> => this.#until(() => this.#requests.isEmpty);
  /** Resolves when every query has a result. */
  complete = (): Promise<void> => this.#until(() => [...this.#queries.values()].every(({ update }) => update !== null));
  /** Resolves when the client was told everything up to this timestamp. */
  reached = (ts: bigint): Promise<void> => this.#until(() => this.#ts >= ts);

  #until(test: () => boolean): Promise<void> {
    return new Promise((resolve) => (test() ? resolve() : void this.#awaited.push({ test, resolve })));
  }

  close(): void {
    this.#closed = true;
    this.#socket.terminate();
  }

  #hear(message: any): void {
    if (message.type === "MutationResponse") this.#requests.answered(message);
    else if (message.type === "Transition") this.#transition(message);
    else if (message.type !== "Ping") this.#fault(`said ${JSON.stringify(message)}`);
    this.#awaited = this.#awaited.filter(({ test, resolve }) => !test() || void resolve());
  }

  #fault(what: string): void {
    this.#story.faults.push(`Session ${this.#number}, connection ${this.#connection}: the deployment ${what}.`);
  }

  #transition({ startVersion, endVersion, modifications }: any): void {
    const ts = decodeTs(endVersion.ts);
    if (this.#told !== "" && this.#told !== JSON.stringify(startVersion)) this.#fault("skipped a version");
    if (ts < this.#ts) this.#fault("went back in time");
    if (ts < this.#requests.newest)
      this.#fault(`told of ${ts} after the answer to a mutation of ${this.#requests.newest}`);
    this.#told = JSON.stringify(endVersion);
    this.#ts = this.#observed = ts;
    this.#clock.see(ts);
    const updated = new Set<number>();
    for (const { type, queryId, value, errorMessage, errorData, journal } of modifications) {
      const query = this.#queries.get(queryId);
      if (type === "QueryRemoved" || query === undefined) continue;
      query.update = type === "QueryUpdated" ? { value: jsonToConvex(value) } : { error: errorMessage };
      if (errorData !== undefined) query.update.value = jsonToConvex(errorData);
      query.journal = journal;
      updated.add(queryId);
    }
    const ids = this.#sets[endVersion.querySet]!.filter((id) => this.#queries.has(id));
    const shown = new Map(ids.map((id) => [id, { ...this.#queries.get(id)! }]));
    this.#story.heard.push({ session: this.#number, connection: this.#connection, ts, updated, shown });
  }
}

function argumentOf(watched: Watched) {
  if (watched.kind === "ask") return convexToJson(watched.question as unknown as Value);
  const { read, size, cursor, endCursor } = watched;
  const paginationOpts = { numItems: size, cursor, ...(endCursor !== null && { endCursor }) };
  return convexToJson({ read: read as unknown as Value, paginationOpts });
}
