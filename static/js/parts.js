// @ts-check
// A gesture's change as one or more that the server takes. Pure.

/** @import { Change, Place } from "./types.js" */

/** The server's limits for one change, in operations and in bytes (256 KiB, with room for the rest of the body). */
const MOST_OPERATIONS = 200;
const MOST_BYTES = 240 * 1024;

/**
 * Each within the server's limits. Puts come first, since a patch may bind to what they put; removals last.
 * @param {Change} change @param {number} [most] operations of each @returns {Change[]}
 */
export function split({ put = [], patch = {}, remove = [] }, most = MOST_OPERATIONS) {
  const parts = new Parts(most);
  for (const shape of put) (parts.room(shape).put ??= []).push(parts.placed(shape.id, shape));
  for (const [id, fields] of Object.entries(patch)) (parts.room({ [id]: fields }).patch ??= {})[id] = parts.placed(id, fields);
  for (const id of remove) (parts.room(id).remove ??= []).push(id);
  return parts.changes;
}

/** As two at least, if it does more than one thing. @param {Change} change */
export function halves(change) {
  const { put = [], patch = {}, remove = [] } = change;
  return split(change, Math.ceil((put.length + Object.keys(patch).length + remove.length) / 2));
}

/** Changes that are being filled. */
class Parts {
  /** @type {Change[]} */
  changes = [];
  #most;
  #operations = 0;
  #bytes = 0;
  /** For each place that was asked for, the shape that did so last. @type {Map<string, string>} */
  #lasts = new Map();
  /** Where those go that ask for it in the part being filled. @type {Map<string, Place>} */
  #places = new Map();

  /** @param {number} most */
  constructor(most) {
    this.#most = most;
  }

  /** The change that has room for one more operation. @param {unknown} operation @returns {Change} */
  room(operation) {
    const bytes = bytesOf(JSON.stringify(operation));
    if (!this.changes.length || this.#operations === this.#most || this.#bytes + bytes > MOST_BYTES) {
      this.changes.push({});
      this.#operations = this.#bytes = 0;
      for (const [asked, id] of this.#lasts) this.#places.set(asked, { above: id });
    }
    this.#operations++;
    this.#bytes += bytes;
    return this.changes[this.changes.length - 1];
  }

  /** Shapes that ask for one place keep their order: those of a later part go above the last of the part before. @template {{ z?: Place }} T @param {string} id @param {T} fields @returns {T} */
  placed(id, fields) {
    if (fields.z === undefined || typeof fields.z === "number") return fields;
    const asked = JSON.stringify(fields.z);
    this.#lasts.set(asked, id);
    const place = this.#places.get(asked);
    return place === undefined ? fields : { ...fields, z: place };
  }
}

/** @param {string} text */
export function bytesOf(text) {
  return new TextEncoder().encode(text).length;
}
