// The sending side of a socket: pings, long Transitions in parts, and a close with a reason.
import type { WebSocket } from "ws";

/** Browsers do not see ping frames, so they get a message when nothing else was sent. */
const PING_JSON_MS = 15_000;
const PING_FRAME_MS = 5_000;
const SILENCE_MS = 120_000;
const MAX_UNSENT_BYTES = 64 << 20;
/** The JavaScript client can join longer Transitions from parts; other clients get them whole. */
const CHUNK_CHARACTERS = 5_000_000;

export class Wire {
  readonly #socket: WebSocket;
  readonly #takesChunks: boolean;
  readonly #pinger: NodeJS.Timeout;
  #lastSent = performance.now();
  #lastHeard = performance.now();
  #chunked = 0;

  constructor(socket: WebSocket, takesChunks: boolean) {
    this.#socket = socket;
    this.#takesChunks = takesChunks;
    this.#pinger = setInterval(() => this.#ping(), PING_FRAME_MS);
    const heard = (): void => void (this.#lastHeard = performance.now());
    socket.on("message", heard);
    socket.on("pong", heard);
    socket.on("close", () => clearInterval(this.#pinger));
    socket.on("error", () => socket.terminate());
  }

  get open(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  send(text: string, sent?: () => void): void {
    if (this.#socket.bufferedAmount > MAX_UNSENT_BYTES) return this.#socket.close(1013, "SlowReader");
    this.#lastSent = performance.now();
    this.#socket.send(text, sent);
  }

  /** Sends a long text in parts if the client can join them. */
  sendWhole(text: string, sent: () => void): void {
    if (!this.#takesChunks || text.length <= CHUNK_CHARACTERS) return this.send(text, sent);
    const transitionId = String(this.#chunked++);
    const totalParts = Math.ceil(text.length / CHUNK_CHARACTERS);
    for (let partNumber = 0; partNumber < totalParts; partNumber++) {
      const chunk = text.slice(partNumber * CHUNK_CHARACTERS, (partNumber + 1) * CHUNK_CHARACTERS);
      const last = partNumber === totalParts - 1;
      this.send(
        JSON.stringify({ type: "TransitionChunk", chunk, partNumber, totalParts, transitionId }),
        last ? sent : undefined,
      );
    }
  }

  /** Ends the session: the client should bring another token. */
  authError(error: string, baseVersion: number, authUpdateAttempted: boolean): void {
    this.#end({ type: "AuthError", error, baseVersion, authUpdateAttempted });
  }

  /** Ends the session: the client has broken the protocol. */
  fatal(error: string): void {
    this.#end({ type: "FatalError", error });
  }

  #end(message: object): void {
    this.send(JSON.stringify(message));
    this.#socket.close(1000);
  }

  #ping(): void {
    const now = performance.now();
    if (now - this.#lastHeard > SILENCE_MS) return this.#socket.terminate();
    this.#socket.ping();
    if (now - this.#lastSent >= PING_JSON_MS) this.send('{"type":"Ping"}');
  }
}
