// A gesture's change as one or more that the server takes. Pure.
import type { Change } from "../types/change.ts";
import type { Rank } from "../types/shape.ts";

/** The server's limits for one change, in operations and in bytes (256 KiB, with room for the rest of the body). */
const MOST_OPERATIONS = 200;
const MOST_BYTES = 240 * 1024;

/**
 * Each within the server's limits. Puts come first, since a patch may bind to what they put; removals last.
 * @param most operations of each
 */
export function split({ put = [], patch = {}, remove = [] }: Change, most: number = MOST_OPERATIONS): Change[] {
  const parts = new Parts(most);
  for (const shape of put) (parts.room(shape).put ??= []).push(parts.placed(shape.id, shape));
  for (const [id, fields] of Object.entries(patch))
    (parts.room({ [id]: fields }).patch ??= {})[id] = parts.placed(id, fields);
  for (const id of remove) (parts.room(id).remove ??= []).push(id);
  return parts.changes;
}

/** As two at least, if it does more than one thing. */
export function halves(change: Change) {
  const { put = [], patch = {}, remove = [] } = change;
  return split(change, Math.ceil((put.length + Object.keys(patch).length + remove.length) / 2));
}

/** Changes that are being filled. */
class Parts {
  changes: Change[] = [];
  #most;
  #operations = 0;
  #bytes = 0;
  /** For each place that was asked for, the shape that did so last. */
  #lasts: Map<string, string> = new Map();
  /** Where those go that ask for it in the part being filled. */
  #ranks: Map<string, Rank> = new Map();

  constructor(most: number) {
    this.#most = most;
  }

  /** The change that has room for one more operation. */
  room(operation: unknown): Change {
    const bytes = bytesOf(JSON.stringify(operation));
    if (!this.changes.length || this.#operations === this.#most || this.#bytes + bytes > MOST_BYTES) {
      this.changes.push({});
      this.#operations = this.#bytes = 0;
      for (const [asked, id] of this.#lasts) this.#ranks.set(asked, { above: id });
    }
    this.#operations++;
    this.#bytes += bytes;
    return this.changes[this.changes.length - 1];
  }

  /** Shapes that ask for one place keep their order: those of a later part go above the last of the part before. */
  placed<T extends { z?: Rank }>(id: string, fields: T): T {
    if (fields.z === undefined || typeof fields.z === "number") return fields;
    const asked = JSON.stringify(fields.z);
    this.#lasts.set(asked, id);
    const place = this.#ranks.get(asked);
    return place === undefined ? fields : { ...fields, z: place };
  }
}

export function bytesOf(text: string) {
  return new TextEncoder().encode(text).length;
}
