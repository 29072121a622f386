import type { Connection } from "./connection.ts";
import type { Trouble } from "./verdict.ts";

/** Saving that is over sooner is not worth saying, in ms. */
const PATIENCE = 400;

/** How long a refusal is shown, in ms. */
const REFUSED = 5_000;

/** What is said of changes that wait for more than a moment. */
const WAITING: Partial<Record<Trouble, string>> = {
  offline: "Offline",
  "signed-out": "Signed out",
  "somebody-else": "Signed out",
  "view-only": "View only",
  gone: "Board gone",
  "too-large": "Too large",
};

/** Says whether all that was drawn is saved, and whether what others draw arrives. */
export class Status {
  #output;
  #changes = 0;
  #pictures = 0;
  #trouble: Trouble | null = null;
  #connection: Connection = "connecting";
  /** Whether the page has yet to do what was done before its scripts ran. */
  #loading = true;
  #refusal: ReturnType<typeof setTimeout> | undefined;
  #speaking: ReturnType<typeof setTimeout> | undefined;

  constructor(output: HTMLElement) {
    this.#output = output;
  }

  /** @param waiting changes */
  saving(waiting: number, trouble: Trouble | null) {
    this.#changes = waiting;
    this.#trouble = trouble;
    this.#show();
  }

  /** @param waiting pictures */
  sending(waiting: number) {
    this.#pictures = waiting;
    this.#show();
  }

  get #waiting() {
    return this.#changes + this.#pictures;
  }

  connection(connection: Connection) {
    this.#connection = connection;
    this.#show();
  }

  /** Whether the server answers, and shows the board as it is. */
  get live() {
    return this.#connection === "live";
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

  #now(): [state: string, text: string] {
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
