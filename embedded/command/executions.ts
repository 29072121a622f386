// The latest executions of functions, for `npx convex logs`.
import { kindName } from "../functions/checked_function.ts";
import type { Kind } from "../functions/listing.ts";
import type { Outcome } from "../run/result.ts";

const KEPT = 1000;
const WAIT_MS = 30_000;

interface Entry {
  at: number;
  kind: Kind | "httpAction";
  path: string;
  error: string | null;
  logLines: readonly string[];
  ms: number;
}

/** As the command line reads it. */
const show = ({ at, kind, path, error, logLines, ms }: Entry): object => ({
  ...{
    kind: "Completion",
    identifier: path,
    udfType: kindName(kind),
    logLines,
    timestamp: at / 1000,
    executionTime: ms / 1000,
  },
  ...(error === null ? { success: {} } : { success: null, error }),
});

export class Executions {
  #entries: Entry[] = [];
  #waiting = new Set<() => void>();

  /** `ms` is how long it took. */
  add(kind: Kind | "httpAction", path: string, outcome: Outcome, logLines: readonly string[], ms: number): void {
    const at = Math.max(Date.now(), (this.#entries.at(-1)?.at ?? 0) + 1);
    this.#entries.push({
      at,
      kind,
      path,
      error: outcome.ok ? null : (outcome.detail ?? outcome.message).trimEnd(),
      logLines,
      ms,
    });
    if (this.#entries.length > 2 * KEPT) this.#entries = this.#entries.slice(-KEPT);
    for (const tell of this.#waiting) tell();
  }

  /** The executions after the cursor (in ms), as JSON. Waits a while if there are none. */
  async after(cursor: number): Promise<string> {
    if (cursor > 0 && (this.#entries.at(-1)?.at ?? 0) <= cursor) await this.#next();
    const entries = this.#entries.filter(({ at }) => at > cursor);
    return JSON.stringify({
      entries: entries.slice(-KEPT).map(show),
      newCursor: this.#entries.at(-1)?.at ?? Math.max(cursor, 1),
    });
  }

  async #next(): Promise<void> {
    await new Promise<void>((resolve) => {
      const tell = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(tell);
        resolve();
      };
      const timer = setTimeout(tell, WAIT_MS).unref();
      this.#waiting.add(tell);
    });
  }
}
