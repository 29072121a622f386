// A bare client of the sync protocol, for what the official clients hide.
import { randomUUID } from "node:crypto";
import { after } from "node:test";
import { WebSocket } from "ws";

const opened = new Set<WebSocket>();
after(() => opened.forEach((socket) => socket.terminate()));

export class RawClient {
  readonly received: any[] = [];
  readonly socket: WebSocket;
  closed: { code: number; reason: string } | null = null;
  #waiting: { test: (message: any) => boolean; resolve: (message: any) => void }[] = [];

  constructor(url: string, session: string = randomUUID(), connect: object = {}, version = "") {
    this.socket = new WebSocket(`${url.replace("http", "ws")}/api/${version}sync`);
    opened.add(this.socket);
    this.socket.on("open", () =>
      this.send({
        type: "Connect",
        sessionId: session,
        connectionCount: 0,
        lastCloseReason: null,
        clientTs: Date.now(),
        ...connect,
      }),
    );
    this.socket.on("close", (code, reason) => (this.closed = { code, reason: String(reason) }));
    this.socket.on("message", (data) => {
      const message = JSON.parse(String(data));
      this.received.push(message);
      this.#waiting = this.#waiting.filter(({ test, resolve }) => !test(message) || void resolve(message));
    });
  }

  get open(): Promise<void> {
    return new Promise((resolve) =>
      this.socket.readyState === this.socket.OPEN ? resolve() : this.socket.once("open", () => resolve()),
    );
  }

  send(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  /** The next message that passes the test. */
  next(test: (message: any) => boolean): Promise<any> {
    return new Promise((resolve) => this.#waiting.push({ test, resolve }));
  }

  /** Sends, and resolves to the next message of the type. */
  ask(message: object, type: string): Promise<any> {
    const answer = this.next((received) => received.type === type);
    this.send(message);
    return answer;
  }

  add(version: number, queryId: number, udfPath: string, args: object, extra: object = {}): Promise<any> {
    const modifications = [{ type: "Add", queryId, udfPath, args: [args], ...extra }];
    const answer = this.next(({ type, endVersion }) => type === "Transition" && endVersion.querySet === version + 1);
    this.send({ type: "ModifyQuerySet", baseVersion: version, newVersion: version + 1, modifications });
    return answer;
  }

  mutate(requestId: number, udfPath: string, args: object): Promise<any> {
    const answer = this.next((received) => received.type === "MutationResponse" && received.requestId === requestId);
    this.send({ type: "Mutation", requestId, udfPath, args: [args] });
    return answer;
  }

  close(): void {
    this.socket.close();
  }
}

export const decodeTs = (encoded: string): bigint => Buffer.from(encoded, "base64").readBigInt64LE();
