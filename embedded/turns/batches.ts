// Mutations in batches. All of a batch share one commit. While one batch is on its way to the disk, the next one gathers; its
// writes are visible to reads already. Nobody is told of a batch that is not on disk.

import { Minutely } from "../ground/minutely.ts";
import type { Point, ReadSet } from "../query/reads.ts";
import type { MutationCall, WriteCall } from "../run/call.ts";
import type { Host } from "../run/host.ts";
import type { Outcome } from "../run/result.ts";
import { FunctionError, storageCode } from "../value/errors.ts";

interface Answer {
  call: MutationCall | WriteCall;
  outcome: Outcome;
  ts: bigint;
  /** Runs once the mutation is on disk. */
  committed: (() => void)[];
}

/** Enough for some 1,000 strokes. */
const MAX_TOUCHED = 20_000;

class Batch {
  readonly answers: Answer[] = [];
  readonly touched: Point[] = [];
  broken: Error | null = null;
}

export class Batches {
  readonly #host: Host;
  /** Called when a batch is on disk, or was taken back: then with the keys that it had touched. */
  readonly #ended: (takenBack: Point[]) => void;
  readonly #unsaved = new Minutely();
  #open = new Batch();
  #saving: Batch | null = null;

  constructor(host: Host, ended: (takenBack: Point[]) => void) {
    this.#host = host;
    this.#ended = ended;
  }

  get isSaving(): boolean {
    return this.#saving !== null;
  }

  /** Whether no further mutation may run before a batch has ended. */
  get isClosed(): boolean {
    const { broken, touched } = this.#open;
    return broken !== null || (this.isSaving && (touched.length > MAX_TOUCHED || this.#host.db.needsRest));
  }

  /** Whether a query read what the gathering batch has written: its result changes until the batch is complete. */
  isChanging(reads: ReadSet): boolean {
    // Nobody knows what a broken batch has written. It is taken back before the query runs again.
    return this.#open.broken !== null || reads.conflict(this.#open.touched) !== null;
  }

  /** Whether a query read what is not on disk yet. */
  isUnsaved(reads: ReadSet): boolean {
    return this.#saving !== null && reads.conflict(this.#saving.touched) !== null;
  }

  touch(points: readonly Point[]): void {
    for (const point of points) this.#open.touched.push(point);
  }

  answer(call: MutationCall | WriteCall, outcome: Outcome, ts = 0n, committed: (() => void)[] = []): void {
    this.#open.answers.push({ call, outcome, ts, committed });
  }

  /** A mutation was applied in part: its batch cannot be saved. */
  broke(error: Error): void {
    this.#open.broken ??= error;
  }

  /** Starts to save the batch that has gathered, while no other is being saved. Returns the keys that it touched. */
  save(): readonly Point[] {
    const batch = this.#open;
    this.#open = new Batch();
    if (batch.broken) {
      this.#refuse([batch], batch.broken);
      return [];
    }
    if (this.#host.db.hasUncommitted) {
      this.#saving = batch;
      this.#host.db.commit((error) => this.#saved(batch, error));
    } else tell(batch);
    return batch.touched;
  }

  #saved(batch: Batch, error: Error | null): void {
    if (error && storageCode(error) !== "StorageFull") {
      // What the disk holds now is unknown until a restart reads it, so from here on nobody is told anything.
      return this.#host.end(`The log could not be written, so the deployment ends: ${error.message}`);
    }
    this.#saving = null;
    if (error) {
      const both = [batch, this.#open];
      this.#open = new Batch();
      this.#refuse(both, error);
      return this.#ended(batch.touched);
    }
    tell(batch);
    this.#host.db.settle();
    this.#ended([]);
  }

  #refuse(batches: Batch[], { message }: Error): void {
    this.#host.db.rollback();
    this.#unsaved.report(
      (times) => `${times === 1 ? "A transaction" : `${times} transactions`} could not be saved: ${message}`,
    );
    const error = new FunctionError(`Internal error: the transaction could not be saved: ${message}`);
    const outcome = { ...this.#host.failure(error, []), system: true, code: storageCode(message) };
    for (const { call } of batches.flatMap(({ answers }) => answers)) call.done(outcome, 0n);
  }
}

function tell({ answers }: Batch): void {
  for (const { call, outcome, ts, committed } of answers) {
    for (const then of committed) then();
    call.done(outcome, ts);
  }
}
