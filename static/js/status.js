// @ts-check

/** Saving that is over sooner is not worth saying, in ms. */
const PATIENCE = 400;

/** How long a refusal is shown, in ms. */
const REFUSED = 5_000;

/** @import { Trouble } from "./verdict.js" */

/** What is said of changes that wait for more than a moment. @type {Partial<Record<Trouble, string>>} */
const WAITING = { offline: "Offline", "signed-out": "Signed out", "somebody-else": "Signed out", "view-only": "View only", gone: "Board gone", "too-large": "Too large" };

/** @typedef {"connecting" | "live" | "stale" | "lost" | "closed"} Connection */

/** Says whether all that was drawn is saved, and whether what others draw arrives. */
export class Status {
  #output;
  #waiting = 0;
  /** @type {Trouble | null} */
  #trouble = null;
  /** @type {Connection} */
  #connection = "connecting";
  /** Whether the page has yet to do what was done before its scripts ran. */
  #loading = true;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #refusal;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #speaking;

  /** @param {HTMLElement} output */
  constructor(output) {
    this.#output = output;
  }

  /** @param {number} waiting @param {Trouble | null} trouble */
  saving(waiting, trouble) {
    this.#waiting = waiting;
    this.#trouble = trouble;
    this.#show();
  }

  /** @param {Connection} connection */
  connection(connection) {
    this.#connection = connection;
    this.#show();
  }

  loaded() {
    this.#loading = false;
    this.#show();
  }

  refused() {
    clearTimeout(this.#refusal);
    this.#refusal = setTimeout(() => {
      this.#refusal = undefined;
      this.#show();
    }, REFUSED);
    this.#show();
  }

  #show() {
    const [state, text] = this.#now();
    clearTimeout(this.#speaking);
    this.#output.dataset.state = state;
    const say = () => {
      if (this.#output.textContent !== text) this.#output.textContent = text;
    };
    if (state === "saving") this.#speaking = setTimeout(say, PATIENCE);
    else say();
  }

  /** @returns {[state: string, text: string]} */
  #now() {
    if (this.#loading) return ["loading", "Loading…"];
    const waiting = `${this.#waiting} ${this.#waiting === 1 ? "change" : "changes"} waiting`;
    const why = this.#trouble && WAITING[this.#trouble];
    if (why && this.#waiting) return ["offline", `${why}, ${waiting}`];
    if (this.#connection === "closed") return ["stale", "Closed"];
    if (!navigator.onLine) return ["offline", "Offline"];
    if (this.#connection === "lost" || this.#connection === "stale") return ["stale", "Reconnecting…"];
    if (this.#waiting) return ["saving", "Saving…"];
    if (this.#refusal) return ["refused", "Not saved"];
    return ["saved", "Saved"];
  }
}
