// A thread in which actions run. It ends if it is silent for too long, or when it is retired and its last action has ended.
import { Worker } from "node:worker_threads";
import type { FromActions, ToActions } from "./thread.ts";

const PING_MS = 5_000;
const SILENCE_MS = 30_000;

export class ActionWorker {
  readonly #worker: Worker;
  #running = 0;
  #retired = false;

  /** Calls `lost` when the thread has ended, and all its actions with it. */
  constructor(take: (message: FromActions) => void, lost: () => void) {
    this.#worker = new Worker(new URL("./thread.ts", import.meta.url), {
      env: { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE },
    });
    let heard = Date.now();
    const watch = setInterval(() => {
      if (Date.now() - heard > SILENCE_MS) void this.#worker.terminate();
      else this.post({ type: "ping" });
    }, PING_MS).unref();
    this.#worker.on("message", (message: FromActions) => {
      heard = Date.now();
      take(message);
    });
    this.#worker.on("error", (error) => console.error("The thread of the actions failed:", error));
    this.#worker.on("exit", () => {
      clearInterval(watch);
      lost();
    });
  }

  post(message: ToActions): void {
    this.#worker.postMessage(message);
  }

  /** An action begins here. */
  begin(): void {
    this.#running++;
  }

  /** It has ended. */
  end(): void {
    this.#running--;
    this.#endIfIdle();
  }

  /** No action begins here any more. */
  retire(): void {
    this.#retired = true;
    this.#endIfIdle();
  }

  #endIfIdle(): void {
    if (this.#retired && this.#running === 0) void this.#worker.terminate();
  }
}
