// @ts-check
/** @import { Held } from "./held.js" */

/** @typedef {{ id: string, from: number, points: number[], pressures?: number[], color?: string, width?: number, opacity?: number }} Piece */

/**
 * What the server tells of a page of somebody. An absent field is as before, null is nothing.
 * @typedef {object} News
 * @property {string} [name]
 * @property {[number, number] | null} [cursor]
 * @property {string | null} [tool]
 * @property {string[] | null} [selection]
 * @property {Held | null} [drag]
 * @property {[number, number, number, number] | null} [viewport] left, top, right, bottom
 * @property {string | null} [following] a person
 * @property {Piece[]} [ink]
 * @property {Piece[]} [laser]
 * @property {string[]} [dry] strokes that are let go
 */

/** @typedef {{ all?: boolean, watching?: number, pages?: Record<string, News | null> }} Frame */

/** Another open page on this board: whose it is, and what that person does there. */
export class Peer {
  name = "";
  /** @type {[number, number] | null} */
  cursor = null;
  /** @type {string | null} */
  tool = null;
  /** @type {string[]} */
  selection = [];
  /** @type {Held} */
  drag = {};
  /** @type {[number, number, number, number] | null} */
  viewport = null;
  /** @type {string | null} */
  following = null;
  /** When it last moved, by performance.now(). */
  movedAt = performance.now();
  /** When a hand last did something there: not when its view followed somebody else's. 0: not while we watched. */
  usedAt = 0;

  /** @param {string} key `person.page` */
  constructor(key) {
    this.key = key;
    this.person = key.split(".")[0];
    this.hue = hueOf(this.person);
  }

  /** @param {News} news */
  take(news) {
    if (this.#isUsed(news)) this.usedAt = performance.now();
    if (news.name !== undefined) this.name = news.name;
    if (news.cursor !== undefined) this.cursor = news.cursor;
    if (news.tool !== undefined) this.tool = news.tool;
    if (news.selection !== undefined) this.selection = news.selection ?? [];
    if (news.drag !== undefined) this.drag = news.drag ?? {};
    if (news.viewport !== undefined) this.viewport = news.viewport;
    if (news.following !== undefined) this.following = news.following;
    if (news.cursor || news.ink || news.laser || news.viewport || news.drag) this.movedAt = performance.now();
  }

  /** Whether a hand has done something there. A view that follows somebody moves by itself, and the first place is that of before. @param {News} news */
  #isUsed({ ink, laser, drag, selection, cursor, viewport, following = this.following }) {
    if (ink || laser || drag || selection) return true;
    return following === null && Boolean((cursor && this.cursor) || (viewport && this.viewport));
  }
}

/**
 * Of a person's pages the one that was used last: somebody may have the board open in two windows.
 * @param {readonly Peer[]} peers @param {string} person @returns {Peer | null}
 */
export function pageOf(peers, person) {
  /** @type {Peer | null} */
  let found = null;
  for (const peer of peers) {
    if (peer.person !== person) continue;
    const later = !found || peer.usedAt > found.usedAt || (peer.usedAt === found.usedAt && peer.cursor && !found.cursor);
    if (later) found = peer;
  }
  return found;
}

/**
 * Whom somebody sees who follows this person, who may follow somebody, and so on: the people, and the page at the end of the
 * chain, which a hand moves. There is none if the chain comes back to `me` or to one of its own.
 * @param {readonly Peer[]} peers @param {string} person @param {string} [me] @returns {{ people: string[], root: Peer | null }}
 */
export function chainOf(peers, person, me) {
  /** @type {string[]} */
  const people = [];
  for (let next = person; next !== me && !people.includes(next); ) {
    people.push(next);
    const page = pageOf(peers, next);
    if (!page?.following) return { people, root: page };
    next = page.following;
  }
  return { people, root: null };
}

/** The colour of a person, the same as the server's for the avatar. @param {string} person */
export function hueOf(person) {
  return parseInt(person.slice(-1), 16) % 10 || 0;
}
