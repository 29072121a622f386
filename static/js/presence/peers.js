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

  /** @param {string} key `person.page` */
  constructor(key) {
    this.key = key;
    this.person = key.split(".")[0];
    this.hue = hueOf(this.person);
  }

  /** @param {News} news */
  take(news) {
    if (news.name !== undefined) this.name = news.name;
    if (news.cursor !== undefined) this.cursor = news.cursor;
    if (news.tool !== undefined) this.tool = news.tool;
    if (news.selection !== undefined) this.selection = news.selection ?? [];
    if (news.drag !== undefined) this.drag = news.drag ?? {};
    if (news.viewport !== undefined) this.viewport = news.viewport;
    if (news.following !== undefined) this.following = news.following;
    if (news.cursor || news.ink || news.laser || news.viewport || news.drag) this.movedAt = performance.now();
  }
}

/** The colour of a person, the same as the server's for the avatar. @param {string} person */
export function hueOf(person) {
  return parseInt(person.slice(-1), 16) % 10 || 0;
}
