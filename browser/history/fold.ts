import type { Packed, Row } from "./rows.ts";

/** A shape at some moment. A removed one keeps its fields: a restore brings them back. */
export interface State {
  shape: Packed;
  live: boolean;
}

/** What a change did to one shape. Undefined: there was no such shape. */
interface Step {
  id: string;
  before: State | undefined;
  after: State;
}

/** The log as a board that goes forwards and backwards: `at` changes of it have been applied. */
export class Fold {
  /** How many changes it has. */
  length = 0;
  at = 0;
  /** The ids of all lines and arrows: one that is bound moves with another shape. */
  lines: Set<string> = new Set();
  #steps: Step[][] = [];
  /** At `at`, and at the end. */
  #now: Map<string, State>;
  #end: Map<string, State>;

  /** @param start the board before the first change */
  constructor(start: ReadonlyMap<string, State> = new Map()) {
    this.#now = new Map(start);
    this.#end = new Map(start);
    for (const [id, { shape }] of start) this.#note(id, shape);
  }

  /** The next change of the log. */
  append({ ops }: Row) {
    const steps: Step[] = [];
    for (const op of ops) {
      const id = op.type === "put" ? op.shape.id : op.id;
      const before = this.#end.get(id);
      const after = applied(before, op);
      if (!after) continue;
      this.#end.set(id, after);
      if (op.type === "put") this.#note(id, after.shape);
      steps.push({ id, before, after });
    }
    this.#steps.push(steps);
    this.length++;
  }

  /** Goes to the board after `at` changes. @returns the ids of all that a change on the way has touched */
  seek(at: number): Set<string> {
    const touched: Set<string> = new Set();
    for (; this.at < at; this.at++)
      for (const { id, after } of this.#steps[this.at]) {
        this.#now.set(id, after);
        touched.add(id);
      }
    for (; this.at > at; this.at--)
      for (const { id, before } of this.#steps[this.at - 1].toReversed()) {
        if (before) this.#now.set(id, before);
        else this.#now.delete(id);
        touched.add(id);
      }
    return touched;
  }

  /** The ids that this change touched. */
  touched(change: number): string[] {
    return this.#steps[change]?.map(({ id }) => id) ?? [];
  }

  /** A live shape, at `at`. */
  get(id: string): Packed | undefined {
    const state = this.#now.get(id);
    return state?.live ? state.shape : undefined;
  }

  /** Live shapes by id, at `at`, in any order. */
  *live(): Iterable<[string, Packed]> {
    for (const [id, { shape, live }] of this.#now) if (live) yield [id, shape];
  }

  #note(id: string, { kind }: Packed) {
    if (kind === "line" || kind === "arrow") this.lines.add(id);
  }

  /** The board after the last change, also what is removed: where the next part of the log goes on. */
  get end(): ReadonlyMap<string, State> {
    return this.#end;
  }
}

function applied(before: State | undefined, op: Row["ops"][number]): State | undefined {
  if (op.type === "put") return { shape: op.shape, live: true };
  if (!before) return undefined;
  if (op.type === "patch") return { shape: { ...before.shape, ...op.set }, live: before.live };
  return { shape: before.shape, live: op.type === "restore" };
}
