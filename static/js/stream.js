// @ts-check
/** @import { Frame } from "./presence/peers.js" */
/** @import { Role } from "./types.js" */
/** @import { Connection } from "./status.js" */
/** @import { Windows } from "./windows.js" */

/** The server says something every 15 s. A stream that has been silent for longer than this is dead, in ms. */
const SILENCE = 40_000;

/** Fresh tokens in a row that the server may refuse. */
const RENEWALS = 3;

/** What hx-sse keeps of a stream; the same object through its reconnections. @typedef {{ attempt: number, config: { reconnectDelay: number }, reader: ReadableStreamDefaultReader | null, delayCanceller: (() => void) | null }} HtmxConnection */

/** Answers after which asking again is of no use, and what they mean. @typedef {401 | 403 | 404 | 409 | 429} Refusal */
const REFUSALS = {
  401: "Your session has ended. Sign in to see what others draw.",
  403: "You may not see this board any longer.",
  404: "This board is gone, or it is private now, or you were removed from it.",
  409: "You are signed in as somebody else now. Reload the page.",
  429: "Easel is open in too many windows. This one no longer shows what others draw: close some and reload it.",
};

/** What signing in again heals, as the same person, in another tab too. @type {readonly Refusal[]} */
const HEALED = [401, 409];

/**
 * Follows the stream that htmx keeps open: whether it lives, and what it says besides shapes. While other windows of the browser need
 * the connection, it looks in instead: the server ends a stream with `once` when the page is level, and htmx opens the next.
 */
export class Stream {
  #element;
  #url;
  #seen;
  #windows;
  #format;
  /** htmx's own: it opens every stream of the page by it. @type {{ action: string }} */
  #request = { action: "" };
  /** Whether the stream that is open, or is about to be, stays open. */
  #keeps = true;
  /** @type {Connection} */
  #state = "connecting";
  /** @type {Role | undefined} */
  #role;
  /** @type {HtmxConnection | null} */
  #connection = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #watchdog;
  #renewals = 0;
  /** On the element. @type {[name: string, listener: (event: Event) => void][]} */
  #listeners = [];
  /** Why the stream has ended. @type {Refusal | null} */
  #closed = null;

  /** @type {(connection: Connection) => void} */
  onConnection = () => {};
  /** @type {(role: Role) => void} */
  onRole = () => {};
  /** The board was put back to an earlier state: all that it has now follows. */
  onPutBack = () => {};
  /** The version of the pages that the server gives out now. @type {(version: string) => void} */
  onVersion = () => {};
  /** What others do. @type {(frame: Frame) => void} */
  onPresence = () => {};
  /** The stream has ended for good. @type {(why: string, refusal: Refusal) => void} */
  onClosed = () => {};
  /** It goes on after all. @type {(why: string) => void} what was said when it ended */
  onReturned = () => {};
  /** htmx takes up an element. @type {(element: HTMLElement) => void} */
  process = () => {};
  /** Gets a fresh token, if there is such a thing. @type {() => Promise<boolean>} */
  renew = async () => false;

  /**
   * @param {HTMLElement} element @param {string} url of the board @param {() => bigint} seen the last change on the page
   * @param {Windows} windows @param {boolean} [cells] whether the page has only parts of the board
   */
  constructor(element, url, seen, windows, cells = false) {
    this.#format = cells ? "&format=cells" : "";
    this.#element = element;
    this.#url = url;
    this.#seen = seen;
    this.#windows = windows;
    windows.onChange = () => this.#share();
    this.#listen("htmx:config:request", ({ ctx }) => {
      this.#request = ctx.request;
      this.#address();
    });
    this.#listen("htmx:sse:after:connection", ({ connection }) => this.#opened(connection));
    this.#listen("htmx:sse:before:connection", ({ connection }) => connection.attempt > 0 && this.#again());
    this.#listen("htmx:sse:before:message", () => this.#watch());
    this.#listen("htmx:sse:after:message", ({ connection }) => {
      if (!this.#keeps) connection.config.reconnectDelay = windows.pause; // the server's first message has set it
    });
    this.#listen("htmx:sse:error", ({ status }) => this.#failed(status));
    this.#listen("htmx:response:error", ({ ctx }) => this.#failed(ctx.response.status));
    this.#listen("htmx:error", () => this.#failed());
    this.#listen("status", ({ data }) => this.#status(JSON.parse(data)));
    this.#listen("access", ({ data }) => this.#access(JSON.parse(data)));
    this.#listen("presence", ({ data }) => this.onPresence(JSON.parse(data)));
    this.#listen("version", ({ data }) => this.onVersion(JSON.parse(data).version));
    this.#listen("put-back", () => this.onPutBack());
    this.#listen("superseded", () => this.#close(429));
    this.#listen("restart", () => this.#connected("lost"));
    addEventListener("online", () => this.#reopen());
    addEventListener("offline", () => this.#connected("lost"));
  }

  /** Whether the server answers, and shows the board as it is. */
  get live() {
    return this.#state === "live";
  }

  #address() {
    this.#keeps = this.#windows.keeps;
    this.#request.action = `${this.#url}/stream?after=${this.#seen()}${this.#format}${this.#keeps ? "" : "&once=true"}`;
  }

  /** A stream has ended, and htmx is about to wait and open another. */
  #again() {
    const lost = this.#keeps && this.#windows.keeps;
    this.#address();
    if (lost) this.#connected("lost");
  }

  /** Other windows have come, gone or been used, or show more. */
  #share() {
    const { keeps, behind } = this.#windows;
    if (this.#keeps && !keeps) void this.#connection?.reader?.cancel();
    // Not before its time while the server cannot be reached: htmx waits longer and longer.
    if (!this.#keeps && (keeps || behind) && this.#state === "live" && this.#connection?.delayCanceller) {
      this.#address();
      this.#connection.delayCanceller();
    }
  }

  /** @param {HtmxConnection} connection */
  #opened(connection) {
    this.#connection = connection;
    this.#renewals = 0;
    if (this.#closed) this.onReturned(REFUSALS[this.#closed]);
    this.#closed = null;
    this.#connected("live");
    this.#watch();
  }

  /** A window that looks in hears the same again and again, which is no news. @param {Connection} connection */
  #connected(connection) {
    if (connection === this.#state) return;
    this.#state = connection;
    if (connection === "lost" || connection === "closed") this.#role = undefined;
    this.onConnection(connection);
  }

  /** @param {{ state: "live" | "stale" }} status */
  #status({ state }) {
    this.#connected(state);
  }

  /** @param {{ role: Role | null }} access */
  #access({ role }) {
    if (!role) return this.#close(404);
    if (role === this.#role) return;
    this.#role = role;
    this.onRole(role);
  }

  /** @param {number} [status] of the answer, if there was one */
  #failed(status = 0) {
    clearTimeout(this.#watchdog);
    if (status === 401) void this.#renew();
    else if (status === 403 || status === 404 || status === 409) this.#close(status);
    else this.#connected("lost");
  }

  /** The token may only have grown old. htmx asks again by itself; by then there is a fresh one. */
  async #renew() {
    this.#connected("lost");
    if (++this.#renewals > RENEWALS || !(await this.renew())) this.#close(401);
  }

  /** This person may have signed in again: tries it with a new element, for htmx is through with the old one. */
  resume() {
    if (!this.#closed || !HEALED.includes(this.#closed) || this.#element.isConnected) return;
    const element = /** @type {HTMLElement} */ (this.#element.cloneNode());
    element.removeAttribute("data-htmx-powered");
    for (const [name, listener] of this.#listeners) element.addEventListener(name, listener);
    this.#element = element;
    this.#connection = null;
    document.body.append(element);
    this.process(element);
  }

  /** htmx would ask for ever. @param {Refusal} refusal */
  #close(refusal) {
    clearTimeout(this.#watchdog);
    this.#element.remove();
    void this.#connection?.reader?.cancel();
    this.#connection?.delayCanceller?.();
    this.#connected("closed");
    const told = this.#closed === refusal;
    if (this.#closed && !told) this.onReturned(REFUSALS[this.#closed]); // it is for another reason now
    this.#closed = refusal;
    if (!told) this.onClosed(REFUSALS[refusal], refusal);
  }

  /** The network is back: what was open may be dead, and nobody knows. */
  #reopen() {
    void this.#connection?.reader?.cancel();
    this.#connection?.delayCanceller?.();
  }

  #watch() {
    clearTimeout(this.#watchdog);
    // In a hidden tab htmx closes the stream itself, and opens it when the tab is seen again.
    this.#watchdog = setTimeout(() => document.hidden || this.#connection?.reader?.cancel(), SILENCE);
  }

  /** @param {string} name @param {(detail: any) => void} listener */
  #listen(name, listener) {
    // An element that was given up may still speak.
    const heard = (/** @type {Event} */ event) => event.currentTarget === this.#element && listener(/** @type {CustomEvent} */ (event).detail);
    this.#listeners.push([name, heard]);
    this.#element.addEventListener(name, heard);
  }
}
