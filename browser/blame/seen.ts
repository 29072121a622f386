import { send } from "../site/auth.ts";

/** While a page is looked at and the board changes, the server is told so often, in ms. */
const OFTEN = 60_000;

/** Tells the server up to which change this person has seen the board: when they look away, and each minute. */
export class Seen {
  #url;
  #seen;
  #noted: bigint | null = null;

  /** @param url of the board @param seen the change up to which the page shows it */
  constructor(url: string, seen: () => bigint) {
    this.#url = url;
    this.#seen = seen;
    document.addEventListener("visibilitychange", () => document.hidden && this.#note());
    // What comes to a page that nobody looks at is not seen.
    addEventListener("pagehide", () => document.hidden || this.#note());
    setInterval(() => document.hidden || this.#note(), OFTEN);
  }

  #note() {
    const ts = this.#seen();
    if (this.#noted !== null && ts <= this.#noted) return;
    this.#noted = ts;
    const told = { method: "POST", body: JSON.stringify({ ts: String(ts) }), keepalive: true };
    const forget = () => (this.#noted = null);
    void send(`${this.#url}/seen`, { ...told, headers: { "Content-Type": "application/json" } }).then(
      ({ ok }) => ok || forget(),
      forget,
    );
  }
}
