// The mutations that a client has asked for. Those without an answer are sent again after a connection was lost.
import { convexToJson, jsonToConvex, type Value } from "convex/values";
import { decodeTs } from "../socket.ts";
import type { Answer, Clock, Operation } from "./story.ts";

interface Request {
  message: object;
  operation: Operation;
  isSent: boolean;
}

export class Requests {
  readonly #session: number;
  readonly #clock: Clock;
  readonly #send: (message: object) => boolean;
  readonly #all: Request[] = [];
  readonly #waiting = new Map<number, Request>();
  /** The newest commit of which this connection brought an answer. */
  newest = 0n;

  constructor(session: number, clock: Clock, send: (message: object) => boolean) {
    this.#session = session;
    this.#clock = clock;
    this.#send = send;
  }

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  connected(): void {
    this.newest = 0n;
    for (const request of this.#waiting.values()) this.#ask(request);
  }

  mutate(operation: Operation, twice: boolean): void {
    const requestId = this.#all.length;
    Object.assign(operation, { session: this.#session, request: requestId });
    const args = [convexToJson({ op: operation.op, steps: operation.steps as unknown as Value })];
    const message = { type: "Mutation", requestId, udfPath: "steps:run", args };
    this.#all.push({ message, operation, isSent: false });
    this.repeat(requestId);
    if (twice) this.repeat(requestId);
  }

  /** Sends an earlier request again, as a client does that has missed the answer. */
  repeat(which: number): void {
    const number = which % this.#all.length;
    const request = this.#all[number];
    if (request === undefined) return;
    this.#waiting.set(number, request);
    this.#ask(request);
  }

  #ask(request: Request): void {
    if (!this.#send(request.message)) return;
    if (request.isSent) request.operation.repeated = true;
    request.isSent = true;
  }

  answered({ requestId, success, result, ts, errorData }: any): void {
    const heard = this.#clock.tick();
    const data = errorData === undefined ? {} : { data: jsonToConvex(errorData) };
    const answer: Answer = success
      ? { heard, ok: true, value: jsonToConvex(result), ts: decodeTs(ts) }
      : { heard, ok: false, message: result, ...data };
    this.#all[requestId]!.operation.answers.push(answer);
    if (answer.ok && answer.ts! > this.newest) this.newest = answer.ts!;
    this.#waiting.delete(requestId);
  }
}
