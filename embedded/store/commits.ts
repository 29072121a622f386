// The commit that gathers, and the commit that is being written.
import { Commit } from "./commit.ts";
import type { Change, History } from "./history.ts";
import type { Log } from "./log.ts";
import type { Overlay } from "./overlay.ts";

export class Commits {
  readonly #log: Log;
  readonly #overlay: Overlay;
  readonly #history: History;
  #saving: Commit | null = null;
  gathering: Commit;

  constructor(log: Log, overlay: Overlay, history: History) {
    this.#history = history;
    this.#log = log;
    this.#overlay = overlay;
    this.gathering = new Commit(overlay);
  }

  /** The changes that are not on disk, oldest first. */
  get changes(): Change[] {
    return [...(this.#saving?.changes ?? []), ...this.gathering.changes];
  }

  /** Writes what has gathered, up to this ts. Calls `done` when it is on disk, or with what the file system says. */
  save(ts: bigint, done: (error: Error | null) => void): void {
    const saving = this.gathering;
    this.#saving = saving;
    this.gathering = new Commit(this.#overlay);
    this.#log.append(saving.text(ts), (error) => {
      if (!error) {
        this.#saving = null;
        this.#history.add(saving.changes);
      }
      done(error);
    });
  }

  /** Undoes everything that is not on disk, the newest first. */
  rollback(): void {
    this.gathering.rollback();
    this.#saving?.rollback();
    this.gathering = new Commit(this.#overlay);
    this.#saving = null;
  }
}
