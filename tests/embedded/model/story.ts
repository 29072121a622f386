// What was heard while the clients of a seed did what they had planned. check.ts compares it with the model.
import type { Value } from "convex/values";
import { Ids } from "./ids.ts";
import type { Question, Read, Step } from "./steps.ts";

/** Of all seeds that share a deployment. */
export class Clock {
  /** Counts what is sent and heard. */
  count = 0;
  /** The newest timestamp that anybody was told. */
  seen = 0n;

  tick = (): number => ++this.count;
  see(ts: bigint): void {
    if (ts > this.seen) this.seen = ts;
  }
}

/** When something was sent, and what the clients had seen by then. */
export interface Sent {
  at: number;
  seen: bigint;
}

export type Answer = { heard: number } & (
  | { ok: true; value: Value; ts: bigint | null }
  | { ok: false; message: string; data?: Value }
);

export interface Operation {
  op: string;
  steps: Step[];
  sent: Sent;
  /** The session and the request, if it was not sent over HTTP. */
  session: number | null;
  request: number;
  /** Sent more than once. If it failed at first, it may have succeeded later. */
  repeated: boolean;
  answers: Answer[];
}

export type Watched =
  | { kind: "ask"; question: Question }
  | { kind: "page"; read: Read; size: number; cursor: string | null; endCursor: string | null };

export interface Update {
  value?: Value;
  error?: string;
}

/** One Transition. `shown` is what the client knows after it, of each query in its set. */
export interface Heard {
  session: number;
  connection: number;
  ts: bigint;
  updated: ReadonlySet<number>;
  shown: ReadonlyMap<number, { watched: Watched; update: Update | null }>;
}

export interface Asked {
  question: Question;
  sent: Sent;
  answer: Answer;
}

export interface Row {
  op: string;
  ts: bigint;
  done: Value[];
}

export class Story {
  readonly operations = new Map<string, Operation>();
  readonly heard: Heard[] = [];
  readonly asked: Asked[] = [];
  readonly faults: string[] = [];
  readonly ids = new Ids();
  /** At the end. */
  history: Row[] = [];
  ended: { id: string; op: string; state: string; error: string | null }[] = [];
  tables = new Map<string, Value[]>();
}
