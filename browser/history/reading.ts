import { send } from "../site/auth.ts";
import { toast } from "../site/toast.ts";
import type { Version } from "./bar.ts";
import { FIRST, type Part, Past, remembered } from "./past.ts";

/** Reads parts of the log from the server. */
export class Reading {
  versions: Version[] = [];
  #url;
  #say;
  #under: AbortController | null = null;

  /** @param url of the board @param say how far it has come; "" when it is done */
  constructor(url: string, say: (sentence: string) => void) {
    this.#url = url;
    this.#say = say;
  }

  stop() {
    this.#under?.abort();
  }

  /** The part of the log with this ts, or the first one; null if it was stopped or failed, which is said. */
  async with(ts: bigint | null): Promise<Past | null> {
    let part: Part | null = FIRST;
    for (;;) {
      const past: Past | null = await this.part(part);
      part = past && ts !== null && ts > (past.clock.tsOf(past.fold.length) ?? 0n) ? past.later : null;
      if (!part) return past;
    }
  }

  /** The same for a part that is known. */
  async part(part: Part): Promise<Past | null> {
    this.stop();
    const { signal } = (this.#under = new AbortController());
    const past = new Past(part);
    this.#say("Reading the history…");
    const told = (count: number) => this.#say(`Reading the history: ${count.toLocaleString("en")} changes…`);
    try {
      const versions = send(`${this.#url}/versions`, { headers: { Accept: "application/json" }, signal });
      const refusal = await past.read(this.#url, told, signal);
      if (refusal?.status === 410) return await this.part(await remembered(this.#url, await earliest(refusal), signal));
      if (refusal) throw new Error();
      const answer = await versions;
      this.versions = answer.ok ? (await answer.json()).versions : [];
    } catch {
      if (!signal.aborted) toast("error", "The history could not be read: try again.");
      return null;
    }
    this.#say(past.fold.length ? "" : "Nothing was drawn yet.");
    return signal.aborted ? null : past;
  }
}

/** The ts of the earliest moment that is remembered. */
async function earliest(refusal: Response): Promise<string> {
  return (await refusal.json()).error.limit;
}
