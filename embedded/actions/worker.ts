// Starts the thread of the actions when it is needed, and ends it if it is silent for too long.
import { Worker } from "node:worker_threads";
import type { FromActions, ToActions } from "./thread.ts";

const PING_MS = 5_000;
const SILENCE_MS = 30_000;

export class ActionWorker {
  readonly #take: (message: FromActions) => void;
  readonly #lost: () => void;
  #worker: Worker | null = null;

  /** Calls `lost` when the thread has ended, and all its actions with it. */
  constructor(take: (message: FromActions) => void, lost: () => void) {
    this.#take = take;
    this.#lost = lost;
    setInterval(() => this.post({ type: "ping" }), PING_MS).unref();
  }

  get running(): boolean {
    return this.#worker !== null;
  }

  start(): void {
    const worker = new Worker(new URL("./thread.ts", import.meta.url), {
      env: { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE },
    });
    this.#worker = worker;
    let heard = Date.now();
    const watch = setInterval(() => Date.now() - heard > SILENCE_MS && void worker.terminate(), PING_MS);
    worker.on("message", (message: FromActions) => {
      heard = Date.now();
      this.#take(message);
    });
    worker.on("error", (error) => console.error("The thread of the actions failed:", error));
    worker.on("exit", () => {
      clearInterval(watch);
      this.#worker = null;
      this.#lost();
    });
  }

  post(message: ToActions): void {
    this.#worker?.postMessage(message);
  }
}
