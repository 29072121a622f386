import type { Role } from "../ground/role.ts";
import type { Frame } from "../presence/peers.ts";
import type { TimerTold } from "../types/timer.ts";
import type { Connection, HtmxConnection } from "./connection.ts";
import type { Refusal } from "./refusals.ts";
import { HEALED, REFUSALS } from "./refusals.ts";
import { StreamElement } from "./stream-element.ts";
import { Watchdog } from "./watchdog.ts";
import type { Windows } from "./windows.ts";

/** The server says something every 15 s. A stream that has been silent for longer than this is dead, in ms. */
const SILENCE = 40_000;

/** Fresh tokens in a row that the server may refuse. */
const RENEWALS = 3;

/** Receives what the stream says besides shapes. */
interface Told {
  connection(connection: Connection): void;
  role(role: Role): void;
  /** The board was put back to an earlier state: all that it has now follows. */
  putBack(): void;
  /** The version of the pages that the server gives out now. */
  version(version: string): void;
  /** What others do. */
  presence(frame: Frame): void;
  /** null once there is none. */
  timer(timer: TimerTold | null): void;
  /** The stream has ended for good. */
  closed(why: string, refusal: Refusal): void;
  /** It goes on after all. @param why was said when it ended */
  returned(why: string): void;
}

/** `url` is the board's. */
interface Source {
  url: string;
  windows: Windows;
  /** The last change on the page. */
  seen(): bigint;
  /** Whether the page has only parts of the board. */
  cells: boolean;
  /** htmx takes up an element. */
  process(element: HTMLElement): void;
  /** Gets a fresh token, if there is such a thing. */
  renew(): Promise<boolean>;
}

/**
 * Follows the stream that htmx keeps open: whether it lives, and what it says besides shapes. While other windows of the browser need
 * the connection, it looks in instead: the server ends a stream with `once` when the page is level, and htmx opens the next.
 */
export class Stream {
  #element;
  #source;
  #told;
  /** htmx's own: it opens every stream of the page by it. */
  #request: { action: string } = { action: "" };
  /** Whether the stream that is open, or is about to be, stays open. */
  #keeps = true;
  #state: Connection = "connecting";
  #role: Role | undefined;
  #connection: HtmxConnection | null = null;
  // In a hidden tab htmx closes the stream itself, and opens it when the tab is seen again.
  #watchdog = new Watchdog(SILENCE, () => document.hidden || this.#connection?.reader?.cancel());
  #renewals = 0;
  /** Why the stream has ended. */
  #closed: Refusal | null = null;

  constructor(element: HTMLElement, source: Source, told: Told) {
    this.#element = new StreamElement(element);
    this.#source = source;
    this.#told = told;
    const { windows } = source;
    const on = this.#element.on.bind(this.#element);
    windows.changes.add(() => this.#share());
    on("htmx:config:request", ({ ctx }) => {
      this.#request = ctx.request;
      this.#address();
    });
    on("htmx:sse:after:connection", ({ connection }) => this.#opened(connection));
    on("htmx:sse:before:connection", ({ connection }) => connection.attempt > 0 && this.#again());
    on("htmx:sse:before:message", () => this.#watchdog.watch());
    on("htmx:sse:after:message", ({ connection }) => {
      if (!this.#keeps) connection.config.reconnectDelay = windows.pause; // the server's first message has set it
    });
    on("htmx:sse:error", ({ status }) => this.#failed(status));
    on("htmx:response:error", ({ ctx }) => this.#failed(ctx.response.status));
    on("htmx:error", () => this.#failed());
    on("status", ({ data }) => this.#connected(JSON.parse(data).state));
    on("access", ({ data }) => this.#access(JSON.parse(data)));
    on("presence", ({ data }) => told.presence(JSON.parse(data)));
    on("version", ({ data }) => told.version(JSON.parse(data).version));
    on("timer", ({ data }) => told.timer(JSON.parse(data).timer));
    on("put-back", () => told.putBack());
    on("superseded", () => this.#close(429));
    on("restart", () => this.#connected("lost"));
    addEventListener("online", () => this.#reopen());
    addEventListener("offline", () => this.#connected("lost"));
    // A page that is seen again opens its stream at once; htmx, which hears of it in the same turn, would wait first.
    document.addEventListener(
      "visibilitychange",
      () => document.hidden || setTimeout(() => this.#connection?.delayCanceller?.()),
    );
  }

  #address() {
    const { url, windows, seen, cells } = this.#source;
    this.#keeps = windows.keeps;
    this.#request.action = `${url}/stream?after=${seen()}${cells ? "&format=cells" : ""}${this.#keeps ? "" : "&once=true"}`;
  }

  /** A stream has ended, and htmx is about to wait and open another. */
  #again() {
    const lost = this.#keeps && this.#source.windows.keeps;
    this.#address();
    if (lost) this.#connected("lost");
  }

  /** Other windows have come, gone or been used, or show more. */
  #share() {
    const { keeps, behind } = this.#source.windows;
    if (this.#keeps && !keeps) void this.#connection?.reader?.cancel();
    // Not before its time while the server cannot be reached: htmx waits longer and longer.
    if (!this.#keeps && (keeps || behind) && this.#state === "live" && this.#connection?.delayCanceller) {
      this.#address();
      this.#connection.delayCanceller();
    }
  }

  #opened(connection: HtmxConnection) {
    this.#connection = connection;
    this.#renewals = 0;
    if (this.#closed) this.#told.returned(REFUSALS[this.#closed]);
    this.#closed = null;
    this.#connected("live");
    this.#watchdog.watch();
  }

  /** A window that only looks in gets the same state again and again: that is no news. */
  #connected(connection: Connection) {
    if (connection === this.#state) return;
    this.#state = connection;
    if (connection === "lost" || connection === "closed") this.#role = undefined;
    this.#told.connection(connection);
  }

  #access({ role }: { role: Role | null }) {
    if (!role) return this.#close(404);
    if (role === this.#role) return;
    this.#role = role;
    this.#told.role(role);
  }

  /** @param status of the answer, if there was one */
  #failed(status: number = 0) {
    this.#watchdog.stop();
    if (status === 401 || status === 409) void this.#renew(status);
    else if (status === 403 || status === 404) this.#close(status);
    else this.#connected("lost");
  }

  /** The token may be too old, or belong to another tab. htmx connects again by itself, then with a fresh token. */
  async #renew(status: 401 | 409) {
    this.#connected("lost");
    if (++this.#renewals > RENEWALS || !(await this.#source.renew())) this.#close(status);
  }

  /** This person may have signed in again: tries it with a new element, for htmx is through with the old one. */
  resume() {
    if (!this.#closed || !HEALED.includes(this.#closed) || this.#element.isOnPage) return;
    this.#connection = null;
    this.#source.process(this.#element.replace());
  }

  /** htmx would ask for ever. */
  #close(refusal: Refusal) {
    this.#watchdog.stop();
    this.#element.remove();
    void this.#connection?.reader?.cancel();
    this.#connection?.delayCanceller?.();
    this.#connected("closed");
    const again = this.#closed === refusal;
    if (this.#closed && !again) this.#told.returned(REFUSALS[this.#closed]); // it is for another reason now
    this.#closed = refusal;
    if (!again) this.#told.closed(REFUSALS[refusal], refusal);
  }

  /** The network is back: what was open may be dead, and nobody knows. */
  #reopen() {
    void this.#connection?.reader?.cancel();
    this.#connection?.delayCanceller?.();
  }
}
