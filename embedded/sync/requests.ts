// The mutations and actions that a session's client requests.
import type { WebSocket } from "ws";
import type { Identity } from "../auth/identity.ts";
import type { Deployment } from "../deployment.ts";
import type { Outcome } from "../run/result.ts";
import { encodeInt64 } from "../value/values.ts";
import { type ClientMessage, onlyArgument } from "./messages.ts";

const MAX_WAITING_MUTATIONS = 1000;

type Request = ClientMessage & { type: "Mutation" | "Action" };

export class Requests {
  readonly #deployment: Deployment;
  readonly #socket: WebSocket;
  readonly #respond: (response: string) => void;
  #waitingMutations = 0;

  constructor(deployment: Deployment, socket: WebSocket, respond: (response: string) => void) {
    this.#deployment = deployment;
    this.#socket = socket;
    this.#respond = respond;
  }

  /** Stops reading from the client while 1000 of its mutations wait. */
  mutate({ requestId, udfPath: path, args }: Request, identity: Identity | null, session: string): void {
    if (++this.#waitingMutations === MAX_WAITING_MUTATIONS) this.#socket.pause();
    this.#deployment.mutate({
      path,
      args: onlyArgument(args),
      identity,
      request: { session, id: requestId },
      done: (outcome, ts) => {
        if (this.#waitingMutations-- === MAX_WAITING_MUTATIONS) this.#socket.resume();
        const committed = `"ts":${outcome.ok ? JSON.stringify(encodeInt64(ts)) : null},`;
        this.#respond(encodeResponse("MutationResponse", requestId, outcome, committed));
      },
    });
  }

  act({ requestId, udfPath: path, args }: Request, identity: Identity | null): void {
    const done = (outcome: Outcome): void => {
      if (this.#socket.readyState === this.#socket.OPEN)
        this.#respond(encodeResponse("ActionResponse", requestId, outcome, ""));
    };
    this.#deployment.act({ path, args: onlyArgument(args), identity, done });
  }
}

function encodeResponse(type: string, requestId: number, outcome: Outcome, extra: string): string {
  const result = outcome.ok ? outcome.value : JSON.stringify(outcome.message);
  const data = !outcome.ok && outcome.data !== undefined ? `,"errorData":${outcome.data}` : "";
  return `{"type":"${type}","requestId":${requestId},"success":${outcome.ok},"result":${result},${extra}"logLines":${JSON.stringify(outcome.logs)}${data}}`;
}
