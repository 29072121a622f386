import { send } from "../site/auth.ts";
import { Clock } from "./clock.ts";
import { Fold, type State } from "./fold.ts";
import type { Row } from "./rows.ts";

/** Changes that one part of the log has at most, so that a page's memory has a bound, and characters. */
const MOST = 20_000;
const MOST_TEXT = 64 * 1024 * 1024;

interface Page {
  changes: Row[];
  people: Record<string, string>;
  next: string | null;
}

/** Where a part of the log begins: after which ts, and with what on the board. */
export interface Part {
  after: string;
  start: ReadonlyMap<string, State>;
  before: Part | null;
}

export const FIRST: Part = { after: "0", start: new Map(), before: null };

/** The first part of a log of which the board no longer remembers what came before `ts`. */
export async function remembered(url: string, ts: string, signal: AbortSignal): Promise<Part> {
  const answer = await send(`${url}.json?at=${ts}`, { signal });
  if (!answer.ok) throw new Error();
  const { shapes }: { shapes: (State["shape"] & { id: string })[] } = await answer.json();
  return { after: ts, start: new Map(shapes.map((shape) => [shape.id, { shape, live: true }])), before: null };
}

/** A part of the log, as the page plays it: all of it, unless the board is very old. */
export class Past {
  fold;
  clock = new Clock();
  /** The names of people by their ids. */
  people: Map<string, string> = new Map();
  part;
  #next: string | null = null;
  #authors: string[] = [];
  #text = 0;

  constructor(part: Part) {
    this.part = part;
    this.fold = new Fold(part.start);
  }

  /** The part that follows; null if this is the last one. */
  get later(): Part | null {
    return this.#next === null ? null : { after: this.#next, start: this.fold.end, before: this.part };
  }

  /** Who made the change that is the last of so many. */
  authorOf(count: number) {
    return this.people.get(this.#authors[count - 1] ?? "") ?? "";
  }

  /** Whether two changes in a row are of two people, or after a pause: there a sitting begins. */
  begins(change: number) {
    return this.#authors[change] !== this.#authors[change - 1] || this.clock.breaks.includes(change);
  }

  /** @param url of the board @param told of how many changes there are so far @returns the refusal of the server, if it refused */
  async read(url: string, told: (count: number) => void, signal: AbortSignal): Promise<Response | null> {
    let after: string | null = this.part.after;
    while (after !== null) {
      const answer = await send(`${url}/history/log?after=${after}`, { signal });
      if (!answer.ok) return answer;
      const page: Page = await answer.json();
      for (const [id, name] of Object.entries(page.people)) this.people.set(id, name);
      for (const row of page.changes) this.#append(row);
      told(this.fold.length);
      after = page.next;
      if (this.fold.length >= MOST || this.#text >= MOST_TEXT) break;
    }
    this.#next = after;
    return null;
  }

  #append(row: Row) {
    this.fold.append(row);
    this.clock.append(row.ts);
    this.#authors.push(row.author);
    for (const op of row.ops) this.#text += op.type === "put" ? 200 + String(op.shape.points ?? "").length : 200;
  }
}
