// @ts-check

/** Saving that is over sooner is not worth saying, in ms. */
const PATIENCE = 400;

/** How long a refusal is shown, in ms. */
const REFUSED = 5_000;

/** @typedef {"connecting" | "live" | "stale" | "lost" | "closed"} Connection */

/** Says whether all that was drawn is saved, and whether what others draw arrives. */
export class Status {
  #output;
  #waiting = 0;
  /** @type {"offline" | "busy" | "signed-out" | "somebody-else" | null} */
  #trouble = null;
  /** @type {Connection} */
  #connection = "connecting";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #refusal;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #speaking;

  /** @param {HTMLElement} output */
  constructor(output) {
    this.#output = output;
  }

  /** @param {number} waiting @param {"offline" | "busy" | "signed-out" | "somebody-else" | null} trouble */
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
    const waiting = `${this.#waiting} ${this.#waiting === 1 ? "change" : "changes"} waiting`;
    if ((this.#trouble === "signed-out" || this.#trouble === "somebody-else") && this.#waiting) return ["offline", `Signed out, ${waiting}`];
    if (this.#trouble === "offline" && this.#waiting) return ["offline", `Offline, ${waiting}`];
    if (this.#connection === "closed") return ["stale", "Closed"];
    if (!navigator.onLine) return ["offline", "Offline"];
    if (this.#connection === "lost" || this.#connection === "stale") return ["stale", "Reconnecting…"];
    if (this.#waiting) return ["saving", "Saving…"];
    if (this.#refusal) return ["refused", "Not saved"];
    return ["saved", "Saved"];
  }
}
