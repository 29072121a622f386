import { Listeners } from "../ground/listeners.ts";
import { send } from "../site/auth.ts";
import { explained } from "../site/refusal.ts";

/** While the board changes, the server is asked again at most this often, in ms. */
const AGAIN = 1_000;

/** Who may not see it, or could not be told. */
const LOST = "The server could not say who drew what: try again.";

/** Somebody whose shapes are on the board. */
export interface Author {
  id: string;
  name: string;
  /** The number of the cursor's colour */
  color: number;
  /** Of their shapes that are on the board */
  count: number;
  /** Ids that have come, or changed, since the answer before */
  shapes: string[];
}

/** Whose shapes are on the board, kept level with it while somebody wants to know. */
export class Authors {
  #url;
  #seen;
  #ts = "0";
  #open = false;
  #waiting: ReturnType<typeof setTimeout> | undefined;
  people: readonly Author[] = [];
  comes: Listeners<[readonly Author[]]> = new Listeners();

  /** @param url of the board @param seen the change up to which the page shows it */
  constructor(url: string, seen: () => bigint) {
    this.#url = url;
    this.#seen = seen;
  }

  /** @returns why it cannot be said; "" if it can */
  async open(): Promise<string> {
    if (this.#open) return "";
    this.#open = true;
    this.#ts = "0";
    const why = await this.#ask();
    if (why) this.close();
    return why;
  }

  close() {
    this.#open = false;
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
  }

  /** The board has changed. */
  changed() {
    if (!this.#open) return;
    this.#waiting ??= setTimeout(() => {
      this.#waiting = undefined;
      void this.#ask();
    }, AGAIN);
  }

  async #ask(): Promise<string> {
    const answer = await send(`${this.#url}/authors?after=${this.#ts}`).catch(() => null);
    const body = await answer?.json().catch(() => null);
    if (!this.#open) return "";
    if (!answer?.ok) return body?.error ? explained(body.error) : LOST;
    this.#ts = body.ts;
    this.people = body.people;
    this.comes.tell(this.people);
    if (BigInt(body.ts) < this.#seen()) this.changed(); // another process has answered, which is behind
    return "";
  }
}
